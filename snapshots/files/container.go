package files

import (
	"bytes"
	"iamcensus/snapshots"
	"io"
)

// kind is what a file is by its first bytes.
type kind uint8

const (
	plain     kind = iota // no container
	gzipped               // RFC 1952
	zstandard             // RFC 8878
	tarball               // POSIX ustar and pax, GNU
	zipped                // PKWARE's APPNOTE
)

// magicBytes is as far as kindOf looks: one block of a tar.
const magicBytes = 512

func kindOf(head []byte) kind {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return gzipped
	case bytes.HasPrefix(head, []byte("\x28\xb5\x2f\xfd")):
		return zstandard
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped // the second has no members
	case len(head) >= 262 && string(head[257:262]) == "ustar":
		return tarball
	}
	return plain
}

func (k kind) packs() bool { return k == gzipped || k == zstandard }

// container visits what is in a file that is packed, or an archive, or both.
func (w *walker) container(file File, content *io.SectionReader, p place) error {
	outer, inner := inspect(content)
	switch {
	case inner.packs():
		return w.refuse(file, &snapshots.Issue{
			Kind: "nested", Reason: "the file is packed twice",
			Remedy: "unpack it once: gzip or zstd is taken off one time",
		})
	case inner == zipped && outer.packs(): // a zip is read from its end
		from, err := w.unpack(outer, content)
		defer from.Close()
		if err != nil {
			return w.refuse(file, damaged("the file", err))
		}
		return w.aside(file, from, p)
	case inner != plain:
		return w.archive(file, outer, inner, content, p)
	case file.data == nil && file.name == "": // packed, large, and set aside: it is no archive
		data, issue := readAll(content, w.Limits.FileBytes, w.Limits.fileTooLarge())
		if issue != nil {
			return w.refuse(file, issue)
		}
		file.data, file.Size = data, int64(len(data))
	}
	return w.visit(file)
}

// inspect looks at the first bytes, and at the first that they unpack to.
// What does not unpack is left to File.Unpack, which says why.
func inspect(content *io.SectionReader) (outer, inner kind) {
	head := make([]byte, magicBytes)
	n, _ := content.ReadAt(head, 0)
	outer = kindOf(head[:n])
	if !outer.packs() {
		return plain, outer
	}
	unpacked, err := unpack(outer, section(content, content.Size()))
	if err != nil {
		return outer, plain
	}
	defer unpacked.Close()
	n, _ = fill(unpacked, head)
	return outer, kindOf(head[:n])
}

// stdin visits standard input, or what is in it.
func (w *walker) stdin() error {
	var from io.Reader = bytes.NewReader(nil)
	if w.Stdin != nil {
		from = w.Stdin
	}
	p := place{otherwise: w.Fallback}.settled()
	return w.stream(File{Path: Stdin, Size: unknownSize, Attribution: p.hint}, w.guard(io.NopCloser(from), nil), p)
}

// stream visits a file that can be read only once, from its beginning: a
// member of an archive, or stdin. A container is set aside, to be opened.
func (w *walker) stream(file File, from io.Reader, p place) error {
	file.Member, file.limits = true, &w.Limits
	head, whole, issue := firstBytes(from, file.Size)
	switch {
	case issue != nil:
	case kindOf(head) == plain:
		file.data, issue = w.rest(head, whole, from, file.Size)
	case whole:
		file.data, file.Size = head, int64(len(head))
		return w.container(file, section(bytes.NewReader(head), file.Size), p)
	default:
		return w.aside(file, io.MultiReader(bytes.NewReader(head), from), p)
	}
	if issue != nil {
		return w.refuse(file, issue)
	}
	file.Size = int64(len(file.data))
	return w.visit(file)
}

// rest gives a file as a whole, of which head is read.
func (w *walker) rest(head []byte, whole bool, from io.Reader, size int64) ([]byte, *snapshots.Issue) {
	most, over := w.Limits.FileBytes, w.Limits.fileTooLarge()
	switch {
	case max(size, int64(len(head))) > most:
		return nil, over
	case whole:
		return head, nil
	}
	data, issue := readAll(io.MultiReader(bytes.NewReader(head), from), most, over)
	if issue == nil && int64(len(data)) < size {
		issue = damaged("the file", io.ErrUnexpectedEOF)
	}
	return data, issue
}

// aside sets a container aside, outside the data, and visits what is in it.
func (w *walker) aside(file File, from io.Reader, p place) error {
	spooled, size, issue := w.spool(from)
	if issue != nil {
		return w.refuse(file, issue)
	}
	defer spooled.Close()
	file.Size = size
	return w.container(file, section(spooled, size), p)
}

func section(from io.ReaderAt, size int64) *io.SectionReader {
	return io.NewSectionReader(from, 0, size)
}
