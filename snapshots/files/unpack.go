package files

import (
	"encoding/binary"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindowBytes is the memory that a zstd file may demand: enough for all levels
// up to 20, and four times what RFC 8878 demands of every decoder.
const maxWindowBytes = 32 << 20

var (
	gzipReaders = sync.Pool{New: func() any { return new(gzip.Reader) }}
	zstdReaders = sync.Pool{New: func() any {
		// One goroutine, and no decoding of small files at once, which would evade the
		// limits. The only possible error is one of the options.
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeBuffersBelow(0),
			zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindowBytes))
		if err != nil {
			panic(err)
		}
		return d
	}}
)

// unpackReader returns its decoder to the pool when it is closed.
type unpackReader struct {
	io.Reader
	release func()
}

func (u unpackReader) Close() error {
	u.release()
	return nil
}

// opened is u, or the error that opening it gave.
func (u unpackReader) opened(err error) (io.ReadCloser, error) {
	if err != nil {
		u.release()
		return nil, err
	}
	return u, nil
}

// unpack gives the content of a gzip or zstd stream, without limits.
func unpack(compression kind, from io.Reader) (io.ReadCloser, error) {
	if compression == gzipped {
		z := gzipReaders.Get().(*gzip.Reader)
		return unpackReader{z, func() { gzipReaders.Put(z) }}.opened(z.Reset(from))
	}
	z := zstdReaders.Get().(*zstd.Decoder)
	return unpackReader{z, func() {
		_ = z.Reset(nil) // drops the reference to from
		zstdReaders.Put(z)
	}}.opened(z.Reset(from))
}

// unpack gives the content of a gzip or zstd stream within the limits.
func (w *walker) unpack(compression kind, content *io.SectionReader) (io.ReadCloser, error) {
	compressed := &countingReader{from: contextReader{w.ctx, section(content, content.Size())}}
	from, err := unpack(compression, compressed)
	if err != nil {
		return nil, err
	}
	return w.limited(from, &compressed.n), nil
}

// countingReader counts the bytes that are read.
type countingReader struct {
	from io.Reader
	n    int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}

// countingReaderAt counts the bytes that are read, at any offset.
type countingReaderAt struct {
	io.ReaderAt
	n *int64
}

func (c *countingReaderAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	*c.n += int64(n)
	return n, err
}

// limitedReader ends a stream with an error when it exceeds a limit, or when ctx
// is done.
type limitedReader struct {
	io.ReadCloser
	w          *walker
	compressed *int64 // bytes that were unpacked so far; nil = the stream is stored uncompressed
	n          int64  // bytes read so far
}

func (w *walker) limited(from io.ReadCloser, compressed *int64) io.ReadCloser {
	return &limitedReader{ReadCloser: from, w: w, compressed: compressed}
}

func (r *limitedReader) Read(p []byte) (int, error) {
	if err := r.w.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.ReadCloser.Read(p)
	r.n += int64(n)
	r.w.used.unpacked += int64(n)
	issue := r.w.exceeded()
	if issue == nil && r.compressed != nil && r.n > r.w.Limits.maxUnpacked(*r.compressed)+unpackedAhead {
		issue = r.w.Limits.ratioTooHigh()
	}
	if issue != nil {
		return 0, &limitError{issue}
	}
	return n, err
}

// unpackedAhead is how many bytes a stream may be ahead of its ratio: one that expands
// less as a whole may begin with a block of zeros.
const unpackedAhead = 1 << 20

// sizeHint is the size to which a compressed file unpacks, as it states: the last
// bytes of gzip have it, modulo 4 GiB. unknownSize if nothing does.
func sizeHint(compression kind, last []byte) int64 {
	if compression != gzipped || len(last) < 4 {
		return unknownSize
	}
	return int64(binary.LittleEndian.Uint32(last[len(last)-4:]))
}
