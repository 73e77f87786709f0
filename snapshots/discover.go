package snapshots

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// Limits bound what a hostile input can cost.
type Limits struct {
	FileBytes int64 // of one file, unpacked
	Depth     int   // of folders below the one that was named
}

// DefaultLimits hold every credential report that AWS can write: 5,000 users
// are 1.2 MB.
var DefaultLimits = Limits{FileBytes: 256 << 20, Depth: 16}

// File is one file that Walk found, before anybody read it.
type File struct {
	Path       string // as named, with / between folders
	Size       int64
	ModifiedAt time.Time
	Hint       Hint
	Manifest   bool    // it is a manifest: Hint holds what it says, there is nothing else to read
	Issues     []Issue // why it cannot be read, or what is wrong with the manifest

	limits Limits
}

// Walk visits every file below root, or root itself, in sorted order; default
// says what no manifest and no folder does. A file or folder that cannot be
// read is visited with the Issue that says so. The error is visit's, or ctx's,
// or says that root does not exist.
func Walk(ctx context.Context, root string, fallback Hint, limits Limits, visit func(File) error) error {
	info, err := os.Stat(root)
	if err != nil {
		return fmt.Errorf("%w: name a folder or a file that exists", err)
	}
	w := walker{ctx: ctx, root: root, fallback: fallback, limits: limits, visit: visit}
	if !info.IsDir() {
		return w.file(root, filepath.Base(root), info, Hint{})
	}
	return w.folder(root, "", Hint{}, 0)
}

type walker struct {
	ctx      context.Context
	root     string
	fallback Hint
	limits   Limits
	visit    func(File) error
}

// folder goes through one folder; above is what the manifests over it say.
func (w *walker) folder(full, relative string, above Hint, depth int) error {
	if depth > w.limits.Depth {
		return w.refuse(full, "too_deep", fmt.Sprintf("the folder lies more than %d folders deep", w.limits.Depth),
			"name a folder further down, or raise --max-depth")
	}
	entries, err := os.ReadDir(full)
	if err != nil {
		return w.refuse(full, "unreadable", "the folder cannot be read: "+cause(err), "mend its permissions and load again")
	}
	for _, entry := range entries {
		if entry.Name() == ManifestName {
			if above, err = w.manifest(path.Join(full, ManifestName), path.Join(relative, ManifestName), entry, above); err != nil {
				return err
			}
		}
	}
	for _, entry := range entries {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		if entry.Name() == ManifestName {
			continue
		}
		if err := w.entry(path.Join(full, entry.Name()), path.Join(relative, entry.Name()), entry, above, depth); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(full, relative string, entry fs.DirEntry, above Hint, depth int) error {
	if entry.IsDir() {
		return w.folder(full, relative, above, depth+1)
	}
	info, err := entry.Info()
	if err != nil {
		return w.refuse(full, "unreadable", "the file cannot be read: "+cause(err), "load again")
	}
	return w.file(full, relative, info, above)
}

func (w *walker) file(full, relative string, info fs.FileInfo, above Hint) error {
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return w.refuse(full, "symlink", "the file is a symbolic link, and links are not followed",
			"put the file itself here; a target below the same folder is read where it lies")
	case !info.Mode().IsRegular():
		return w.refuse(full, "not_regular", "this is no regular file but a device, pipe or socket", "take it away")
	}
	file := w.found(full, info)
	file.Hint = above.under(w.pathHint(relative)).under(w.fallback)
	return w.visit(file)
}

func (w *walker) found(full string, info fs.FileInfo) File {
	return File{Path: filepath.ToSlash(full), Size: info.Size(), ModifiedAt: info.ModTime().UTC(), limits: w.limits}
}

// pathHint takes organization and account from the folders below root. A date
// may also stand in root itself: loading 2021-01-24/ is loading that day.
func (w *walker) pathHint(relative string) Hint {
	hint := pathHint(relative)
	if !hint.CapturedAt.Known() {
		above := pathHint(filepath.ToSlash(w.root) + "/" + path.Base(relative))
		hint.CapturedAt, hint.CapturedAtSource = above.CapturedAt, above.CapturedAtSource
	}
	return hint
}

// manifest visits the manifest of a folder, and gives what holds below it.
func (w *walker) manifest(full, relative string, entry fs.DirEntry, above Hint) (Hint, error) {
	info, err := entry.Info()
	if err != nil || !info.Mode().IsRegular() {
		return above, w.refuse(full, "unreadable", "the manifest is no readable file", "put a regular file there")
	}
	file := w.found(full, info)
	data, err := file.Read()
	if err != nil {
		return above, w.refuse(full, "unreadable", "the manifest cannot be read: "+cause(err), "mend it and load again")
	}
	said, issues := readManifest(data)
	below := said.under(above)

	file.Manifest, file.Issues = true, issues
	file.Hint = below.under(w.pathHint(relative)).under(w.fallback)
	file.Hint.AccountsExpected = said.AccountsExpected
	return below, w.visit(file)
}

func (w *walker) refuse(full, kind, reason, remedy string) error {
	return w.visit(File{
		Path: filepath.ToSlash(full), Hint: w.fallback,
		Issues: []Issue{{Kind: kind, Reason: reason, Remedy: remedy}},
	})
}

// cause is what went wrong, without the path, which stands beside it anyway.
func cause(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return err.Error()
}

// Read gives the bytes of the file as they lie there, and an error that says
// what is wrong without the path.
func (f File) Read() ([]byte, error) {
	if f.Size > f.limits.FileBytes {
		return nil, fmt.Errorf("the file has %d bytes, more than the %d allowed (--max-file-size)", f.Size, f.limits.FileBytes)
	}
	file, err := os.OpenFile(f.Path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, errors.New(cause(err))
	}
	defer file.Close()
	data := make([]byte, f.Size+1)
	n, err := io.ReadFull(file, data)
	switch {
	case err == nil || int64(n) != f.Size:
		return nil, errors.New("the file changed while it was read")
	case !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF):
		return nil, errors.New(cause(err))
	}
	return data[:n], nil
}

// Unpack gives the content of a file that may be gzip.
func (f File) Unpack(data []byte) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, nil
	}
	packed, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the file is no gzip although it begins like one: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(packed, f.limits.FileBytes+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("the gzip file is damaged: %w", err)
	case int64(len(plain)) > f.limits.FileBytes:
		return nil, fmt.Errorf("the file unpacks to more than the %d bytes allowed (--max-file-size)", f.limits.FileBytes)
	}
	return plain, nil
}

// Unrecognized is the issue of a file that no format matches.
func Unrecognized(data []byte) Issue {
	if len(data) == 0 {
		return Issue{Kind: "empty_file", Reason: "the file is empty", Remedy: "get it again, or take it away"}
	}
	return Issue{
		Kind:   "unrecognized",
		Reason: "nobody knows what this file is; it begins with " + quote(firstLine(data)),
		Remedy: "known are: " + names(),
	}
}

func firstLine(data []byte) string {
	line, _, _ := bytes.Cut(data[:min(len(data), 200)], []byte("\n"))
	return strings.ToValidUTF8(string(line), "?")
}
