//go:build !linux || portable

package files

import (
	"io/fs"
	"os"
)

// The same functions as in disk_linux.go and list_linux.go, with package os: for
// all other systems, and on Linux with the build tag portable, to test it.

type disk struct{ *os.File }

// open opens a regular file, and no link to one.
func open(name string) (disk, error) {
	listed, err := os.Lstat(name)
	if err != nil {
		return disk{}, err
	}
	if !listed.Mode().IsRegular() { // opening a pipe would wait for its writer
		return disk{}, &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	file, err := os.Open(name)
	if err != nil {
		return disk{}, err
	}
	opened, err := file.Stat()
	if err == nil && !os.SameFile(listed, opened) {
		err = &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	if err != nil {
		file.Close()
		return disk{}, err
	}
	return disk{file}, nil
}

// openFolder opens a folder. The root of a walk may be a link to one.
func openFolder(name string) (disk, error) {
	file, err := os.Open(name)
	return disk{file}, err
}

func (d disk) Close() { _ = d.File.Close() } // nothing was written

// status is that of the open file.
func (d disk) status() (status, error) { return newStatus(d.Stat()) }

// statusOf is the status of a name; of a link, not of its target.
func statusOf(name string) (status, error) { return newStatus(os.Lstat(name)) }

// targetStatus is the status of a name; of a link, that of its target.
func targetStatus(name string) (status, error) { return newStatus(os.Stat(name)) }

func newStatus(info fs.FileInfo, err error) (status, error) {
	if err != nil {
		return status{}, err
	}
	return status{mode: info.Mode().Type(), size: info.Size(), modifiedAt: info.ModTime()}, nil
}

// keepsChangeTimes is false: package os does not have the change time of a folder.
func keepsChangeTimes(string) bool { return false }

// entries lists an open folder, in no order. With an error, the entries are those
// that were read before it.
func (d disk) entries() (entries []dirEntry, err error) {
	listed, err := d.ReadDir(-1)
	for _, e := range listed {
		entries = append(entries, dirEntry{e.Name(), e.Type()})
	}
	return entries, err
}
