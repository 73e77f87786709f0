package files

import (
	"io/fs"
	"path/filepath"
	"time"
)

// Tree is the root of a walk and the folders below it on the same file system.
type Tree struct {
	Root         string // clean, with / between folders
	device       uint64 // 0 = the change times of folders prove nothing
	stableBefore int64  // nanoseconds since 1970
}

// OpenTree examines root. stableBefore is that of Options.
func OpenTree(root string, stableBefore time.Time) Tree {
	t := Tree{Root: cleanPath(root), stableBefore: stableBefore.UnixNano()}
	if stableBefore.IsZero() || !keepsChangeTimes(t.Root) {
		return t
	}
	if s, err := targetStatus(t.Root); err == nil && s.mode == fs.ModeDir {
		t.device = s.device
	}
	return t
}

// cleanPath gives the shortest name of a path, with / between folders.
func cleanPath(name string) string { return filepath.ToSlash(filepath.Clean(name)) }

// ChangedAt is when the list of a folder last changed, in nanoseconds since 1970. It
// is the ctime, which no program can set. 0 if it proves nothing: on file systems
// that do not keep it, and so shortly before the walk that a later change may get
// the same time.
func (t Tree) ChangedAt(folder string) int64 {
	if folder == t.Root {
		return t.changeTime(targetStatus(folder)) // it may be a link
	}
	return t.changeTime(statusOf(folder))
}

func (t Tree) changeTime(s status, err error) int64 {
	if t.device == 0 || err != nil || s.mode != fs.ModeDir || s.device != t.device || s.changed >= t.stableBefore {
		return 0
	}
	return s.changed
}

// Stat gives a file in a folder of the tree with its current Size and ModifiedAt,
// without opening it.
func (t Tree) Stat(folder, name string) (File, error) {
	var file File
	return file, file.setStatus(statusOf(join(folder, name)))
}
