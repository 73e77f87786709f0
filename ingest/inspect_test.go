package ingest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

// TestInspect: any number of readers visits the files in the order of the walk,
// and counts them all.
func TestInspect(t *testing.T) {
	c := newCensus(t)
	var want []string
	var bytes int64
	for n := range 300 {
		name := fmt.Sprintf("2021-01-24/org-a/%012d/report.csv", n)
		report := header + row(fmt.Sprintf("%012d", n), "anna")
		c.file(name, report)
		want = append(want, c.dir+"/"+name)
		bytes += int64(len(report))
	}
	for _, jobs := range []int{1, 7} {
		var got []string
		var last ingest.Progress
		err := ingest.Inspect(t.Context(), ingest.Options{
			Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: jobs, Now: time.Now,
			Progress: func(now ingest.Progress) { last = now },
		}, func(file ingest.Inspected) error {
			got = append(got, file.Path)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("with %d jobs (-want +got):\n%s", jobs, diff)
		}
		if want := (ingest.Progress{Files: 300, Rows: 300, Bytes: bytes}); last != want {
			t.Errorf("with %d jobs: progress %+v, want %+v", jobs, last, want)
		}
	}
}

// TestInspectStops: an error of the visitor ends it.
func TestInspectStops(t *testing.T) {
	c := newCensus(t)
	for n := range 300 {
		c.file(fmt.Sprintf("2021-01-24/org-a/%012d/report.csv", n), header)
	}
	visited, stop := 0, fmt.Errorf("stop")
	err := ingest.Inspect(t.Context(), ingest.Options{Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 2, Now: time.Now},
		func(ingest.Inspected) error { visited++; return stop })
	if err != stop || visited != 1 {
		t.Errorf("%d visited, error %v", visited, err)
	}
}
