package files

import (
	"errors"
	"iamcensus/snapshots"
	"io"
	"io/fs"
	"os"
)

// spooled copies a container into a temporary file, and visits its content.
func (w *walker) spooled(file File, from io.Reader, s scope) error {
	if err := w.waitTurn(); err != nil { // one temporary file at a time
		return err
	}
	spool, size, issue := w.spool(from)
	if issue != nil {
		return w.refuse(file, issue)
	}
	defer spool.remove()
	file.Size = size
	w.wasStdin(size)
	return w.container(file, section(spool, size), s)
}

// spoolFile is a temporary file. Where the system can remove an open file it has no
// name any more, so that a crash leaves nothing behind.
type spoolFile struct {
	*os.File
	nameless bool
}

func (s spoolFile) remove() {
	_ = s.Close()
	if !s.nameless {
		_ = os.Remove(s.Name())
	}
}

// spool copies a stream into a temporary file.
func (w *walker) spool(from io.Reader) (spoolFile, int64, *snapshots.Issue) {
	file, err := os.CreateTemp("", "iamcensus-*")
	if err != nil {
		return spoolFile{}, 0, cannotSpool(err)
	}
	spool := spoolFile{file, os.Remove(file.Name()) == nil}
	size, err := io.Copy(file, from)
	if err == nil {
		return spool, size, nil
	}
	spool.remove()
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) && pathErr.Path == file.Name() {
		return spoolFile{}, 0, cannotSpool(err)
	}
	return spoolFile{}, 0, damaged("the file", err)
}

func cannotSpool(err error) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "unreadable", Reason: "the file cannot be copied to " + os.TempDir() + ": " + cause(err),
		Remedy: "set TMPDIR to a folder with free space, or unpack the file",
	}
}
