package files

import (
	"bytes"
	"iamcensus/snapshots"
	"io"
)

// kind is the type of a file by its first bytes.
type kind uint8

const (
	plain     kind = iota // neither compressed nor an archive
	gzipped               // RFC 1952
	zstandard             // RFC 8878
	tarball               // POSIX ustar and pax, GNU
	zipped                // PKWARE's APPNOTE
)

// magicBytes is the number of bytes that kindOf needs: one block of a tar.
const magicBytes = 512

func kindOf(head []byte) kind {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return gzipped
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return zstandard
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped // PK\x05\x06 begins a zip without members
	case len(head) >= 262 && string(head[257:262]) == "ustar":
		return tarball
	}
	return plain
}

func (k kind) isCompressed() bool { return k == gzipped || k == zstandard }

// container visits the content of a file that is compressed, or an archive, or a
// compressed archive.
func (w *walker) container(file File, content *io.SectionReader, s scope) error {
	outer, inner := kindsOf(content)
	switch {
	case inner.isCompressed():
		return w.refuse(file, &snapshots.Issue{
			Kind: "nested", Reason: "the file is compressed twice",
			Remedy: "decompress it once",
		})
	case inner == zipped && outer.isCompressed(): // reading a zip begins at its end
		from, err := w.unpack(outer, content)
		defer from.Close()
		if err != nil {
			return w.refuse(file, damaged("the file", err))
		}
		return w.spooled(file, from, s)
	case inner != plain:
		return w.archive(file, outer, inner, content, s)
	case file.data == nil && file.name == "": // a spooled file: its readers cannot open it
		data, issue := readAll(content, w.Limits.FileBytes, w.Limits.fileTooLarge())
		if issue != nil {
			return w.refuse(file, issue)
		}
		file.data, file.Size = data, int64(len(data))
	}
	return w.visit(file)
}

// kindsOf gives the kind of a file, and of what it unpacks to. outer is plain for
// a file that is not compressed. An error in the compressed data is left to
// File.Unpack, which reports it.
func kindsOf(content *io.SectionReader) (outer, inner kind) {
	head := make([]byte, magicBytes)
	n, _ := content.ReadAt(head, 0)
	outer = kindOf(head[:n])
	if !outer.isCompressed() {
		return plain, outer
	}
	unpacked, err := unpack(outer, section(content, content.Size()))
	if err != nil {
		return outer, plain
	}
	defer unpacked.Close()
	n, _ = readFull(unpacked, head)
	return outer, kindOf(head[:n])
}

// stdin visits standard input, or its content.
func (w *walker) stdin() error {
	var from io.Reader = bytes.NewReader(nil)
	if w.Stdin != nil {
		from = w.Stdin
	}
	s := w.top("")
	return w.stream(File{Path: Stdin, Size: unknownSize, Attribution: s.attribution}, w.limited(io.NopCloser(from), nil), s)
}

// stream visits a file that can be read only once: a member of an archive, or
// stdin. A large container is spooled first.
func (w *walker) stream(file File, from io.Reader, s scope) error {
	file.Member, file.limits = true, &w.Limits
	head, whole, issue := readFirst(from, file.Size)
	switch {
	case issue != nil:
	case kindOf(head) == plain:
		file.data, issue = w.readRest(head, whole, from, file.Size)
	case whole:
		file.data, file.Size = head, int64(len(head))
		return w.container(file, section(bytes.NewReader(head), file.Size), s)
	default:
		return w.spooled(file, io.MultiReader(bytes.NewReader(head), from), s)
	}
	if issue != nil {
		return w.refuse(file, issue)
	}
	file.Size = int64(len(file.data))
	return w.visit(file)
}

// readRest gives the whole of a stream of which head was read.
func (w *walker) readRest(head []byte, whole bool, from io.Reader, size int64) ([]byte, *snapshots.Issue) {
	limit, over := w.Limits.FileBytes, w.Limits.fileTooLarge()
	switch {
	case max(size, int64(len(head))) > limit:
		return nil, over
	case whole:
		return head, nil
	}
	data, issue := readAll(io.MultiReader(bytes.NewReader(head), from), limit, over)
	if issue == nil && int64(len(data)) < size {
		issue = damaged("the file", io.ErrUnexpectedEOF)
	}
	return data, issue
}

func section(from io.ReaderAt, size int64) *io.SectionReader {
	return io.NewSectionReader(from, 0, size)
}
