package ledger

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"iamcensus/snapshots/files"
)

// entry is a file of the ledger.
type entry struct {
	name       string // in its folder
	id         int
	size       int64
	modifiedAt int64  // microseconds since 1970
	hash       uint64 // attribution hash, or refusal hash of refused files and archives
	loaded     bool   // not refused
	archive    bool   // its members have entries of their own

	recheck bool // its outcome depends on a file that has changed
	visited bool // by this walk
	reread  bool // by this walk, since it has changed
}

func (e *entry) sameStat(file *files.File) bool {
	return e.size == file.Size && e.modifiedAt == file.ModifiedAt.UnixMicro()
}

// folder is a folder with files in the ledger, on disk or in an archive.
type folder struct {
	path      string
	changedAt int64   // files.FolderState.ChangedAt; 0 unless all files are here and agree on it
	nFiles    int     // files in it when it was read
	entries   []entry // by name
}

// finish sorts the entries once all are read. Of two with the same name the
// newer one counts. An interrupted load may have left a part of a folder, whose
// time then says nothing.
func (f *folder) finish(superseded func(id int32)) {
	byName := func(a, b entry) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(b.id, a.id)) }
	if !slices.IsSortedFunc(f.entries, byName) {
		slices.SortFunc(f.entries, byName)
	}
	f.entries = slices.CompactFunc(f.entries, func(newer, e entry) bool {
		if newer.name == e.name {
			superseded(int32(e.id))
		}
		return newer.name == e.name
	})
	if len(f.entries) != f.nFiles {
		f.changedAt = 0
	}
}

// names is files.FolderState.Names.
func (f *folder) names(yield func(string) bool) {
	for i := range f.entries {
		if !yield(f.entries[i].name) {
			return
		}
	}
}

// entry finds a file by its path; nil if the ledger has none.
func (l *Ledger) entry(path string) *entry {
	in, name := splitPath(path)
	f := l.byPath[in]
	if f == nil {
		return nil
	}
	// Only the name is read: Visited may write to the entry at the same time.
	i, found := sort.Find(len(f.entries), func(i int) int { return strings.Compare(name, f.entries[i].name) })
	if !found {
		return nil
	}
	return &f.entries[i]
}

// below lists the folders of a tree, those in archives included. Folders that
// only hold folders come first; the ledger has no files of theirs.
func (l *Ledger) below(root string) []*folder {
	var parents []*folder
	seen := map[string]bool{} // folders that hold folders
	add := func(path string) bool {
		if seen[path] {
			return false
		}
		seen[path] = true
		if l.byPath[path] == nil {
			parents = append(parents, &folder{path: path})
		}
		return true
	}
	add(root)
	all := make([]*folder, 0, len(l.folders))
	last := root // most neighbors have the same parent
	for i := range l.folders {
		f := &l.folders[i]
		if !isWithin(root, f.path) {
			continue
		}
		all = append(all, f)
		if parent, _ := splitPath(f.path); parent != last && f.path != root {
			last = parent
			for add(parent) {
				parent, _ = splitPath(parent)
			}
		}
	}
	return append(parents, all...)
}

// isWithin reports whether a clean path is root or below it.
func isWithin(root, path string) bool {
	switch root {
	case ".":
		return path[0] != '/' && path != ".." && !strings.HasPrefix(path, "../")
	case "/":
		return path[0] == '/'
	}
	rest, ok := strings.CutPrefix(path, root)
	return ok && (rest == "" || rest[0] == '/')
}

// joinPath undoes splitPath.
func joinPath(folder, name string) string {
	switch folder {
	case ".":
		return name
	case "/":
		return folder + name
	}
	return folder + "/" + name
}

// splitPath is path.Split for clean paths, without the slash at the end of the
// folder. A path without a folder is in ".".
func splitPath(path string) (folder, name string) {
	switch slash := strings.LastIndexByte(path, '/'); slash {
	case -1:
		return ".", path
	case 0:
		return "/", path[1:]
	default:
		return path[:slash], path[slash+1:]
	}
}
