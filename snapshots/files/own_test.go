package files

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestOwnFiles: the database of the load is ignored by all its names, its .wal too, and
// so is a manifest that is one. Other databases are files as all others.
func TestOwnFiles(t *testing.T) {
	root := t.TempDir()
	write := func(name string) string {
		name = filepath.Join(root, name)
		if err := os.WriteFile(name, []byte("text"), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	database := write("own.duckdb")
	write("own.duckdb.wal")
	write("other.duckdb")
	write("other.wal")
	for _, link := range []string{"link.csv", ManifestName} {
		if err := os.Link(database, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	ignored := map[string]bool{}
	for _, walked := range []string{root, database} {
		err := Walk(context.Background(), walked, Options{Limits: DefaultLimits, Database: database}, func(b Batch) error {
			for _, f := range b.Files {
				ignored[filepath.Base(f.Path)] = f.Ignored && len(f.Issues) == 0
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]bool{
		"own.duckdb": true, "own.duckdb.wal": true, "link.csv": true, ManifestName: true, "other.duckdb": false, "other.wal": false,
	} {
		if got, ok := ignored[name]; !ok || got != want {
			t.Errorf("%s: visited %t, ignored %t", name, ok, got)
		}
	}
}
