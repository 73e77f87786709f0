package files

import "sync"

// Pooled buffers for small files. A walk reads hundreds of thousands of them, and
// without the pool each is garbage as soon as its rows are written. Measured
// together with the other fast paths only (see disk_linux.go).

// smallFileBytes is the size up to which the walk reads a file of a folder as a
// whole when it examines it: a report of some 280 users.
const smallFileBytes = 64 << 10

// buffer is memory for a small file.
type buffer struct{ bytes []byte }

// bufferStep is the difference in size between a pool and the next.
const bufferStep = 1 << 10

var bufferPools [smallFileBytes/bufferStep + 1]sync.Pool // of n+1 steps

// newBuffer gives a buffer of at least size bytes.
func newBuffer(size int64) *buffer {
	class := (size - 1) / bufferStep
	if b, ok := bufferPools[class].Get().(*buffer); ok {
		return b
	}
	return &buffer{make([]byte, (class+1)*bufferStep)}
}

// Release returns the memory of a small file to its pool. After it, neither the
// result of Read nor a text that shares its memory may be used.
func (f File) Release() {
	if f.buffer != nil {
		bufferPools[len(f.buffer.bytes)/bufferStep-1].Put(f.buffer)
	}
}
