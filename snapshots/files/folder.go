package files

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// FolderState is what the caller recorded of a folder in an earlier walk.
type FolderState struct {
	ChangedAt int64            // File.FolderChangedAt of its files; 0 = nothing is recorded
	Names     iter.Seq[string] // of all its files, FolderFiles in number, as in File.Path, sorted
}

// list gives the entries of a folder, sorted by name, and its FolderChangedAt. With
// an error, the entries are those that were read before it.
func (w *walker) list(name string) (entries []dirEntry, changed int64, err error) {
	if entries, changed := w.listUnchanged(name); changed != 0 {
		return entries, changed, nil
	}
	opened, err := openFolder(name)
	if err != nil {
		w.reportFolder(name, 0)
		return nil, 0, err
	}
	defer opened.Close()
	changed = w.tree.changeTime(opened.status()) // before the listing: a change during it shows next time
	entries, err = opened.entries()
	slices.SortFunc(entries, func(a, b dirEntry) int { return cmp.Compare(a.name, b.name) })
	if err != nil || slices.ContainsFunc(entries, func(e dirEntry) bool { return strings.Contains(validUTF8(e.name), `\`) }) {
		changed = 0 // File.Path may not have the name as it is on disk
	}
	w.reportFolder(name, changed)
	if slices.ContainsFunc(entries, func(e dirEntry) bool { return e.mode != 0 }) {
		changed = 0
	}
	return entries, changed, err
}

// listUnchanged gives the recorded entries of a folder that has not changed since;
// changed is 0 if the folder must be listed.
func (w *walker) listUnchanged(name string) (entries []dirEntry, changed int64) {
	if w.PreviousFolder == nil || w.tree.device == 0 {
		return nil, 0
	}
	seen := w.PreviousFolder(name)
	if seen.ChangedAt == 0 || seen.ChangedAt != w.tree.ChangedAt(name) {
		return nil, 0
	}
	for name := range seen.Names {
		entries = append(entries, dirEntry{name: name})
	}
	w.reportFolder(name, seen.ChangedAt)
	return entries, seen.ChangedAt
}

func (w *walker) reportFolder(folder string, changed int64) {
	if w.OnFolder != nil {
		w.OnFolder(folder, changed)
	}
}
