package snapshots

import (
	"cmp"
	"io/fs"
	"iter"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// dirEntry is what a folder says of one thing in it.
type dirEntry struct {
	name string
	mode fs.FileMode // type bits only; 0 = a regular file
}

// Seen is what somebody remembers of a folder, to see whether it is the same.
type Seen struct {
	Changed int64            // File.FolderChanged of its files; 0 = nothing is remembered
	Names   iter.Seq[string] // of all its files, FolderFiles in number, as they stand in File.Path, in sorted order
}

// list gives what is in a folder, in the order of the names, and since when, in
// the sense of File.FolderChanged. What could be read comes with an error, too.
func (w *walker) list(name string) (entries []dirEntry, changed int64, err error) {
	if w.Folder != nil && w.device != 0 {
		if seen := w.Folder(name); seen.Changed != 0 && seen.Changed == w.unchangedSince(unix.Lstat, name) {
			for name := range seen.Names {
				entries = append(entries, dirEntry{name: name})
			}
			return entries, seen.Changed, nil
		}
	}
	opened, err := openFolder(name)
	if err != nil {
		return nil, 0, err
	}
	defer opened.Close()
	changed = w.unchangedSince(opened.stat, name) // before it is read: what comes in between is seen next time
	entries, err = opened.entries()
	slices.SortFunc(entries, func(a, b dirEntry) int { return cmp.Compare(a.name, b.name) })
	if err != nil || slices.ContainsFunc(entries, func(e dirEntry) bool { return e.mode != 0 || strings.Contains(valid(e.name), `\`) }) {
		changed = 0
	}
	return entries, changed, err
}

// unchangedSince is when the list of a folder last changed, in nanoseconds since
// 1970; 0 if that says nothing: on file systems that do not keep it, and so soon
// before the walk that another change may bear the same time. It is the time
// that nobody can set.
func (w *walker) unchangedSince(stat func(string, *unix.Stat_t) error, name string) int64 {
	var s unix.Stat_t
	if w.device == 0 || stat(name, &s) != nil || s.Mode&unix.S_IFMT != unix.S_IFDIR || uint64(s.Dev) != w.device {
		return 0
	}
	if at := s.Ctim.Nano(); at < w.Settled.UnixNano() {
		return at
	}
	return 0
}

// trust notes the file system of root, if it keeps the times of its folders.
func (w *walker) trust(root string, info fs.FileInfo) {
	if s, ok := info.Sys().(*syscall.Stat_t); ok && !w.Settled.IsZero() && keepsTimes(root) {
		w.device = uint64(s.Dev)
	}
}
