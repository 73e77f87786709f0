package ingest_test

import (
	"archive/zip"
	"bytes"
	"testing"
	"time"

	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

// TestProgress: the bytes add up to those on disk, an archive's counted once, in
// the first load and in one with nothing new.
func TestProgress(t *testing.T) {
	var packed bytes.Buffer
	archive := zip.NewWriter(&packed)
	for _, account := range []string{"111122223333", "444455556666"} {
		member, err := archive.Create("2021-01-24/org-a/" + account + "/report.csv")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := member.Write([]byte(header + row(account, "anna"))); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	report := header + row("777788889999", "bert")
	c := newCensus(t)
	c.file("a.zip", packed.String())
	c.file("2021-01-24/org-b/777788889999/report.csv", report)
	total := int64(packed.Len() + len(report))

	for _, want := range []ingest.Progress{{Files: 4, Rows: 3, Bytes: total}, {Files: 2, Rows: 0, Bytes: total}} {
		var last ingest.Progress
		_, err := ingest.Load(t.Context(), c.db, ingest.Options{
			Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 2, Now: time.Now,
			Progress: func(now ingest.Progress) {
				if now.Files != last.Files+1 || now.Rows < last.Rows || now.Bytes < last.Bytes {
					t.Errorf("%+v after %+v", now, last)
				}
				last = now
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		if last != want {
			t.Errorf("at the end %+v, want %+v", last, want)
		}
	}
}
