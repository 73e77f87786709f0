//go:build !duckdb_arrow

package ingest

// The Arrow interface of duckdb-go needs a build tag. The Makefile sets it;
// without make: go build -tags duckdb_arrow. See docs/decisions/0001.
var _ = this_needs_the_build_tag_duckdb_arrow
