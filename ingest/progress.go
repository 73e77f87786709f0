package ingest

import (
	"iamcensus/ingest/ledger"
	"iamcensus/snapshots/files"
)

// Progress is how far a load has come.
type Progress struct {
	Files, Rows int64
	Bytes       int64 // of files as they are on disk; of an archive, as far as it has been read
}

// tally counts what a run has done, for its summary and its progress.
type tally struct {
	Summary
	bytes  int64          // of the files so far
	report func(Progress) // may be nil
}

// file adds a file with its counts. Members come before their archive, which
// then counts for all of them.
func (t *tally) file(file *files.File, counts Summary) {
	t.Files++
	t.Unchanged += counts.Unchanged
	t.Reattributed += counts.Reattributed
	t.Snapshots += counts.Snapshots
	t.RowsRead += counts.RowsLoaded + counts.RowsRefused
	t.RowsLoaded += counts.RowsLoaded
	t.RowsRefused += counts.RowsRefused
	t.Issues += counts.Issues
	t.Warnings = append(t.Warnings, counts.Warnings...)
	bytes := t.bytes + file.Offset
	if !file.Member || file.Path == files.Stdin {
		t.bytes += max(file.Size, 0)
		bytes = t.bytes
	}
	t.show(bytes)
}

// skipped adds all files at once.
func (t *tally) skipped(total ledger.Total) {
	t.Files, t.Unchanged = total.Files, total.Files
	t.show(total.Bytes)
}

func (t *tally) show(bytes int64) {
	if t.report != nil {
		t.report(Progress{Files: t.Files, Rows: t.RowsRead, Bytes: bytes})
	}
}
