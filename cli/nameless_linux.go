package cli

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// nameless opens a new file without a name in the folder. Not all file systems
// have them.
func nameless(folder string) (*os.File, error) {
	fd, err := unix.Open(folder, unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return nil, err
	}
	file := os.NewFile(uintptr(fd), folder)
	if _, err := os.Stat(self(file)); err != nil { // without /proc, it could get no name
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

// link gives the file a name.
func link(file *os.File, name string) error {
	return unix.Linkat(unix.AT_FDCWD, self(file), unix.AT_FDCWD, name, unix.AT_SYMLINK_FOLLOW)
}

func self(file *os.File) string { return fmt.Sprintf("/proc/self/fd/%d", file.Fd()) }
