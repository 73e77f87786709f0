# Go and a C/C++ compiler are all that is needed. mold links faster, if it is there.

export GOFLAGS := -buildvcs=false -tags=duckdb_arrow
MOLD := $(shell command -v mold)
LDFLAGS := -ldflags '$(if $(MOLD),-extldflags -fuse-ld=mold)'
BIN := build/iamcensus
FUZZTIME := 20s
KILLS := 20

.PHONY: build run test unit fuzz faults bench clean

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
test: unit fuzz

unit:
	test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go test $(LDFLAGS) ./...

fuzz:
	go test $(LDFLAGS) ./snapshots -run '^$$' -fuzz '^FuzzFormats$$' -fuzztime $(FUZZTIME)

clean:
	rm -rf build
