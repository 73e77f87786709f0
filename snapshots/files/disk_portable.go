//go:build !linux || portable

package files

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// The same functions as in disk_linux.go and list_linux.go, with package os: for
// all other systems, and on Linux with the build tag portable, to test it.

type disk struct{ *os.File }

func (d disk) Close() { _ = d.File.Close() } // nothing was written

// status is that of the open file.
func (d disk) status() (status, error) { return newStatus(d.Stat()) }

// openFolder is an open folder on disk. os.Root opens nothing outside of it. What a link
// in it leads to is another file than the one of that name, and is not opened either.
type openFolder struct {
	*os.Root
	own *ownFiles
}

func (f openFolder) Close() { _ = f.Root.Close() }

// openRoot opens the folder at the top of a walk, which may be a link to one.
func openRoot(name string, own *ownFiles) (openFolder, error) {
	root, err := os.OpenRoot(name)
	return openFolder{root, own}, err
}

// openFolder opens a folder in f, and no link to one.
func (f openFolder) openFolder(name string) (openFolder, error) {
	root, err := f.OpenRoot(name)
	if err != nil {
		return openFolder{}, err
	}
	opened, err := root.Stat(".")
	if err == nil {
		err = f.isNamed(name, opened)
	}
	if err != nil {
		root.Close()
		return openFolder{}, err
	}
	return openFolder{root, f.own}, nil
}

// open opens a regular file in f, and no link to one. One of the load's own files is
// errOwn.
func (f openFolder) open(name string) (disk, status, error) {
	if s, err := f.statusOf(name); err == nil && f.own.has(name, s) {
		return disk{}, status{}, errOwn
	}
	file, err := f.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it does not wait for a pipe
	if err != nil {
		return disk{}, status{}, err
	}
	opened, err := file.Stat()
	if err == nil && !opened.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	if err == nil {
		err = f.isNamed(name, opened)
	}
	if err != nil {
		file.Close()
		return disk{}, status{}, err
	}
	s, err := newStatus(opened, nil)
	return disk{file}, s, err
}

// isNamed is the error of a name in f that is not what was opened by it.
func (f openFolder) isNamed(name string, opened fs.FileInfo) error {
	listed, err := f.Lstat(name)
	if err == nil && !os.SameFile(listed, opened) {
		err = &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	return err
}

// status is that of the open folder.
func (f openFolder) status() (status, error) { return newStatus(f.Stat(".")) }

// statusOf is the status of a name in f; of a link, not of its target.
func (f openFolder) statusOf(name string) (status, error) { return newStatus(f.Lstat(name)) }

// statusOf is the status of a name; of a link, not of its target.
func statusOf(name string) (status, error) { return newStatus(os.Lstat(name)) }

// targetStatus is the status of a name; of a link, that of its target.
func targetStatus(name string) (status, error) { return newStatus(os.Stat(name)) }

func newStatus(info fs.FileInfo, err error) (status, error) {
	if err != nil {
		return status{}, err
	}
	return status{mode: info.Mode().Type(), size: info.Size(), modifiedAt: info.ModTime(), info: info}, nil
}

// keepsChangeTimes is false: package os does not have the change time of a folder.
func keepsChangeTimes(string) bool { return false }

// listedTogether is the number of entries that are listed before ctx is looked at.
const listedTogether = 1000

// entries lists an open folder, in no order, until ctx is done. With an error, the
// entries are those that were read before it.
func (f openFolder) entries(ctx context.Context) (entries []dirEntry, err error) {
	folder, err := f.Open(".")
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	for {
		listed, err := folder.ReadDir(listedTogether)
		for _, e := range listed {
			entries = append(entries, dirEntry{e.Name(), e.Type()})
		}
		switch {
		case err == io.EOF:
			return entries, nil
		case err != nil || ctx.Err() != nil:
			return entries, errors.Join(err, ctx.Err())
		}
	}
}
