// Command bench turns the output of go test -bench into a table of the ratios
// that iamcensus wants to hold.
//
//	go run ./scripts/bench < build/bench.txt
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	m, err := parse(in)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "# Benchmarks of %s\n\n%s\n\n", m.said("date"), head(m))
	fmt.Fprint(w, "| | measured | wanted | held |\n|---|--:|--:|---|\n")
	for _, r := range ratios(m) {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", r.what, r.number(), r.wanted(), r.verdict())
	}
	return w.Flush()
}

// head says what measured.
func head(m *measurements) string {
	parts := []string{
		m.said("goos") + "/" + m.said("goarch"), m.said("cpu"), fmt.Sprintf("%d cores", m.cores),
		m.said("go"), "DuckDB " + m.said("duckdb"), "duckdb-go " + m.said("duckdb-go"),
		m.said("files") + " files unless a row says otherwise",
	}
	return strings.Join(parts, ", ") + "."
}
