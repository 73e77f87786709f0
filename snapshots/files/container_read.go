package files

import (
	"bytes"
	"errors"
	"iamcensus/snapshots"
	"io"
	"sync"
)

// heldBytes is the size up to which the walk reads a file of a folder itself,
// with the read that shows what it is: a report of some 280 users.
const heldBytes = 64 << 10

// unknownSize is the Size of a stream before it was read.
const unknownSize = -1

// Read gives the bytes of the file as they lie there: of a member, as they
// lie in its archive, unpacked from that and no further.
func (f File) Read() ([]byte, *snapshots.Issue) {
	switch {
	case f.Size > f.limits.FileBytes:
		return nil, f.limits.fileTooLarge()
	case f.data != nil:
		return f.data, nil
	case f.name == "":
		return nil, &snapshots.Issue{Kind: "unreadable", Reason: "there is nothing to read", Remedy: "see why the walk refused it"}
	}
	opened, err := open(f.name)
	if err != nil {
		return nil, unreadable("the file", err)
	}
	defer opened.Close()
	return readExactly(opened, make([]byte, f.Size+1))
}

// Unpack gives the content of a file that may be packed with gzip or zstd.
func (f File) Unpack(data []byte) ([]byte, *snapshots.Issue) {
	packing := kindOf(data)
	if !packing.packs() {
		return data, f.limits.jsonTooDeep(data)
	}
	from, err := unpack(packing, bytes.NewReader(data))
	defer from.Close()
	if err != nil {
		return nil, damaged("the file", err)
	}
	most, over := f.limits.FileBytes, f.limits.fileTooLarge()
	if bound := f.limits.mostFrom(int64(len(data))); bound < most {
		most, over = bound, f.limits.bomb()
	}
	data, issue := readAll(from, most, over)
	if issue == nil {
		issue = f.limits.jsonTooDeep(data)
	}
	return data, issue
}

// hold gives the first bytes of a file just opened, and keeps all of a small
// one.
func (f *File) hold(opened disk) (head []byte, issue *snapshots.Issue) {
	if f.Size <= heldBytes {
		f.held = borrow(f.Size + 1)
		f.data, issue = readExactly(opened, f.held.bytes[:f.Size+1])
		return f.data, issue
	}
	head = make([]byte, magicBytes)
	if _, err := io.ReadFull(opened, head); err != nil {
		return nil, misread(err)
	}
	return head, nil
}

// Release gives back the memory that File.Read read a small file into: nobody
// may use what Read gave, or a text that shares its memory, any more.
func (f File) Release() {
	if f.held != nil {
		lent[len(f.held.bytes)/heldStep-1].Put(f.held)
	}
}

// held is memory for a small file. There are many, and they come and go.
type held struct{ bytes []byte }

// heldStep is by how much the memory of small files differs in size.
const heldStep = 1 << 10

var lent [heldBytes/heldStep + 1]sync.Pool // by size

// borrow gives memory for at least size bytes.
func borrow(size int64) *held {
	class := (size - 1) / heldStep
	if h, ok := lent[class].Get().(*held); ok {
		return h
	}
	return &held{make([]byte, (class+1)*heldStep)}
}

// readExactly reads a file that should have one byte less than there is room,
// mostly in one read.
func readExactly(opened disk, room []byte) ([]byte, *snapshots.Issue) {
	size := len(room) - 1
	n, err := io.ReadAtLeast(opened, room, size)
	if err != nil {
		return nil, misread(err)
	}
	if n > size {
		return nil, misread(io.ErrUnexpectedEOF)
	}
	return room[:n:n], nil
}

func misread(err error) *snapshots.Issue {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return &snapshots.Issue{Kind: "changed", Reason: "the file changed while it was read", Remedy: "load again when nobody writes it"}
	}
	return unreadable("the file", err)
}

// firstBytes reads the beginning of a stream; whole says that this is all.
func firstBytes(from io.Reader, size int64) (head []byte, whole bool, issue *snapshots.Issue) {
	most := int64(heldBytes)
	if size != unknownSize {
		most = min(most, size)
	}
	head = make([]byte, most+1)
	n, err := fill(from, head)
	if err == nil && int64(n) < min(most, size) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, false, damaged("the file", err)
	}
	return head[:n:n], int64(n) <= most, nil
}

// readAll reads a stream of at most most bytes, or says over.
func readAll(from io.Reader, most int64, over *snapshots.Issue) ([]byte, *snapshots.Issue) {
	var buffer bytes.Buffer
	n, err := buffer.ReadFrom(io.LimitReader(from, most+1))
	switch {
	case err != nil:
		return nil, damaged("the file", err)
	case n > most:
		return nil, over
	}
	return buffer.Bytes(), nil
}

// fill reads until p is full or the stream ends.
func fill(from io.Reader, p []byte) (n int, err error) {
	for n < len(p) && err == nil {
		var more int
		more, err = from.Read(p[n:])
		n += more
	}
	if err == io.EOF {
		err = nil
	}
	return n, err
}
