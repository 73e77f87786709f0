package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// create opens the output that -o names: stdout for "-", a file that is complete
// or, after an error, left as it was, and what is no file (a pipe, a device, an
// open descriptor) as it is. end takes the error of what was written.
func create(stdout io.Writer, name string) (write func([]byte) error, end func(error) error, err error) {
	if name == "-" {
		write = func(data []byte) error { _, err := stdout.Write(data); return err }
		return write, func(err error) error { return err }, nil
	}
	named := func(err error) error {
		if err != nil {
			err = fmt.Errorf("-o %s: %w", name, cause(err))
		}
		return err
	}
	file, finish, err := open(name)
	if err != nil {
		return nil, nil, named(err)
	}
	write = func(data []byte) error { _, err := file.Write(data); return named(err) }
	return write, func(err error) error {
		if err != nil {
			return errors.Join(err, finish(err))
		}
		return named(finish(nil))
	}, nil
}

// open opens a file to write to. end takes the error of writing, and returns its
// own.
func open(name string) (file io.Writer, end func(error) error, err error) {
	info, err := os.Stat(name)
	switch {
	case err == nil && info.IsDir():
		return nil, nil, errors.New("a folder has this name")
	case err == nil && !info.Mode().IsRegular():
		return through(os.OpenFile(name, os.O_WRONLY, 0))
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	target, err := follow(name)
	if err != nil {
		return nil, nil, err
	}
	if number, ok := descriptor(target); ok {
		return through(duplicate(number))
	}
	return replacement(target)
}

// through writes to what is open already.
func through(file *os.File, err error) (io.Writer, func(error) error, error) {
	return file, func(error) error { return file.Close() }, err
}

// follow returns the name of the file itself at the end of symbolic links, which
// may not exist yet, in a folder without links.
func follow(name string) (string, error) {
	for range 40 {
		folder, base := filepath.Split(name)
		if folder == "" {
			folder = "."
		}
		folder, err := filepath.EvalSymlinks(folder)
		if err != nil {
			return "", err
		}
		name = filepath.Join(folder, base)
		if _, ok := descriptor(name); ok {
			return name, nil
		}
		link, err := os.Readlink(name)
		switch {
		case err != nil:
			return name, nil
		case filepath.IsAbs(link):
			name = link
		default:
			name = folder + string(filepath.Separator) + link
		}
	}
	return "", syscall.ELOOP
}

// descriptor is the number in the name of an open descriptor of this process.
func descriptor(name string) (number int, ok bool) {
	if filepath.Dir(name) != fmt.Sprintf("/proc/%d/fd", os.Getpid()) {
		return 0, false
	}
	number, err := strconv.Atoi(filepath.Base(name))
	return number, err == nil
}

// duplicate shares the position in the file, as opening it by name would not.
func duplicate(number int) (*os.File, error) {
	copied, err := syscall.Dup(number)
	if err != nil {
		return nil, err
	}
	syscall.CloseOnExec(copied)
	return os.NewFile(uintptr(copied), "descriptor "+strconv.Itoa(number)), nil
}

// replacement opens a temporary file, which end puts in place of name, with the
// mode and, if that is allowed, the owner of the file that was there.
func replacement(name string) (io.Writer, func(error) error, error) {
	before, err := os.OpenFile(name, os.O_WRONLY, 0) // refused for a file that is read-only
	switch database, isWAL := strings.CutSuffix(name, ".wal"); {
	case isWAL && isDatabase(database):
		return nil, nil, usage(errors.New("a file of this name is a part of a database: choose another name"))
	case err == nil:
		defer before.Close()
		if isDatabase(name) {
			return nil, nil, usage(errors.New("this file is a database: choose another name"))
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	temp, err := newTemporary(filepath.Dir(name))
	if err != nil {
		return nil, nil, err
	}
	mode := 0o666 &^ userMask()
	if before != nil {
		mode = takeOwner(temp.File, before)
	}
	return temp, func(err error) error {
		if err != nil {
			return temp.discard()
		}
		return errors.Join(temp.Chmod(mode), temp.rename(name))
	}, nil
}

// takeOwner gives a file the owner of another one, if that is allowed, and
// returns the other's mode.
func takeOwner(file, other *os.File) fs.FileMode {
	info, err := other.Stat()
	if err != nil {
		return 0o600
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); ok {
		_ = file.Chown(int(owner.Uid), int(owner.Gid)) // only root may; the mode is the same
	}
	return info.Mode().Perm()
}

// userMask is the umask that the program was started with. From its first call
// on, the files that the program creates are private unless it gives them a mode.
var userMask = sync.OnceValue(func() fs.FileMode { return fs.FileMode(syscall.Umask(0o077)) })

// cause is an error without the name of the temporary file.
func cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
