# Go and a C/C++ compiler are all that is needed. mold links faster, if it is there.

export GOFLAGS := -buildvcs=false -tags=duckdb_arrow
MOLD := $(shell command -v mold)
LDFLAGS := -ldflags '$(if $(MOLD),-extldflags -fuse-ld=mold)'
BIN := build/iamcensus
FUZZTIME := 30000x
KILLS := 20
FUZZ := snapshots/formats/FuzzFormats snapshots/formats/FuzzStandardRow snapshots/formats/FuzzTable snapshots/formats/FuzzParquet snapshots/files/FuzzWalk ingest/scp/FuzzClassify
BENCH := .
BENCHTIME := 1x
COUNT := 3
DATE := $(shell date -u +%F)

.PHONY: build run test unit fuzz $(FUZZ) faults bench clean

build:
	go build $(LDFLAGS) -o $(BIN) .

# The main job: the reference data set, from nothing to its report.
run: build
	rm -rf build/article build/article.duckdb
	$(BIN) synth --preset article -o build/article
	$(BIN) ingest build/article --db build/article.duckdb
	$(BIN) report --db build/article.duckdb --compare-with article -o build/report.md
	cat build/report.md

# Everything that must pass.
test: unit fuzz faults

unit:
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go test $(LDFLAGS) ./...

# Every parser and the walk through containers, by inputs and not by time: go test
# -fuzz takes a deadline that falls into an input for a failure of it.
fuzz: $(FUZZ)

$(FUZZ):
	go test ./$(@D) -run '^$$' -fuzz '^$(@F)$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 10x

# An ingest that is killed goes on where it stood.
faults: build
	go run $(LDFLAGS) ./scripts/faults -bin $(BIN) -kills $(KILLS)

# Times of this machine in Go benchmark format, for benchstat, and the ratios
# that count. Both are kept, by date; docs/benchmarks says how to ask for more.
bench: SHELL := bash
bench: .SHELLFLAGS := -o pipefail -c
bench:
	mkdir -p build
	{ echo "date: $(DATE)"; echo "go: $$(go env GOVERSION)"; \
	  echo "duckdb-go: $$(go list -m -f '{{.Version}}' github.com/duckdb/duckdb-go/v2)"; \
	  go test $(LDFLAGS) ./... -run '^$$' -bench '$(BENCH)' -benchtime $(BENCHTIME) -count $(COUNT) -timeout 0; } | tee build/bench.txt
	go run ./scripts/bench < build/bench.txt | tee build/bench.md
	cp build/bench.md docs/benchmarks/$(DATE).md
	cp build/bench.txt docs/benchmarks/$(DATE).txt

clean:
	rm -rf build
