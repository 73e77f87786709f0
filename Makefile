# Go and a C/C++ compiler are all that is needed. mold links faster, if it is there.

export GOFLAGS := -buildvcs=false -tags=duckdb_arrow
MOLD := $(shell command -v mold)
LDFLAGS := -ldflags '$(if $(MOLD),-extldflags -fuse-ld=mold)'
BIN := build/iamcensus
FUZZTIME := 20s
KILLS := 20
FUZZ := snapshots/FuzzFormats snapshots/FuzzTable snapshots/FuzzParquet snapshots/FuzzWalk ingest/scp/FuzzClassify
BENCHTIME := 1x
COUNT := 3

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

# Every parser and the walk through containers.
fuzz: $(FUZZ)

$(FUZZ):
	go test ./$(@D) -run '^$$' -fuzz '^$(@F)$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 10x

# An ingest that is killed goes on where it stood.
faults: build
	go run $(LDFLAGS) ./scripts/faults -bin $(BIN) -kills $(KILLS)

# Go benchmark format, for benchstat; docs/benchmarks says what was measured.
bench:
	go test $(LDFLAGS) ./ingest ./snapshots ./cli -run '^$$' -bench . -benchtime $(BENCHTIME) -count $(COUNT)

clean:
	rm -rf build
