package files

import (
	"bytes"
	"context"
	"iamcensus/snapshots"
	"io"
	"strings"
	"time"
)

// File is one file that Walk found.
type File struct {
	// Path is the name below the root as it was named, with / between folders. In
	// archives, the archive's own path and "!/" precede it:
	// a.zip!/2021-01-24/org-a/report.csv. It is valid UTF-8: other bytes of the name
	// are written as \xff.
	Path        string
	Size        int64
	ModifiedAt  time.Time // zero = unknown
	Attribution Attribution
	Ignored     bool  // litter, by its name: there is nothing to read
	Manifest    bool  // a manifest: Attribution holds its content, there is nothing else to read
	Archive     bool  // an archive, visited after its members: there is nothing else to read
	Member      bool  // a member of an archive, or stdin: equal Size and ModifiedAt do not prove it unchanged
	Offset      int64 // of a member: bytes of the outermost archive that were read before it
	// FolderChangedAt is the change time, in nanoseconds since 1970, of a folder with
	// nothing but files, this one among them; 0 = the folder must be listed again.
	FolderChangedAt int64
	FolderFiles     int               // number of files in that folder
	Issues          []snapshots.Issue // why it cannot be read, or what is wrong with the manifest or archive

	name      string  // on disk, below the root; "" = it cannot be opened
	data      []byte  // content, if the walk has read it; else nil
	unpacked  []byte  // what data unpacks to, if the walk has unpacked it; else nil
	expansion int64   // bytes that the file may have unpacked, beside Size; 0 = it is not compressed
	isLarge   bool    // data or unpacked are the walk's large ones
	buffer    *buffer // memory of data, if it is pooled
	shared    *shared
}

// shared is what all files of a walk share. Reading them ends when ctx is done.
type shared struct {
	ctx    context.Context
	limits *Limits
	root   string // a folder; names of files are below it
	own    *ownFiles
}

// memory is what reading and unpacking the file may need, in bytes.
func (f *File) memory() int64 {
	if f.name == "" && f.data == nil {
		return 0
	}
	return min(max(f.Size, 0), f.shared.limits.FileBytes) + f.expansion
}

// Read gives the bytes of the file as stored: compressed, if it is. Those of a
// member are extracted from its archive.
func (f File) Read() ([]byte, *snapshots.Issue) {
	switch {
	case f.Size > f.shared.limits.FileBytes:
		return nil, f.shared.limits.fileTooLarge()
	case f.data != nil:
		return f.data, nil
	case f.name == "":
		return nil, &snapshots.Issue{Kind: "unreadable", Reason: "the file was not opened", Remedy: "see the other issues of this file"}
	}
	opened, err := openBelow(f.shared.root, f.name, f.shared.own)
	if err != nil {
		return nil, unreadable("the file", err)
	}
	defer opened.Close()
	return readExactly(contextReader{f.shared.ctx, opened}, make([]byte, f.Size+1))
}

// openBelow opens a regular file by its name below a root. Like the walk, it follows
// no link below the root.
func openBelow(root, name string, own *ownFiles) (disk, error) {
	in, err := openRoot(root, own)
	if err != nil {
		return disk{}, err
	}
	defer func() { in.Close() }()
	for {
		folder, rest, ok := strings.Cut(name, "/")
		if !ok {
			file, _, err := in.open(name)
			return file, err
		}
		next, err := in.openFolder(folder)
		if err != nil {
			return disk{}, err
		}
		in.Close()
		in, name = next, rest
	}
}

// Unpack gives the content of data that may be compressed with gzip or zstd.
func (f File) Unpack(data []byte) ([]byte, *snapshots.Issue) {
	limits, compression := f.shared.limits, kindOf(data)
	switch {
	case !compression.isCompressed():
		return data, limits.jsonTooDeep(data)
	case f.unpacked != nil:
		return f.unpacked, limits.jsonTooDeep(f.unpacked)
	}
	from, err := unpack(compression, contextReader{f.shared.ctx, bytes.NewReader(data)})
	if err != nil {
		return nil, damaged("the file", err)
	}
	defer from.Close()
	limit, over := limits.FileBytes, limits.fileTooLarge()
	if bound := limits.maxUnpacked(int64(len(data))); bound < limit {
		limit, over = bound, limits.ratioTooHigh()
	}
	data, issue := readAll(contextReader{f.shared.ctx, from}, sizeHint(compression, data), limit, over)
	if issue == nil {
		issue = limits.jsonTooDeep(data)
	}
	return data, issue
}

// readHead reads the first bytes of a file just opened, and all of a small one.
func (f *File) readHead(opened disk) (head []byte, issue *snapshots.Issue) {
	if f.Size <= smallFileBytes {
		f.buffer = newBuffer(f.Size + 1)
		f.data, issue = readExactly(opened, f.buffer.bytes[:f.Size+1])
		return f.data, issue
	}
	head = make([]byte, magicBytes)
	if _, err := io.ReadFull(opened, head); err != nil {
		return nil, readFailed(err)
	}
	return head, nil
}
