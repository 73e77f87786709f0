// Command bench turns the output of go test -bench into a Markdown table of
// ratios, each with its target.
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
	fmt.Fprintf(w, "# Benchmarks of %s\n\n%s\n\n", m.config("date"), environment(m))
	fmt.Fprint(w, "| ratio | measured | target | met |\n|---|--:|--:|---|\n")
	for _, r := range ratios(m) {
		fmt.Fprintf(w, "| %s | %s | %s | %s |\n", r.name, r.number(), r.target(), r.met())
	}
	return w.Flush()
}

// environment is the machine, the versions and the usual size of the input.
func environment(m *measurements) string {
	parts := []string{
		m.config("goos") + "/" + m.config("goarch"), m.config("cpu"), fmt.Sprintf("%d cores", m.cores),
		m.config("go"), "DuckDB " + m.config("duckdb"), "duckdb-go " + m.config("duckdb-go"),
		m.config("files") + " files unless a row names another size",
	}
	return strings.Join(parts, ", ") + "."
}
