package files

import (
	"context"
	"errors"
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
	Overrule bool        // Fallback's organization is that of all files, whatever else states one
	Layout   Layout      // of the paths below the root
	Limits   Limits
	Stdin    io.Reader // read for the root Stdin; nil is empty
	Jobs     int       // goroutines that walk ahead; 0 = none
	Database string    // of the load; it is not read, and neither is its .wal. "" = none
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
func Walk(parent context.Context, root string, o Options, visit func(Batch) error) error {
	ctx, cancel := context.WithCancel(parent)
	w := &walker{
		Options: o, ctx: ctx, cancel: cancel, workers: newWorkers(o.Jobs), large: make(chan struct{}, 1),
		shared: &shared{ctx: parent, limits: &o.Limits, own: openOwn(o.Database)},
	}
	w.out = &batcher{emit: func(batch Batch) error {
		defer w.releaseLarge(batch)
		return visit(batch)
	}}
	defer w.workers.Wait()
	defer cancel()
	if err := w.walk(root); err != nil {
		return err
	}
	return w.out.flush()
}

type walker struct {
	Options
	ctx     context.Context
	cancel  context.CancelFunc // of ctx
	workers *workers
	large   chan struct{} // see holdLarge
	shared  *shared
	root    int // length of the root's name
	prefix  int // length of what names on disk have before that below the root
	tree    Tree
	out     *batcher
	ahead   *chunkAhead // the chunk that is walked ahead; nil = none
	nesting int         // archives around the current file
	refused int         // members of the innermost archive so far
	used    usage
	offset  int64 // bytes of the outermost archive that were read so far, to visit its members
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
		w.shared.root, w.prefix = root, len(join(root, ""))
		opened, err := openRoot(root, w.shared.own)
		return w.folder(opened, err, root, w.top(UTF8Name(root))) // it may be a date itself
	}
	return w.rootFile(root, info.Mode())
}

// rootFile walks a root that is a file, or a link to one.
func (w *walker) rootFile(root string, mode fs.FileMode) error {
	top := w.top(UTF8Name(path.Dir(root)))
	file := w.newFile(root, top)
	name, err := filepath.EvalSymlinks(root)
	if err != nil {
		return w.refuse(file, unreadable("the file", err))
	}
	name = filepath.ToSlash(name)
	w.shared.root, file.name = path.Dir(name), path.Base(name)
	in, err := openRoot(w.shared.root, w.shared.own)
	if err != nil {
		return w.refuse(file, unreadable("the file", err))
	}
	defer in.Close()
	return w.file(file, in, dirEntry{file.name, mode.Type()}, top)
}

// top is the scope of files below a path.
func (w *walker) top(path string) scope {
	top := scope{fallback: w.Fallback, layout: layoutMatch{rest: w.Layout.elements}, folders: foldersOf(path)}
	if w.Overrule {
		top.overruling = w.Fallback.Organization
	}
	return top.merged()
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
	file.name, file.data, file.shared = "", nil, w.shared
	file.Issues = append(file.Issues, *issue)
	return w.visit(file)
}

// unopened visits a file that could not be opened, or is one of the load's own.
func (w *walker) unopened(file File, what string, err error) error {
	if errors.Is(err, errOwn) {
		return w.ignore(file)
	}
	return w.refuse(file, unreadable(what, err))
}

// ignore visits a file that is litter or the load's own, unread.
func (w *walker) ignore(file File) error {
	file.Ignored, file.name, file.shared = true, "", w.shared
	return w.visit(file)
}

// subfolder walks a folder in an open one.
func (w *walker) subfolder(in openFolder, entry, name string, s scope) error {
	if s.depth > w.Limits.Depth {
		return w.refuse(File{Path: UTF8Name(name), Attribution: s.attribution}, w.Limits.tooDeep())
	}
	opened, err := in.openFolder(entry)
	return w.folder(opened, err, name, s)
}

// folder walks a folder on disk that was opened, and closes it.
func (w *walker) folder(in openFolder, err error, name string, s scope) error {
	var entries []dirEntry
	var changed int64
	if err == nil {
		defer in.Close()
		entries, changed, err = w.list(in, name)
	} else {
		w.reportFolder(name, 0)
	}
	if err != nil {
		if err := w.refuse(File{Path: UTF8Name(name), Attribution: s.attribution}, unreadable("the folder", err)); err != nil {
			return err
		}
	}
	s.changed, s.files = changed, len(entries)
	i, found := slices.BinarySearchFunc(entries, ManifestName, func(e dirEntry, name string) int {
		return strings.Compare(e.name, name)
	})
	if found && !s.isLitter && !entries[i].mode.IsDir() {
		if s, err = w.manifest(in, name, entries[i], s); err != nil {
			return err
		}
		entries = slices.Delete(entries, i, i+1)
	}
	return w.entries(in, name, entries, s)
}

func (w *walker) entry(in openFolder, name string, entry dirEntry, s scope) error {
	if err := w.ctx.Err(); err != nil {
		return err
	}
	if entry.mode.IsDir() {
		return w.subfolder(in, entry.name, name, s.enter(UTF8Name(entry.name)))
	}
	return w.file(w.newFile(name, s), in, entry, s)
}

// newFile is a file of a folder before it is examined.
func (w *walker) newFile(name string, s scope) File {
	return File{
		Path: UTF8Name(name), Attribution: s.of(UTF8Name(path.Base(name))), name: name[w.prefix:], shared: w.shared,
		FolderChangedAt: s.changed, FolderFiles: s.files,
	}
}

// file visits a file of a folder, or its content if it is compressed or an archive.
// It is opened once: a small file is read here, a large one by Read unless it is a
// container.
func (w *walker) file(file File, in openFolder, entry dirEntry, s scope) error {
	if s.isLitter || isLitterFile(path.Base(file.Path)) {
		if err := file.setStatus(in.statusOf(entry.name)); err != nil {
			return w.refuse(file, unreadable("the file", err))
		}
		return w.ignore(file)
	}
	if issue := w.checkFile(file, entry.mode); issue != nil {
		return w.refuse(file, issue)
	}
	examined := false
	if w.Unchanged != nil {
		if unchanged := w.Unchanged(file.Path); unchanged != nil {
			if err := file.setStatus(in.statusOf(entry.name)); err != nil {
				return w.refuse(file, unreadable("the file", err))
			}
			if unchanged(file) {
				return w.visit(file)
			}
			examined = true
		}
	}
	opened, status, err := in.open(entry.name)
	if err != nil {
		return w.unopened(file, "the file", err)
	}
	defer opened.Close()
	if !examined {
		file.setSize(status)
	}
	head, issue := file.readHead(opened)
	switch {
	case issue != nil:
		return w.refuse(file, issue)
	case kindOf(head) == plain:
		return w.visit(file)
	}
	w.used = usage{stored: file.Size}
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
func (w *walker) manifest(in openFolder, folder string, entry dirEntry, s scope) (scope, error) {
	file := w.newFile(join(folder, entry.name), s)
	if issue := w.checkFile(file, entry.mode); issue != nil {
		return s, w.refuse(file, issue)
	}
	opened, status, err := in.open(entry.name)
	if err != nil {
		return s, w.unopened(file, "the manifest", err)
	}
	defer opened.Close()
	file.setSize(status)
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
