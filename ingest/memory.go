package ingest

import (
	"math/bits"
	"sync"

	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
)

// memory holds the batches. It is C's, since C reads them.
var memory = &recycler{fresh: mallocator.NewMallocator()}

// recycler keeps what is given back, by size: columns come and go by the
// megabyte, in threads of Go's and of DuckDB's, and malloc would hold tens of
// megabytes of that for nobody, and clear each anew.
type recycler struct {
	fresh *mallocator.Mallocator
	lock  sync.Mutex
	spare [bits.UintSize][][]byte // of 1 << i bytes
}

func (r *recycler) Allocate(size int) []byte {
	class := bits.Len(uint(max(size, 64) - 1))
	r.lock.Lock()
	defer r.lock.Unlock()
	if last := len(r.spare[class]) - 1; last >= 0 {
		b := r.spare[class][last]
		r.spare[class] = r.spare[class][:last]
		return b[:size]
	}
	return r.fresh.Allocate(1 << class)[:size]
}

func (r *recycler) Free(b []byte) {
	if cap(b) == 0 {
		return
	}
	class := bits.Len(uint(cap(b) - 1))
	r.lock.Lock()
	defer r.lock.Unlock()
	r.spare[class] = append(r.spare[class], b[:cap(b)])
}

func (r *recycler) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	larger := r.Allocate(size)
	copy(larger, b)
	r.Free(b)
	return larger
}

// release gives all that is spare back to C.
func (r *recycler) release() {
	r.lock.Lock()
	defer r.lock.Unlock()
	for class, all := range r.spare {
		for _, b := range all {
			r.fresh.Free(b)
		}
		r.spare[class] = nil
	}
}
