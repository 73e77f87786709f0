# Go and a C/C++ compiler are all that is needed. mold, if installed, links faster.

export GOFLAGS := -buildvcs=false -tags=duckdb_arrow
MOLD := $(shell command -v mold)
LINK := $(if $(MOLD),-extldflags=-fuse-ld=mold)
BIN := build/iamcensus

# The stamp of a build. The date is the commit's, so equal commits give equal
# programs. Outside a checkout the version is "dev".
GIT := git --git-dir=.git
VERSION := $(or $(shell $(GIT) describe --tags --always --dirty 2>/dev/null),dev)
COMMIT := $(shell $(GIT) rev-parse HEAD 2>/dev/null)
DATE := $(shell TZ=UTC0 $(GIT) log -1 --format=%cd --date=format-local:%Y-%m-%dT%H:%M:%SZ 2>/dev/null)
STAMP := -X iamcensus/cli.release=$(VERSION) -X iamcensus/cli.commit=$(COMMIT) -X iamcensus/cli.date=$(DATE)

# Bounds of the long tests: inputs per fuzz target, kills of an ingest, MB of a
# hostile input, and a regular expression of the names of hostile inputs.
FUZZTIME := 30000x
KILLS := 20
HOSTILE_MB := 16
HOSTILE := .
# Every fuzz target of the module, as folder/name.
FUZZ := $(shell grep -rHo '^func Fuzz[A-Za-z0-9_]*' --include='*_test.go' . | sed 's|^\./\(.*\)/[^/]*:func |\1/|' | sort)

BENCH := .
BENCHTIME := 1x
COUNT := 3
TODAY := $(shell date -u +%F)

.DEFAULT_GOAL := build
.PHONY: help build run test lint vet-portable soak fuzz $(FUZZ) kills hostile race sbom bench clean

help: ## list the targets
	@awk -F ': .*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' Makefile

build: ## build build/iamcensus, stamped with version, commit and date
	go build -trimpath -ldflags '-s -w $(STAMP) $(LINK)' -o $(BIN) .

run: build ## generate the reference data set, load it, and write and print build/report.md
	rm -rf build/article build/article.duckdb
	$(BIN) synth --preset article -o build/article
	$(BIN) ingest build/article --db build/article.duckdb
	$(BIN) report --db build/article.duckdb --compare-with article -o build/report.md
	cat build/report.md

test: ## run gofmt, go vet and all tests (two minutes from a warm build cache)
	@unformatted=$$(gofmt -l .) && test -z "$$unformatted" || { echo "run gofmt -w on: $$unformatted"; exit 1; }
	go vet ./...
	go test -ldflags '$(LINK)' ./...

# golangci-lint has its own module, so its 200 dependencies are not those of iamcensus.
lint: ## run golangci-lint (.golangci.yml), and compare go.mod with the imports
	go mod tidy -diff
	go tool -modfile=tools/go.mod golangci-lint run ./...

vet-portable: ## vet the packages that read snapshots for Windows and macOS
	GOOS=windows CGO_ENABLED=0 go vet ./snapshots/...
	GOOS=darwin CGO_ENABLED=0 go vet ./snapshots/...

soak: fuzz kills race hostile ## run the long tests: fuzzing (FUZZTIME per target), kills of an ingest (KILLS), data races, hostile inputs

# The bound is a number of inputs: with a bound of time, go test -fuzz reports
# an input that is running at the deadline as a failure.
fuzz: $(FUZZ) ## fuzz every parser and the walk, FUZZTIME inputs each

$(FUZZ):
	go test ./$(@D) -run '^$$' -fuzz '^$(@F)$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 10x

kills: build ## kill an ingest KILLS times and compare the resumed database with an undisturbed one
	go run -ldflags '$(LINK)' ./scripts/faults -bin $(BIN) -kills $(KILLS)

# TestHostileJSON bounds allocations, of which the race detector has more.
race: ## run the tests of reading and loading with the race detector
	go test -race -skip '^TestHostileJSON$$' -ldflags '$(LINK)' ./snapshots/... ./ingest/...

hostile: build ## load and read hostile inputs (HOSTILE_MB each), and bound memory, time and the answer to Ctrl-C
	go run -ldflags '$(LINK)' ./scripts/hostile -bin $(BIN) -size $(HOSTILE_MB) -only '$(HOSTILE)'

sbom: ## write build/iamcensus.cdx.json, the bill of materials of the program for Linux on amd64 (CycloneDX 1.6)
	mkdir -p build
	go run ./scripts/modules -sbom '$(VERSION)' > build/iamcensus.cdx.json

bench: SHELL := bash
bench: .SHELLFLAGS := -o pipefail -c
bench: ## measure this machine; write build/bench.md and docs/benchmarks/<date>.md, .txt
	mkdir -p build
	{ echo "date: $(TODAY)"; echo "go: $$(go env GOVERSION)"; \
	  echo "duckdb-go: $$(go list -m -f '{{.Version}}' github.com/duckdb/duckdb-go/v2)"; \
	  go test -ldflags '$(LINK)' ./... -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -count $(COUNT) -timeout 0; } | tee build/bench.txt
	go run ./scripts/bench < build/bench.txt | tee build/bench.md
	cp build/bench.md docs/benchmarks/$(TODAY).md
	cp build/bench.txt docs/benchmarks/$(TODAY).txt

clean: ## remove build/
	rm -rf build
