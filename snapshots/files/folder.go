package files

import (
	"cmp"
	"io/fs"
	"iter"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// dirEntry is what a folder says of one thing in it.
type dirEntry struct {
	name string
	mode fs.FileMode // type bits only; 0 = a regular file
}

// FolderState is what somebody remembers of a folder, to see whether it is the same.
type FolderState struct {
	ChangedAt int64            // File.FolderChangedAt of its files; 0 = nothing is remembered
	Names     iter.Seq[string] // of all its files, FolderFiles in number, as they stand in File.Path, in sorted order
}

// list gives what is in a folder, in the order of the names, and since when, in
// the sense of File.FolderChangedAt. What could be read comes with an error, too.
func (w *walker) list(name string) (entries []dirEntry, changed int64, err error) {
	if w.PreviousFolder != nil && w.tree.device != 0 {
		if seen := w.PreviousFolder(name); seen.ChangedAt != 0 && seen.ChangedAt == w.tree.ChangedAt(name) {
			for name := range seen.Names {
				entries = append(entries, dirEntry{name: name})
			}
			w.listed(name, seen.ChangedAt)
			return entries, seen.ChangedAt, nil
		}
	}
	opened, err := openFolder(name)
	if err != nil {
		w.listed(name, 0)
		return nil, 0, err
	}
	defer opened.Close()
	changed = w.tree.changed(opened.stat, name) // before it is read: what comes in between is seen next time
	entries, err = opened.entries()
	slices.SortFunc(entries, func(a, b dirEntry) int { return cmp.Compare(a.name, b.name) })
	if err != nil || slices.ContainsFunc(entries, func(e dirEntry) bool { return strings.Contains(valid(e.name), `\`) }) {
		changed = 0
	}
	w.listed(name, changed)
	if slices.ContainsFunc(entries, func(e dirEntry) bool { return e.mode != 0 }) {
		changed = 0
	}
	return entries, changed, err
}

func (w *walker) listed(folder string, changed int64) {
	if w.OnFolder != nil {
		w.OnFolder(folder, changed)
	}
}

// Tree is a folder that is named, and what lies below it on its file system.
type Tree struct {
	Root    string // clean
	device  uint64 // 0 = the file system does not keep the times of folders
	settled int64
}

// OpenTree looks at root. StableBefore is that of Options.
func OpenTree(root string, settled time.Time) Tree {
	root = path.Clean(filepath.ToSlash(root))
	t := Tree{Root: root, settled: settled.UnixNano()}
	var s unix.Stat_t
	if !settled.IsZero() && unix.Stat(root, &s) == nil && s.Mode&unix.S_IFMT == unix.S_IFDIR && keepsTimes(root) {
		t.device = uint64(s.Dev)
	}
	return t
}

// ChangedAt is when the list of a folder last changed, in nanoseconds since 1970;
// 0 if that says nothing: on file systems that do not keep it, and so soon
// before the walk that another change may bear the same time. It is the time
// that nobody can set.
func (t Tree) ChangedAt(folder string) int64 {
	if folder == t.Root {
		return t.changed(unix.Stat, folder) // it may be a link
	}
	return t.changed(unix.Lstat, folder)
}

func (t Tree) changed(stat func(string, *unix.Stat_t) error, folder string) int64 {
	var s unix.Stat_t
	if t.device == 0 || stat(folder, &s) != nil || s.Mode&unix.S_IFMT != unix.S_IFDIR || uint64(s.Dev) != t.device {
		return 0
	}
	if at := s.Ctim.Nano(); at < t.settled {
		return at
	}
	return 0
}

// Stat is a file in a folder of the tree as it is now, unopened: its Size and
// ModifiedAt.
func (t Tree) Stat(folder, name string) (File, error) {
	file := File{name: join(folder, name)}
	return file, file.look(unix.Lstat)
}
