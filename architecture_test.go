package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestWhoKnowsWhom holds the table of docs/architecture.md: each package and
// those of ours that it may import.
func TestWhoKnowsWhom(t *testing.T) {
	allowed := map[string][]string{
		"iamcensus":                 {"iamcensus/cli"},
		"iamcensus/cli":             {"iamcensus/ingest", "iamcensus/report", "iamcensus/snapshots", "iamcensus/snapshots/synth", "iamcensus/sql"},
		"iamcensus/ingest":          {"iamcensus/snapshots", "iamcensus/ingest/scp"},
		"iamcensus/ingest/scp":      {},
		"iamcensus/snapshots":       {},
		"iamcensus/snapshots/synth": {},
		"iamcensus/sql":             {},
		"iamcensus/report":          {},
	}
	for name, may := range allowed {
		out, err := exec.Command("go", "list", "-f", `{{join .Imports "\n"}}`, name).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", name, err)
		}
		for _, imported := range strings.Fields(string(out)) {
			if strings.HasPrefix(imported, "iamcensus") && !slices.Contains(may, imported) {
				t.Errorf("%s imports %s", name, imported)
			}
		}
	}
}
