package files

import (
	"errors"
	"iamcensus/snapshots"
	"io"
	"io/fs"
	"os"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// windowBytes is the memory that a zstd file may ask for: enough for all
// levels up to 20, and four times what RFC 8878 wants every decoder to have.
const windowBytes = 32 << 20

var (
	gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}
	zstdReaders = sync.Pool{New: func() any {
		// One goroutine, and no shortcut that unpacks a small file whole. The
		// error can only be of the options.
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeBuffersBelow(0),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(windowBytes))
		if err != nil {
			panic(err)
		}
		return d
	}}
)

// unpacking gives its decoder back when it is closed.
type unpacking struct {
	io.Reader
	release func()
}

func (u unpacking) Close() error {
	u.release()
	return nil
}

// unpack gives the content of a gzip or zstd stream, without bounds.
func unpack(packing kind, from io.Reader) (io.ReadCloser, error) {
	if packing == gzipped {
		z := gzipReaders.Get().(*gzip.Reader)
		err := z.Reset(from)
		return unpacking{z, func() { gzipReaders.Put(z) }}, err
	}
	z := zstdReaders.Get().(*zstd.Decoder)
	err := z.Reset(from)
	return unpacking{z, func() {
		_ = z.Reset(nil) // let go of from
		zstdReaders.Put(z)
	}}, err
}

// unpack gives the content of a gzip or zstd stream within the bounds.
func (w *walker) unpack(packing kind, content *io.SectionReader) (io.ReadCloser, error) {
	packed := &counter{from: section(content, content.Size())}
	from, err := unpack(packing, packed)
	return w.guard(from, &packed.n), err
}

// counter counts what is read.
type counter struct {
	from io.Reader
	n    int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}

// counterAt counts what is read, in whatever order.
type counterAt struct {
	io.ReaderAt
	n *int64
}

func (c *counterAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	*c.n += int64(n)
	return n, err
}

// guard ends a stream where it passes a bound of the archive it comes out of,
// or where ctx ends.
type guard struct {
	io.ReadCloser
	w      *walker
	packed *int64 // bytes that were unpacked so far; nil = this is not unpacked
	n      int64  // bytes out so far
}

func (w *walker) guard(from io.ReadCloser, packed *int64) io.ReadCloser {
	return &guard{ReadCloser: from, w: w, packed: packed}
}

func (g *guard) Read(p []byte) (int, error) {
	if err := g.w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.ReadCloser.Read(p)
	g.n += int64(n)
	g.w.unpacked += int64(n)
	switch limits := &g.w.Limits; {
	case g.w.unpacked > limits.ArchiveBytes:
		return 0, &breach{limits.archiveTooLarge()}
	case g.packed != nil && g.n > limits.mostFrom(*g.packed):
		return 0, &breach{limits.bomb()}
	}
	return n, err
}

// spool copies a stream into a file without a name, outside the data; closing
// it removes it.
func (w *walker) spool(from io.Reader) (*os.File, int64, *snapshots.Issue) {
	if w.nesting == 0 {
		w.unpacked = 0
	}
	file, err := os.CreateTemp("", "iamcensus-*")
	if err != nil {
		return nil, 0, noRoom(err)
	}
	_ = os.Remove(file.Name()) // it lives on until it is closed
	size, err := io.Copy(file, from)
	var pathErr *fs.PathError
	switch {
	case err == nil:
		return file, size, nil
	case errors.As(err, &pathErr) && pathErr.Path == file.Name():
		file.Close()
		return nil, 0, noRoom(err)
	}
	file.Close()
	return nil, 0, damaged("the file", err)
}

func noRoom(err error) *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "unreadable", Reason: "the file cannot be set aside in " + os.TempDir() + ": " + cause(err),
		Remedy: "set TMPDIR to a folder with room, or unpack the file",
	}
}
