package files

import (
	"slices"
	"sync"
)

// crew are the goroutines that walk ahead.
type crew struct {
	sync.WaitGroup
	spare chan struct{} // has a place for each that may run
}

// stretch is how many entries of a folder are walked ahead together.
const stretch = 16

// batchesAhead is how many batches of one stretch may wait for their turn.
const batchesAhead = 4

// entries goes through the entries of a folder. Stretches of them are walked
// ahead as far as there is somebody to do it, and visited in their turn.
func (w *walker) entries(folder string, entries []dirEntry, p place) error {
	stretches := slices.Collect(slices.Chunk(entries, stretch))
	started := make([]*branch, len(stretches))
	next := 0
	for i, entries := range stretches {
		for next = max(next, i+1); next < len(stretches) && w.crew.hire(); next++ {
			started[next] = w.ahead(folder, stretches[next], p)
		}
		if started[i] == nil {
			if err := w.stretch(folder, entries, p); err != nil {
				return err
			}
			continue
		}
		for batch := range started[i].batches {
			if err := w.out.join(batch); err != nil {
				return err
			}
		}
		if err := started[i].err; err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) stretch(folder string, entries []dirEntry, p place) error {
	for _, entry := range entries {
		if err := w.entry(join(folder, entry.name), entry, p); err != nil {
			return err
		}
	}
	return nil
}

// branch is a stretch that another goroutine walks.
type branch struct {
	batches chan Batch
	err     error // to be read when batches is closed
}

// ahead walks a stretch in a goroutine of its own, with batches of its own.
func (w *walker) ahead(folder string, entries []dirEntry, p place) *branch {
	b := &branch{batches: make(chan Batch, batchesAhead)}
	other := *w
	other.out = &batcher{emit: func(batch Batch) error {
		select {
		case b.batches <- batch:
			return nil
		case <-w.ctx.Done():
			return w.ctx.Err()
		}
	}}
	w.crew.Go(func() {
		defer w.crew.leave()
		defer close(b.batches)
		if b.err = other.stretch(folder, entries, p); b.err == nil {
			b.err = other.out.flush()
		}
	})
	return b
}

// hire is false if everybody is busy.
func (c *crew) hire() bool {
	select {
	case c.spare <- struct{}{}:
		return true
	default:
		return false
	}
}

func (c *crew) leave() { <-c.spare }
