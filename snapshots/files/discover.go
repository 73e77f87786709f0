package files

import (
	"context"
	"fmt"
	"iamcensus/snapshots"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// Stdin is the name of standard input: one file, archive or not.
const Stdin = "-"

// Options say how to walk.
type Options struct {
	Fallback Attribution // what no manifest and no folder says
	Limits   Limits
	Stdin    io.Reader // what Stdin reads; nil is empty
	Jobs     int       // parts of a folder that are walked ahead, side by side
	// Unchanged is asked for each file in a folder, but a manifest, before anybody
	// looks at it; by several goroutines, if there are Jobs. If the caller knows
	// a file of this path, it gives a check whether it is still the same: then
	// it is visited unopened, an archive as a whole. nil knows none.
	Unchanged func(path string) (unchanged func(File) bool)
	// PreviousFolder is asked likewise for each folder what the caller remembers of it.
	// If it has not changed since, it is not listed. nil remembers none.
	PreviousFolder func(path string) FolderState
	// OnFolder is told of each folder, likewise, and Tree.ChangedAt of it. It may be nil.
	OnFolder func(folder string, changed int64)
	// StableBefore is before the walk begins, by more than the clock of a file system
	// leaps. Folders that have changed later are not remembered; zero: none is.
	StableBefore time.Time
}

// File is one file that Walk found, before anybody read it.
type File struct {
	// Path is as named, with / between folders. In archives it goes on after
	// the archive's own path and "!/": a.zip!/2021-01-24/org-a/report.csv. It is
	// valid UTF-8: bytes of the name that are not stand there as \xff.
	Path        string
	Size        int64
	ModifiedAt  time.Time // zero = unknown
	Attribution Attribution
	Manifest    bool  // it is a manifest: Hint holds what it says, there is nothing else to read
	Archive     bool  // it is an archive whose members were visited before it: there is nothing else to read
	Member      bool  // it lies in an archive, or is stdin: an equal Size and ModifiedAt prove nothing
	Offset      int64 // of a member: bytes of the outermost archive that were read before it
	// FolderChangedAt is the time of change, in nanoseconds since 1970, of a folder
	// in which there is nothing but files, this among them; 0 = do not rely on it.
	FolderChangedAt int64
	FolderFiles     int               // how many there are
	Issues          []snapshots.Issue // why it cannot be read, or what is wrong with the manifest or archive

	name   string // to open it by; "" = it cannot be opened
	data   []byte // its bytes, where the walk read them; nil = Read has to
	held   *held  // the memory of data, to be given back; nil = nobody waits for it
	limits *Limits
}

// Walk visits every file below root, or root itself, in sorted order: folder
// by folder, and in each its manifest first. Archives and packed files are
// known by their first bytes, never by their names. The members of an archive
// come where it lies, in the same order; only those of a packed tar come in
// the order in which they are stored, for reading them in another would hold
// all of them at once. A manifest speaks wherever in its folder it stands.
//
// What cannot be read is visited with the Issue that says so, and the walk
// goes on. The error is visit's, or ctx's, or says that root does not exist.
func Walk(ctx context.Context, root string, o Options, visit func(Batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	w := &walker{Options: o, ctx: ctx, out: &batcher{emit: visit}, crew: &crew{spare: make(chan struct{}, o.Jobs)}}
	defer w.crew.Wait()
	defer cancel()
	if err := w.walk(root); err != nil {
		return err
	}
	return w.out.flush()
}

func (w *walker) walk(root string) error {
	if root == Stdin {
		return w.stdin()
	}
	info, err := os.Stat(root)
	if err != nil {
		return fmt.Errorf("%w: name a folder or a file that exists", err)
	}
	root = path.Clean(filepath.ToSlash(root))
	w.root = len(root)
	// A date may stand in root itself: loading 2021-01-24/ is loading that day.
	top := place{otherwise: w.Fallback}.since(follow(root).capturedAt)
	if info.IsDir() {
		w.tree = OpenTree(root, w.StableBefore)
		return w.folder(root, top)
	}
	name, err := filepath.EvalSymlinks(root)
	if err != nil {
		return w.refuse(w.at(root, top), unreadable("the file", err))
	}
	file := w.at(root, top)
	file.name = name
	return w.file(file, info.Mode(), top)
}

// visit hands a file over.
func (w *walker) visit(file File) error { return w.out.add(file) }

type walker struct {
	Options
	ctx      context.Context
	crew     *crew
	root     int // length of the root's name
	tree     Tree
	out      *batcher
	nesting  int   // archives around the current file
	refused  int   // members of the innermost so far
	unpacked int64 // bytes taken out of the outermost so far
	offset   int64 // bytes read of the outermost so far, to visit its members
}

// folder goes through one folder of the disk.
func (w *walker) folder(name string, p place) error {
	if p.depth > w.Limits.Depth {
		return w.refuse(File{Path: valid(name), Attribution: p.hint}, w.Limits.tooDeep())
	}
	entries, changed, err := w.list(name)
	if err != nil {
		if err := w.refuse(File{Path: valid(name), Attribution: p.hint}, unreadable("the folder", err)); err != nil {
			return err
		}
	}
	p.changed, p.files = changed, len(entries)
	i, found := slices.BinarySearchFunc(entries, ManifestName, func(e dirEntry, name string) int {
		return strings.Compare(e.name, name)
	})
	if found && !entries[i].mode.IsDir() {
		if p, err = w.manifest(join(name, ManifestName), entries[i], p); err != nil {
			return err
		}
		entries = slices.Delete(entries, i, i+1)
	}
	return w.entries(name, entries, p)
}

func (w *walker) entry(name string, entry dirEntry, p place) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if entry.mode.IsDir() {
		return w.folder(name, p.enter(valid(entry.name)))
	}
	return w.file(w.at(name, p), entry.mode, p)
}

// file visits a file of a folder, or what is in it. It is opened once: a small
// one is read here, a large one by its reader unless it is an archive.
func (w *walker) file(file File, mode fs.FileMode, p place) error {
	if issue := w.unfit(file, mode); issue != nil {
		return w.refuse(file, issue)
	}
	seen := false
	if w.Unchanged != nil {
		if unchanged := w.Unchanged(file.Path); unchanged != nil {
			if err := file.look(unix.Lstat); err != nil {
				return w.refuse(file, unreadable("the file", err))
			}
			if unchanged(file) {
				return w.visit(file)
			}
			seen = true
		}
	}
	opened, err := open(file.name)
	if err != nil {
		return w.refuse(file, unreadable("the file", err))
	}
	defer opened.Close()
	if !seen {
		if err := file.look(opened.stat); err != nil {
			return w.refuse(file, unreadable("the file", err))
		}
	}
	head, issue := file.hold(opened)
	switch {
	case issue != nil:
		return w.refuse(file, issue)
	case kindOf(head) == plain:
		return w.visit(file)
	}
	return w.container(file, section(opened, file.Size), p)
}

// unfit says why a file is not even opened.
func (w *walker) unfit(file File, mode fs.FileMode) *snapshots.Issue {
	if n := len(file.Path) - w.root; n > w.Limits.PathBytes {
		return w.Limits.pathTooLong(n)
	}
	return irregular(mode)
}

// manifest visits the manifest of a folder, and gives the place as it makes it.
func (w *walker) manifest(name string, entry dirEntry, p place) (place, error) {
	file := w.at(name, p)
	if issue := w.unfit(file, entry.mode); issue != nil {
		return p, w.refuse(file, issue)
	}
	opened, err := open(name)
	if err != nil {
		return p, w.refuse(file, unreadable("the manifest", err))
	}
	defer opened.Close()
	if err := file.look(opened.stat); err != nil {
		return p, w.refuse(file, unreadable("the manifest", err))
	}
	if file.Size > manifestMost {
		return p, w.refuse(file, manifestTooLarge())
	}
	data, issue := readExactly(opened, make([]byte, file.Size+1))
	if issue != nil {
		return p, w.refuse(file, issue)
	}
	said, issues := readManifest(data)
	p = p.with(said)
	return p, w.visit(file.manifest(data, said, issues, p))
}

// at is a file of a folder before anybody looked at it.
func (w *walker) at(name string, p place) File {
	return File{Path: valid(name), Attribution: p.of(path.Base(name)), name: name, limits: &w.Limits, FolderChangedAt: p.changed, FolderFiles: p.files}
}

// refuse visits a file that is not read; of an archive's, only the first.
func (w *walker) refuse(file File, issue *snapshots.Issue) error {
	if err := w.ctx.Err(); err != nil {
		return err // which is why it could not be read
	}
	if w.nesting > 0 {
		if w.refused++; w.refused > refusalsShown {
			return nil
		}
	}
	file.name, file.data, file.limits = "", nil, &w.Limits
	file.Issues = append(file.Issues, *issue)
	return w.visit(file)
}

// join is path.Join for clean folders.
func join(folder, name string) string {
	switch folder {
	case ".":
		return name
	case "/":
		return folder + name
	}
	return folder + "/" + name
}
