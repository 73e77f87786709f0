package ingest

import "iamcensus/snapshots/files"

// Progress is how far a load has come.
type Progress struct {
	Files, Rows int64
	Bytes       int64 // of files as they lie on disk; of an archive, as far as it was read
}

// advance tells how far the load has come with a file. Members come before
// their archive, which counts for all of them when it comes itself.
func (w *writer) advance(file *files.File) {
	if w.options.Progress == nil {
		return
	}
	now := Progress{Files: w.summary.Files, Rows: w.summary.RowsRead}
	if file.Member && file.Path != files.Stdin {
		now.Bytes = w.bytes + file.Offset
	} else {
		w.bytes += max(file.Size, 0)
		now.Bytes = w.bytes
	}
	w.options.Progress(now)
}
