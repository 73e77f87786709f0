// Package golden tests what documents look like: it compares them with files that
// people have read, and looks for text from files that is not inert.
package golden

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Compare compares got with testdata/golden/name, which update writes first.
func Compare(t *testing.T, name, got string, update bool) {
	t.Helper()
	file := filepath.Join("testdata", "golden", name)
	if update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("no golden file: %v; write it with -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
