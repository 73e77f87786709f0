package files

import (
	"bytes"
	"iamcensus/snapshots"
	"io"
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

	name   string  // on disk; "" = it cannot be opened
	data   []byte  // content, if the walk has read it; else nil
	buffer *buffer // memory of data, if it is pooled
	limits *Limits
}

// Read gives the bytes of the file as stored: compressed, if it is. Those of a
// member are extracted from its archive.
func (f File) Read() ([]byte, *snapshots.Issue) {
	switch {
	case f.Size > f.limits.FileBytes:
		return nil, f.limits.fileTooLarge()
	case f.data != nil:
		return f.data, nil
	case f.name == "":
		return nil, &snapshots.Issue{Kind: "unreadable", Reason: "the file was not opened", Remedy: "see the other issues of this file"}
	}
	opened, err := open(f.name)
	if err != nil {
		return nil, unreadable("the file", err)
	}
	defer opened.Close()
	return readExactly(opened, make([]byte, f.Size+1))
}

// Unpack gives the content of data that may be compressed with gzip or zstd.
func (f File) Unpack(data []byte) ([]byte, *snapshots.Issue) {
	compression := kindOf(data)
	if !compression.isCompressed() {
		return data, f.limits.jsonTooDeep(data)
	}
	from, err := unpack(compression, bytes.NewReader(data))
	if err != nil {
		return nil, damaged("the file", err)
	}
	defer from.Close()
	limit, over := f.limits.FileBytes, f.limits.fileTooLarge()
	if bound := f.limits.maxUnpacked(int64(len(data))); bound < limit {
		limit, over = bound, f.limits.ratioTooHigh()
	}
	data, issue := readAll(from, limit, over)
	if issue == nil {
		issue = f.limits.jsonTooDeep(data)
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
