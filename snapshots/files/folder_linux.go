package files

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"path"
	"slices"
	"sync"

	"golang.org/x/sys/unix"
)

// keepsTimes is true of local file systems, on which a folder that gets or loses
// an entry has a new time of change. Others, of networks and of programs, may
// tell any time.
func keepsTimes(root string) bool {
	var s unix.Statfs_t
	return unix.Statfs(root, &s) == nil && slices.Contains([]int64{
		unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.F2FS_SUPER_MAGIC,
		unix.TMPFS_MAGIC, unix.OVERLAYFS_SUPER_MAGIC, zfs,
	}, int64(s.Type))
}

const zfs = 0x2fc12fc1 // ZFS_SUPER_MAGIC of OpenZFS, which is not Linux's own

// blocks are what folders are read into.
var blocks = sync.Pool{New: func() any { return new([32 << 10]byte) }}

// entries reads an open folder. os.ReadDir makes three things of each entry, and
// three of the folder, which costs as much again as reading it.
func (d disk) entries() (entries []dirEntry, err error) {
	block := blocks.Get().(*[32 << 10]byte)
	defer blocks.Put(block)
	for {
		n, err := again(func() (int, error) { return unix.Getdents(d.descriptor, block[:]) })
		if err != nil {
			return entries, &fs.PathError{Op: "list", Path: d.name, Err: err}
		}
		if n == 0 {
			return entries, nil
		}
		// struct linux_dirent64 of getdents64(2)
		for rest := block[:n]; len(rest) > 0; rest = rest[binary.NativeEndian.Uint16(rest[16:]):] {
			text := rest[19:binary.NativeEndian.Uint16(rest[16:])]
			text = text[:bytes.IndexByte(text, 0)]
			if name := string(text); name != "." && name != ".." {
				entries = append(entries, dirEntry{name, d.mode(rest[18], name)})
			}
		}
	}
}

// mode gives the type of an entry; some file systems do not say it.
func (d disk) mode(kind byte, name string) fs.FileMode {
	if kind == unix.DT_UNKNOWN {
		var s unix.Stat_t
		if unix.Lstat(path.Join(d.name, name), &s) == nil {
			kind = byte(s.Mode & unix.S_IFMT >> 12) // DT_x is S_IFx without its zeros
		}
	}
	switch kind {
	case unix.DT_REG, unix.DT_UNKNOWN: // it is opened, and says what it is
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
