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
)

// Stdin is the name of standard input: one file, archive or not.
const Stdin = "-"

// Options configure a walk.
type Options struct {
	Fallback Attribution // of flags, for what no manifest and no folder states
	Layout   Layout      // of the paths below the root
	Limits   Limits
	Stdin    io.Reader // read for the root Stdin; nil is empty
	Jobs     int       // goroutines that walk ahead; 0 = none
	// Unchanged is called for each file of a folder except manifests, before the file is
	// examined; concurrently if Jobs is not 0. For a path that the caller has in its
	// ledger it returns a check whether the file is unchanged; such a file is visited
	// unopened, an archive without its members. nil = no file is known.
	Unchanged func(path string) (unchanged func(File) bool)
	// PreviousFolder is called for each folder in the same way, and returns what the caller
	// recorded of it. An unchanged folder is not listed. nil = nothing is recorded.
	PreviousFolder func(path string) FolderState
	// OnFolder is called for each folder in the same way, with its Tree.ChangedAt. nil =
	// not called.
	OnFolder func(folder string, changed int64)
	// StableBefore must precede the start of the walk by more than the resolution of the
	// file system's clock. The change time of a folder counts only if it is earlier.
	// Zero = it never counts.
	StableBefore time.Time
}

// Walk visits every file below root, or root itself if it is a file, in batches.
// The order is that of the names, folder by folder, with the manifest of a folder
// first. Archives and compressed files are recognized by their first bytes, never
// by their names. The members of an archive precede it, in the same order. Only the
// members of a compressed tar come as they are stored: sorting them would need all
// of them in memory. A manifest applies to its whole folder wherever it is stored.
//
// A file that cannot be read is visited with an Issue that says why. The error is
// that of visit or ctx, or says that root does not exist.
func Walk(ctx context.Context, root string, o Options, visit func(Batch) error) error {
	ctx, cancel := context.WithCancel(ctx)
	w := &walker{Options: o, ctx: ctx, out: &batcher{emit: visit}, workers: newWorkers(o.Jobs)}
	defer w.workers.Wait()
	defer cancel()
	if err := w.walk(root); err != nil {
		return err
	}
	return w.out.flush()
}

type walker struct {
	Options
	ctx      context.Context
	workers  *workers
	root     int // length of the root's name
	tree     Tree
	out      *batcher
	nesting  int   // archives around the current file
	refused  int   // members of the innermost archive so far
	unpacked int64 // bytes unpacked from the outermost archive so far
	offset   int64 // bytes of the outermost archive that were read so far, to visit its members
}

func (w *walker) walk(root string) error {
	if root == Stdin {
		return w.stdin()
	}
	info, err := os.Stat(root)
	if err != nil {
		return fmt.Errorf("%w: name a folder or a file that exists", err)
	}
	root = cleanPath(root)
	w.root = len(root)
	if info.IsDir() {
		w.tree = OpenTree(root, w.StableBefore)
		return w.folder(root, w.top(root)) // it may be a date itself
	}
	top := w.top(path.Dir(root))
	file := w.newFile(root, top)
	name, err := filepath.EvalSymlinks(root)
	if err != nil {
		return w.refuse(file, unreadable("the file", err))
	}
	file.name = name
	return w.file(file, info.Mode(), top)
}

// top is the scope of files below a path.
func (w *walker) top(path string) scope {
	return scope{fallback: w.Fallback, layout: layoutMatch{rest: w.Layout.elements}, folders: foldersOf(path)}.merged()
}

// visit adds a file to the current batch.
func (w *walker) visit(file File) error { return w.out.add(file) }

