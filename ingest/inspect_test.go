package ingest_test

import (
	"fmt"
	"testing"

	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

// TestInspect: readers work side by side, and files come in the order of the
// walk.
func TestInspect(t *testing.T) {
	c := newCensus(t)
	const n = 200
	var bytes int64
	for i := range n {
		account := fmt.Sprintf("%012d", i)
		report := header + row(account, "anna") + "short,row\n"
		c.file("2021-01-24/org-a/"+account+"/report.csv", report)
		bytes += int64(len(report))
	}
	var last ingest.Progress
	seen := 0
	err := ingest.Inspect(t.Context(), ingest.Options{
		Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 4, Now: c.now, Progress: func(p ingest.Progress) { last = p },
	}, func(file ingest.Inspected) error {
		if want := fmt.Sprintf("%012d", seen); len(file.Contents) != 1 || file.Contents[0].Account != want {
			t.Fatalf("%s: %+v, want account %s", file.Path, file.Contents, want)
		}
		seen++
		return nil
	})
	if want := (ingest.Progress{Files: n, Rows: 2 * n, Bytes: bytes}); err != nil || last != want {
		t.Errorf("at the end %+v, %v; want %+v", last, err, want)
	}
}
