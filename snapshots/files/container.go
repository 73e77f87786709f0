package files

import (
	"bytes"
	"context"
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
	outer, inner := w.kindsOf(content)
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
	case file.Member:
		return w.compressedMember(file, outer, content)
	}
	file.expansion = min(w.Limits.maxUnpacked(file.Size), w.Limits.FileBytes)
	return w.visit(file)
}

// compressedMember visits a compressed file in an archive or from stdin. It is unpacked
// here, so that its bytes count for the archive.
func (w *walker) compressedMember(file File, compression kind, content *io.SectionReader) error {
	if file.isLarge = content.Size() > largeBytes; !file.isLarge {
		before := w.used
		issue := w.unpackMember(&file, compression, content, largeBytes)
		if issue == nil {
			return w.visit(file)
		}
		if issue.Kind != tooLargeToWait {
			return w.refuse(file, issue)
		}
		file.isLarge, w.used = true, before
	}
	if err := w.holdLarge(); err != nil {
		return err
	}
	if issue := w.unpackMember(&file, compression, content, w.Limits.FileBytes); issue != nil {
		return w.refuseLarge(file, issue)
	}
	return w.visitLarge(file)
}

// tooLargeToWait is the kind of the issue, which no caller sees, of data that are large.
const tooLargeToWait = "large"

// unpackMember reads and unpacks a compressed file that has at most limit bytes, packed
// and unpacked.
func (w *walker) unpackMember(file *File, compression kind, content *io.SectionReader, limit int64) (issue *snapshots.Issue) {
	over := w.Limits.fileTooLarge()
	if limit < w.Limits.FileBytes {
		over = &snapshots.Issue{Kind: tooLargeToWait}
	}
	limit = min(limit, w.Limits.FileBytes)
	if file.data == nil {
		if file.data, issue = readAll(section(content, content.Size()), content.Size(), limit, over); issue != nil {
			return issue
		}
	}
	from, err := w.unpack(compression, content)
	if err != nil {
		return damaged("the file", err)
	}
	defer from.Close()
	hint := min(sizeHint(compression, file.data), w.Limits.maxUnpacked(content.Size()))
	file.unpacked, issue = readAll(from, hint, limit, over)
	file.Size, file.expansion = int64(len(file.data)), int64(len(file.unpacked))
	return issue
}

// kindsOf gives the kind of a file, and of what it unpacks to. outer is plain for
// a file that is not compressed. An error in the compressed data is left to
// File.Unpack, which reports it.
func (w *walker) kindsOf(content *io.SectionReader) (outer, inner kind) {
	head := make([]byte, magicBytes)
	n, _ := content.ReadAt(head, 0)
	outer = kindOf(head[:n])
	if !outer.isCompressed() {
		return plain, outer
	}
	unpacked, err := unpack(outer, contextReader{w.ctx, section(content, content.Size())})
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
	from, stop := interruptible(w.ctx, from)
	defer stop()
	s := w.top("")
	w.used = usage{stored: unknownSize}
	return w.stream(File{Path: Stdin, Size: unknownSize, Attribution: s.attribution}, w.limited(io.NopCloser(from), nil), s)
}

// interruptible is a stream whose reading ends when ctx is done, even if it waits. The
// goroutine that waits for more ends with the process.
func interruptible(ctx context.Context, from io.Reader) (_ io.Reader, stop func() bool) {
	reader, writer := io.Pipe()
	go func() {
		_, err := io.Copy(writer, from)
		writer.CloseWithError(err)
	}()
	return reader, context.AfterFunc(ctx, func() { reader.CloseWithError(ctx.Err()) })
}

// stream visits a file that can be read only once: a member of an archive, or
// stdin. A large container is spooled first.
func (w *walker) stream(file File, from io.Reader, s scope) error {
	file.Member, file.shared = true, w.shared
	head, whole, issue := readFirst(from, file.Size)
	switch {
	case issue != nil:
		return w.refuse(file, issue)
	case kindOf(head) == plain && whole && int64(len(head)) <= w.Limits.FileBytes:
		file.data, file.Size = head, int64(len(head))
		return w.visit(file)
	case kindOf(head) == plain:
		return w.plainStream(file, head, from)
	case whole:
		file.data, file.Size = head, int64(len(head))
		w.wasStdin(file.Size)
		return w.container(file, section(bytes.NewReader(head), file.Size), s)
	}
	return w.spooled(file, io.MultiReader(bytes.NewReader(head), from), s)
}

// wasStdin sets the size of standard input once it was read.
func (w *walker) wasStdin(size int64) {
	if w.used.stored == unknownSize {
		w.used = usage{stored: size}
	}
}

// plainStream visits a stream of which head was read, neither compressed nor an archive.
func (w *walker) plainStream(file File, head []byte, from io.Reader) error {
	if max(file.Size, int64(len(head))) > w.Limits.FileBytes {
		return w.refuse(file, w.Limits.fileTooLarge())
	}
	if file.isLarge = file.Size == unknownSize || file.Size > largeBytes; file.isLarge {
		if err := w.holdLarge(); err != nil {
			return err
		}
	}
	data, issue := readAll(io.MultiReader(bytes.NewReader(head), from), file.Size, w.Limits.FileBytes, w.Limits.fileTooLarge())
	if issue == nil && int64(len(data)) < file.Size {
		issue = damaged("the file", io.ErrUnexpectedEOF)
	}
	if issue != nil {
		return w.refuseLarge(file, issue)
	}
	file.data, file.Size = data, int64(len(data))
	return w.visitLarge(file)
}

func section(from io.ReaderAt, size int64) *io.SectionReader {
	return io.NewSectionReader(from, 0, size)
}
