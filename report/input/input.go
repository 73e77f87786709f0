// Package input reads the small files that a command is given beside the
// snapshots: settings, printed reports, figures to compare with.
package input

import (
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
)

// Maximum sizes of files.
const (
	MaxReport  = 32 << 20
	MaxFigures = 1 << 20 // of a publication or a population
)

// Read reads a whole file. A pipe, a device or a folder, which may never end, is
// an error, and so is a file of more than max bytes.
func Read(name string, max int64) ([]byte, error) {
	file, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0) // a pipe would wait for its other end
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, &os.PathError{Op: "read", Path: name, Err: errors.New("not a regular file")}
	}
	data, err := io.ReadAll(io.LimitReader(file, max+1))
	if err == nil && int64(len(data)) > max {
		err = &os.PathError{Op: "read", Path: name, Err: fmt.Errorf("larger than %d bytes", max)}
	}
	return data, err
}
