package files

import (
	"slices"
	"sync"

	"iamcensus/snapshots"
)

// Walking ahead: while one chunk of a folder's entries is visited, other goroutines
// walk the next chunks, up to Options.Jobs at a time. This uses further processors
// for the system calls of the walk, which a single goroutine makes one by one. The
// order of the visits does not change. Measured together with the other fast paths
// only (see disk_linux.go).

// chunkEntries is the number of entries in a chunk.
const chunkEntries = 16

// batchesAhead is the number of batches that a chunk may hold until its turn.
const batchesAhead = 4

// workers bounds the goroutines that walk ahead.
type workers struct {
	sync.WaitGroup
	slots chan struct{} // one element per running goroutine
}

func newWorkers(jobs int) *workers { return &workers{slots: make(chan struct{}, jobs)} }

// acquire is false if all workers are busy.
func (w *workers) acquire() bool {
	select {
	case w.slots <- struct{}{}:
		return true
	default:
		return false
	}
}

func (w *workers) release() { <-w.slots }

// entries visits the entries of an open folder in order. Before each chunk it starts as
// many of the following ones as there are free workers. When it returns, none of them
// is running.
func (w *walker) entries(in openFolder, folder string, entries []dirEntry, s scope) (err error) {
	chunks := slices.Collect(slices.Chunk(entries, chunkEntries))
	started := make([]*chunkAhead, len(chunks))
	next := 0
	defer func() {
		if err != nil {
			w.cancel()
			wait(started[:next])
		}
	}()
	for i, chunk := range chunks {
		for next = max(next, i+1); next < len(chunks) && w.workers.acquire(); next++ {
			started[next] = w.startAhead(in, folder, chunks[next], s)
		}
		if started[i] == nil {
			if err := w.chunk(in, folder, chunk, s); err != nil {
				return err
			}
			continue
		}
		close(started[i].turn)
		for batch := range started[i].batches {
			if err := w.out.addBatch(batch); err != nil {
				return err
			}
		}
		if err := started[i].err; err != nil {
			return err
		}
	}
	return nil
}

// wait waits for the end of chunks, whose walker has been canceled.
func wait(started []*chunkAhead) {
	for _, c := range started {
		if c != nil {
			for range c.batches { // until it is closed
			}
		}
	}
}

func (w *walker) chunk(in openFolder, folder string, entries []dirEntry, s scope) error {
	for _, entry := range entries {
		if err := w.entry(in, join(folder, entry.name), entry, s); err != nil {
			return err
		}
	}
	return nil
}

// chunkAhead is a chunk that a worker walks.
type chunkAhead struct {
	batches chan Batch
	err     error         // to be read after batches is closed
	turn    chan struct{} // closed when the batches are taken
	above   *chunkAhead   // in which the folder of this chunk is; nil = none
}

// startAhead walks a chunk in an acquired worker.
func (w *walker) startAhead(in openFolder, folder string, entries []dirEntry, s scope) *chunkAhead {
	c := &chunkAhead{batches: make(chan Batch, batchesAhead), turn: make(chan struct{}), above: w.ahead}
	worker := *w
	worker.ahead = c
	worker.out = &batcher{emit: func(batch Batch) error {
		select {
		case c.batches <- batch:
			return nil
		case <-w.ctx.Done():
			return w.ctx.Err()
		}
	}}
	w.workers.Go(func() {
		defer w.workers.release()
		defer close(c.batches)
		c.err = snapshots.Guarded(func() error {
			if err := worker.chunk(in, folder, entries, s); err != nil {
				return err
			}
			return worker.out.flush()
		})()
	})
	return c
}
