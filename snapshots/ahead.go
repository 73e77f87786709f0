package snapshots

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

// A handful of files is handed over at once: for each alone, somebody would
// have to be woken.
const (
	handful      = 64
	handfulBytes = 1 << 20 // of files that the walk has read
	handfuls     = 4       // that wait for their turn, of one stretch
)

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
		for files := range started[i].files {
			for _, file := range files {
				if err := w.visit(file); err != nil {
					return err
				}
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

// branch is a stretch that somebody else walks.
type branch struct {
	files chan []File
	err   error // to be read when files is closed
}

// ahead walks a stretch by a walker of its own, which hands its files over.
func (w *walker) ahead(folder string, entries []dirEntry, p place) *branch {
	b := &branch{files: make(chan []File, handfuls)}
	files, held := make([]File, 0, len(entries)), 0 // bytes
	hand := func() error {
		full := files
		files, held = make([]File, 0, handful), 0
		select {
		case b.files <- full:
			return nil
		case <-w.ctx.Done():
			return w.ctx.Err()
		}
	}
	other := *w
	other.visit = func(file File) error {
		files = append(files, file)
		if held += len(file.data); len(files) < handful && held < handfulBytes {
			return nil
		}
		return hand()
	}
	w.crew.Go(func() {
		defer w.crew.leave()
		defer close(b.files)
		if b.err = other.stretch(folder, entries, p); b.err == nil {
			b.err = hand()
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
