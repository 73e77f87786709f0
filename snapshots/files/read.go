package files

import (
	"context"
	"iamcensus/snapshots"
	"io"
	"slices"
)

// unknownSize is the size of a stream that was not read yet.
const unknownSize = -1

// readExactly reads a file of one byte less than the buffer, usually in one system
// call. The last byte shows that the file grew.
func readExactly(opened io.Reader, buffer []byte) ([]byte, *snapshots.Issue) {
	size := len(buffer) - 1
	n, err := io.ReadAtLeast(opened, buffer, size)
	if err != nil {
		return nil, readFailed(err)
	}
	if n > size {
		return nil, readFailed(io.ErrUnexpectedEOF)
	}
	return buffer[:n:n], nil
}

// readFirst reads the beginning of a stream; whole says that there is no more.
func readFirst(from io.Reader, size int64) (head []byte, whole bool, issue *snapshots.Issue) {
	limit := int64(smallFileBytes)
	if size != unknownSize {
		limit = min(limit, size)
	}
	head = make([]byte, limit+1)
	n, err := readFull(from, head)
	if err == nil && int64(n) < min(limit, size) {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, false, damaged("the file", err)
	}
	return head[:n:n], int64(n) <= limit, nil
}

// readAll reads a stream of at most limit bytes; over is the issue of a longer one.
// A stream of size bytes is read without a larger buffer; unknownSize or a wrong one
// costs only memory.
func readAll(from io.Reader, size, limit int64, over *snapshots.Issue) ([]byte, *snapshots.Issue) {
	buffer := make([]byte, 0, min(max(size, minBuffer), limit, smallFileBytes)+1) // the last byte shows the end
	for {
		n, err := from.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		switch {
		case int64(len(buffer)) > limit:
			return nil, over
		case err == io.EOF:
			return buffer, nil
		case err != nil:
			return nil, damaged("the file", err)
		case len(buffer) == cap(buffer):
			buffer = slices.Grow(buffer, int(min(growth(int64(len(buffer)), size), limit+1-int64(len(buffer)))))
		}
	}
}

// growth is by how much the buffer of n bytes grows. A size that may be invented costs no
// more than four times the bytes that are there.
func growth(n, size int64) int64 {
	if size > n {
		return min(size+1-n, 3*n)
	}
	return n/4 + minBuffer
}

// minBuffer is the smallest buffer of readAll.
const minBuffer = 512

// contextReader ends a stream with an error when ctx is done. It reads at most a MiB
// at once, so that this is soon.
type contextReader struct {
	ctx  context.Context
	from io.Reader
}

func (r contextReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p[:min(len(p), 1<<20)])
}

// readFull reads until p is full or the stream ends, which is no error.
func readFull(from io.Reader, p []byte) (n int, err error) {
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
