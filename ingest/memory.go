package ingest

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
)

// columnMemory holds the columns of record batches. It is C memory, because
// DuckDB reads it.
var columnMemory = &pool{fresh: mallocator.NewMallocator()}

// pool is an Arrow allocator that keeps freed memory, by size, for the next
// batch. Columns are allocated and freed by the megabyte in threads of Go and of
// DuckDB. Without the pool, malloc clears each one again and keeps tens of
// megabytes in its arenas.
type pool struct {
	fresh *mallocator.Mallocator
	lock  sync.Mutex
	free  [bits.UintSize][][]byte // of 1 << i bytes
}

func (p *pool) Allocate(size int) []byte {
	class := bits.Len(uint(max(size, 64) - 1))
	p.lock.Lock()
	defer p.lock.Unlock()
	if last := len(p.free[class]) - 1; last >= 0 {
		b := p.free[class][last]
		p.free[class] = p.free[class][:last]
		return b[:size]
	}
	return p.fresh.Allocate(1 << class)[:size]
}

func (p *pool) Free(b []byte) {
	if cap(b) == 0 {
		return
	}
	class := bits.Len(uint(cap(b) - 1))
	p.lock.Lock()
	defer p.lock.Unlock()
	p.free[class] = append(p.free[class], b[:cap(b)])
}

func (p *pool) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	larger := p.Allocate(size)
	copy(larger, b)
	p.Free(b)
	return larger
}

// release frees what is in the pool.
func (p *pool) release() {
	p.lock.Lock()
	defer p.lock.Unlock()
	for class, blocks := range p.free {
		for _, b := range blocks {
			p.fresh.Free(b)
		}
		p.free[class] = nil
	}
}
