package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"golang.org/x/sys/unix"
)

// disk is an open file of a folder. There are many small ones, and an os.File
// costs as much again as opening, looking and reading: it asks the poller,
// which knows no files, and has a cleanup of its own.
type disk struct {
	descriptor int
	name       string
}

// open opens a file that is no link. A pipe does not make it wait.
func open(name string) (disk, error) { return openAs(name, unix.O_NOFOLLOW|unix.O_NONBLOCK) }

// openFolder opens a folder. That which was named may be a link.
func openFolder(name string) (disk, error) { return openAs(name, unix.O_DIRECTORY) }

func openAs(name string, flags int) (disk, error) {
	descriptor, err := again(func() (int, error) {
		return unix.Open(name, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0)
	})
	if err != nil {
		return disk{}, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return disk{descriptor, name}, nil
}

func (d disk) Close() { _ = unix.Close(d.descriptor) } // nothing was written

func (d disk) Read(p []byte) (n int, err error) {
	return d.count(again(func() (int, error) { return unix.Read(d.descriptor, p) }))
}

func (d disk) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) && err == nil {
		var more int
		more, err = d.count(again(func() (int, error) { return unix.Pread(d.descriptor, p[n:], at+int64(n)) }))
		n += more
	}
	return n, err
}

func (d disk) count(n int, err error) (int, error) {
	switch {
	case err != nil:
		return 0, &fs.PathError{Op: "read", Path: d.name, Err: err}
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

func (d disk) stat(_ string, stat *unix.Stat_t) error { return unix.Fstat(d.descriptor, stat) }

// again calls until no signal interrupts.
func again(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

var errIrregular = errors.New("it is no regular file any more")

// look fills in size and time of change.
func (f *File) look(stat func(string, *unix.Stat_t) error) error {
	var s unix.Stat_t
	_, err := again(func() (int, error) { return 0, stat(f.name, &s) })
	if err != nil {
		return fmt.Errorf("look at it: %w", err)
	}
	if s.Mode&unix.S_IFMT != unix.S_IFREG {
		return errIrregular
	}
	f.Size, f.ModifiedAt = s.Size, plausible(time.Unix(s.Mtim.Unix()))
	return nil
}