// refuse visits a file that is not read; of an archive, only the first ones.
func (w *walker) refuse(file File, issue *snapshots.Issue) error {
	if err := w.ctx.Err(); err != nil {
		return err // the issue may be a consequence of it
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

// ignore visits a file that is litter, unopened.
func (w *walker) ignore(file File) error {
	if !file.Member {
		if err := file.setStatus(statusOf(file.name)); err != nil {
			return w.refuse(file, unreadable("the file", err))
		}
	}
	file.Ignored, file.name, file.limits = true, "", &w.Limits
	return w.visit(file)
}

// folder walks one folder on disk.
func (w *walker) folder(name string, s scope) error {
	if s.depth > w.Limits.Depth {
		return w.refuse(File{Path: validUTF8(name), Attribution: s.attribution}, w.Limits.tooDeep())
	}
	entries, changed, err := w.list(name)
	if err != nil {
		if err := w.refuse(File{Path: validUTF8(name), Attribution: s.attribution}, unreadable("the folder", err)); err != nil {
			return err
		}
	}
	s.changed, s.files = changed, len(entries)
	i, found := slices.BinarySearchFunc(entries, ManifestName, func(e dirEntry, name string) int {
		return strings.Compare(e.name, name)
	})
	if found && !s.isLitter && !entries[i].mode.IsDir() {
		if s, err = w.manifest(join(name, ManifestName), entries[i], s); err != nil {
			return err
		}
		entries = slices.Delete(entries, i, i+1)
	}
	return w.entries(name, entries, s)
}

func (w *walker) entry(name string, entry dirEntry, s scope) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if entry.mode.IsDir() {
		return w.folder(name, s.enter(validUTF8(entry.name)))
	}
	return w.file(w.newFile(name, s), entry.mode, s)
}

// newFile is a file of a folder before it is examined.
func (w *walker) newFile(name string, s scope) File {
	return File{
		Path: validUTF8(name), Attribution: s.of(path.Base(name)), name: name, limits: &w.Limits,
		FolderChangedAt: s.changed, FolderFiles: s.files,
	}
}

// file visits a file of a folder, or its content if it is compressed or an archive.
// It is opened once: a small file is read here, a large one by Read unless it is a
// container.
func (w *walker) file(file File, mode fs.FileMode, s scope) error {
	if s.isLitter || isLitterFile(path.Base(file.Path)) {
		return w.ignore(file)
	}
	if issue := w.checkFile(file, mode); issue != nil {
		return w.refuse(file, issue)
	}
	examined := false
	if w.Unchanged != nil {
		if unchanged := w.Unchanged(file.Path); unchanged != nil {
			if err := file.setStatus(statusOf(file.name)); err != nil {
				return w.refuse(file, unreadable("the file", err))
			}
			if unchanged(file) {
				return w.visit(file)
			}
			examined = true
		}
	}
	opened, err := open(file.name)
	if err != nil {
		return w.refuse(file, unreadable("the file", err))
	}
	defer opened.Close()
	if !examined {
		if err := file.setStatus(opened.status()); err != nil {
			return w.refuse(file, unreadable("the file", err))
		}
	}
	head, issue := file.readHead(opened)
	switch {
	case issue != nil:
		return w.refuse(file, issue)
	case kindOf(head) == plain:
		return w.visit(file)
	}
	return w.container(file, section(opened, file.Size), s)
}

// checkFile says why a file must not be opened; nil if it may.
func (w *walker) checkFile(file File, mode fs.FileMode) *snapshots.Issue {
	if n := len(file.Path) - w.root; n > w.Limits.PathBytes {
		return w.Limits.pathTooLong(n)
	}
	return irregular(mode)
}

// manifest visits the manifest of a folder, and gives the scope with it.
func (w *walker) manifest(name string, entry dirEntry, s scope) (scope, error) {
	file := w.newFile(name, s)
	if issue := w.checkFile(file, entry.mode); issue != nil {
		return s, w.refuse(file, issue)
	}
	opened, err := open(name)
	if err != nil {
		return s, w.refuse(file, unreadable("the manifest", err))
	}
	defer opened.Close()
	if err := file.setStatus(opened.status()); err != nil {
		return s, w.refuse(file, unreadable("the manifest", err))
	}
	if file.Size > maxManifestBytes {
		return s, w.refuse(file, manifestTooLarge())
	}
	data, issue := readExactly(opened, make([]byte, file.Size+1))
	if issue != nil {
		return s, w.refuse(file, issue)
	}
	manifest, issues := readManifest(data)
	s = s.withManifest(manifest)
	return s, w.visit(file.asManifest(data, manifest, issues, s))
}

// join is path.Join for a clean folder.
func join(folder, name string) string {
	switch {
	case folder == ".":
		return name
	case strings.HasSuffix(folder, "/"): // a root: /, or C:/ on Windows
		return folder + name
	}
	return folder + "/" + name
}
