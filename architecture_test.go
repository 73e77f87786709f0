package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// dependencies are the packages and those of ours that each may import, tests
// excluded. docs/architecture.md says why.
var dependencies = map[string][]string{
	"iamcensus":                   {"cli"},
	"iamcensus/cli":               {"cli/progress", "engine", "ingest", "population", "report", "report/input", "report/text", "snapshots", "snapshots/files", "snapshots/formats", "snapshots/synth"},
	"iamcensus/cli/progress":      {"report/text", "snapshots/files"},
	"iamcensus/snapshots":         {},
	"iamcensus/snapshots/files":   {"snapshots"},
	"iamcensus/snapshots/formats": {"snapshots"},
	"iamcensus/snapshots/synth":   {},
	"iamcensus/ingest":            {"engine", "ingest/ledger", "ingest/scp", "snapshots", "snapshots/files", "snapshots/formats"},
	"iamcensus/ingest/ledger":     {"snapshots", "snapshots/files"},
	"iamcensus/ingest/scp":        {},
	"iamcensus/sql":               {},
	"iamcensus/engine":            {"sql"},
	"iamcensus/report":            {"report/input", "report/marts", "report/stats", "report/text"},
	"iamcensus/report/golden":     {},
	"iamcensus/report/input":      {},
	"iamcensus/report/marts":      {"report/text"},
	"iamcensus/report/stats":      {},
	"iamcensus/report/text":       {},
	"iamcensus/population":        {"report", "report/input", "report/marts", "report/stats", "report/text"},
	"iamcensus/scripts/bench":     {},
	"iamcensus/scripts/faults":    {},
	"iamcensus/scripts/hostile":   {},
	"iamcensus/scripts/modules":   {},
	"iamcensus/docs/simulation":   {"report/stats"},
}

// TestDependencies holds every package that go list finds to dependencies.
func TestDependencies(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		allowed, ok := dependencies[words[0]]
		if !ok {
			t.Errorf("package %s is not in the table of dependencies", words[0])
		}
		for _, imported := range words[1:] {
			name, ours := strings.CutPrefix(imported, "iamcensus/")
			if ours && !slices.Contains(allowed, name) {
				t.Errorf("%s imports %s", words[0], imported)
			}
		}
	}
}
