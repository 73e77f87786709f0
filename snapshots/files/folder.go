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

// list gives the entries of an open folder, sorted by name, and its FolderChangedAt.
// With an error, the entries are those that were read before it. All entries of one
// folder are in memory together.
func (w *walker) list(in openFolder, name string) (entries []dirEntry, changed int64, err error) {
	changed = w.tree.changeTime(in.status()) // before the listing: a change during it shows next time
	if entries := w.listUnchanged(name, changed); entries != nil {
		return entries, changed, nil
	}
	entries, err = in.entries(w.ctx)
	slices.SortFunc(entries, func(a, b dirEntry) int { return cmp.Compare(a.name, b.name) })
	if err != nil || slices.ContainsFunc(entries, func(e dirEntry) bool { return strings.Contains(UTF8Name(e.name), `\`) }) {
		changed = 0 // File.Path may not have the name as it is on disk
	}
	w.reportFolder(name, changed)
	if slices.ContainsFunc(entries, func(e dirEntry) bool { return e.mode != 0 }) {
		changed = 0
	}
	return entries, changed, err
}

// listUnchanged gives the recorded entries of a folder that has not changed since; nil
// if the folder must be listed.
func (w *walker) listUnchanged(name string, changed int64) (entries []dirEntry) {
	if w.PreviousFolder == nil || changed == 0 {
		return nil
	}
	seen := w.PreviousFolder(name)
	if seen.ChangedAt != changed {
		return nil
	}
	for name := range seen.Names {
		entries = append(entries, dirEntry{name: name})
	}
	w.reportFolder(name, changed)
	return entries
}

func (w *walker) reportFolder(folder string, changed int64) {
	if w.OnFolder != nil {
		w.OnFolder(folder, changed)
	}
}
