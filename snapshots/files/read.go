package files

import (
	"bytes"
	"iamcensus/snapshots"
	"io"
)

// unknownSize is the size of a stream that was not read yet.
const unknownSize = -1

// readExactly reads a file of one byte less than the buffer, usually in one system
// call. The last byte shows that the file grew.
func readExactly(opened disk, buffer []byte) ([]byte, *snapshots.Issue) {
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
func readAll(from io.Reader, limit int64, over *snapshots.Issue) ([]byte, *snapshots.Issue) {
	var buffer bytes.Buffer
	n, err := buffer.ReadFrom(io.LimitReader(from, limit+1))
	switch {
	case err != nil:
		return nil, damaged("the file", err)
	case n > limit:
		return nil, over
	}
	return buffer.Bytes(), nil
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
