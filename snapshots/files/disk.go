package files

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

// status is what the file system reports of a file or folder.
type status struct {
	mode       fs.FileMode // type bits only; 0 = a regular file
	size       int64
	modifiedAt time.Time
	changed    int64  // ctime in nanoseconds since 1970; 0 where package os is used
	device     uint64 // of the file system; 0 where package os is used
	inode      uint64 // likewise

	info fs.FileInfo // nil unless package os is used
}

// isFile reports whether both are of one file.
func (s status) isFile(other status) bool {
	if s.info != nil {
		return os.SameFile(s.info, other.info)
	}
	return s.device == other.device && s.inode == other.inode
}

// dirEntry is an entry of a folder.
type dirEntry struct {
	name string
	mode fs.FileMode // as in status
}

var errIrregular = errors.New("it is no longer a regular file")

// setStatus sets size and time of change. It takes the results of a function that
// reports a status.
func (f *File) setStatus(s status, err error) error {
	switch {
	case err != nil:
		return err
	case s.mode != 0:
		return errIrregular
	}
	f.setSize(s)
	return nil
}

// setSize sets size and time of change.
func (f *File) setSize(s status) { f.Size, f.ModifiedAt = s.size, validTime(s.modifiedAt) }
