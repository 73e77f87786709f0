//go:build !portable

package files

import (
	"errors"
	"io"
	"io/fs"
	"slices"
	"time"

	"golang.org/x/sys/unix"
)

// Raw file descriptors. An os.File registers with the network poller, which does
// not serve regular files, and has a finalizer: for a file of a few hundred bytes
// that costs as much again as opening, examining and reading it. Measured together
// with the other fast paths only: all six save a fifth of the processor time of an
// ingest of many small files. disk_portable.go does the same with package os.

// disk is an open file on disk.
type disk struct {
	descriptor int
	name       string
}

// openFolder is an open folder on disk. What is in it is opened by its descriptor, so
// that nothing but the folder itself can be put in its place.
type openFolder struct {
	disk
	own *ownFiles
}

// openRoot opens the folder at the top of a walk, which may be a link to one.
func openRoot(name string, own *ownFiles) (openFolder, error) {
	d, err := openAt(unix.AT_FDCWD, name, unix.O_DIRECTORY)
	return openFolder{d, own}, err
}

// openFolder opens a folder in f. It does not follow a link.
func (f openFolder) openFolder(name string) (openFolder, error) {
	d, err := openAt(f.descriptor, name, unix.O_DIRECTORY|unix.O_NOFOLLOW)
	return openFolder{d, f.own}, err
}

// open opens a regular file in f. It does not follow a link, nor wait for a pipe. One of
// the load's own files is errOwn, and stays open until the end of the process.
func (f openFolder) open(name string) (disk, status, error) {
	d, err := openAt(f.descriptor, name, unix.O_NOFOLLOW|unix.O_NONBLOCK)
	if err != nil {
		return disk{}, status{}, err
	}
	s, err := d.status()
	if err == nil && f.own.has(name, s) {
		return disk{}, status{}, errOwn
	}
	if err == nil && s.mode != 0 {
		err = &fs.PathError{Op: "open", Path: name, Err: errIrregular}
	}
	if err != nil {
		d.Close()
		return disk{}, status{}, err
	}
	return d, s, nil
}

func openAt(folder int, name string, flags int) (disk, error) {
	descriptor, err := retryInterrupted(func() (int, error) {
		return unix.Openat(folder, name, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0)
	})
	if err != nil {
		return disk{}, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return disk{descriptor, name}, nil
}

func (d disk) Close() { _ = unix.Close(d.descriptor) } // nothing was written

func (d disk) Read(p []byte) (n int, err error) {
	return d.readResult(retryInterrupted(func() (int, error) { return unix.Read(d.descriptor, p) }))
}

func (d disk) ReadAt(p []byte, at int64) (n int, err error) {
	for n < len(p) && err == nil {
		var more int
		more, err = d.readResult(retryInterrupted(func() (int, error) {
			return unix.Pread(d.descriptor, p[n:], at+int64(n))
		}))
		n += more
	}
	return n, err
}

// readResult turns the result of read(2) into that of an io.Reader.
func (d disk) readResult(n int, err error) (int, error) {
	switch {
	case err != nil:
		return 0, &fs.PathError{Op: "read", Path: d.name, Err: err}
	case n == 0:
		return 0, io.EOF
	}
	return n, nil
}

// retryInterrupted repeats a system call that a signal interrupted.
func retryInterrupted(call func() (int, error)) (n int, err error) {
	for {
		if n, err = call(); !errors.Is(err, unix.EINTR) {
			return n, err
		}
	}
}

// status is that of the open file.
func (d disk) status() (status, error) {
	return newStatus(func(s *unix.Stat_t) error { return unix.Fstat(d.descriptor, s) })
}

// statusOf is the status of a name in f; of a link, not of its target.
func (f openFolder) statusOf(name string) (status, error) {
	return newStatus(func(s *unix.Stat_t) error { return unix.Fstatat(f.descriptor, name, s, unix.AT_SYMLINK_NOFOLLOW) })
}

// statusOf is the status of a name; of a link, not of its target.
func statusOf(name string) (status, error) {
	return newStatus(func(s *unix.Stat_t) error { return unix.Lstat(name, s) })
}

// targetStatus is the status of a name; of a link, that of its target.
func targetStatus(name string) (status, error) {
	return newStatus(func(s *unix.Stat_t) error { return unix.Stat(name, s) })
}

func newStatus(stat func(*unix.Stat_t) error) (status, error) {
	var s unix.Stat_t
	if _, err := retryInterrupted(func() (int, error) { return 0, stat(&s) }); err != nil {
		return status{}, err
	}
	return status{
		mode: fileMode(byte(s.Mode & unix.S_IFMT >> 12)), size: s.Size, modifiedAt: time.Unix(s.Mtim.Unix()),
		changed: s.Ctim.Nano(), device: uint64(s.Dev), inode: s.Ino,
	}, nil
}

// fileMode gives the type bits for a DT_ constant, which is the S_IF constant of
// the same type without its twelve low bits.
func fileMode(kind byte) fs.FileMode {
	switch kind {
	case unix.DT_REG:
		return 0
	case unix.DT_DIR:
		return fs.ModeDir
	case unix.DT_LNK:
		return fs.ModeSymlink
	case unix.DT_FIFO:
		return fs.ModeNamedPipe
	case unix.DT_SOCK:
		return fs.ModeSocket
	case unix.DT_CHR:
		return fs.ModeDevice | fs.ModeCharDevice
	case unix.DT_BLK:
		return fs.ModeDevice
	}
	return fs.ModeIrregular
}

// keepsChangeTimes is true of local file systems, which change the ctime of a
// folder whenever an entry is added, removed or renamed. Network and FUSE file
// systems may report any time.
func keepsChangeTimes(root string) bool {
	var s unix.Statfs_t
	return unix.Statfs(root, &s) == nil && slices.Contains([]int64{
		unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC,
		unix.TMPFS_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, zfsMagic,
	}, int64(s.Type))
}

const zfsMagic = 0x2fc12fc1 // ZFS_SUPER_MAGIC of OpenZFS, which is not part of Linux
