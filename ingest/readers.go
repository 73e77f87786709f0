package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// reading is what readInOrder reads, and how.
type reading struct {
	readers   int // side by side
	limits    snapshots.TableLimits
	plausible plausible
	fallback  files.Attribution // of flags
	walk      func(context.Context, func(files.Batch) error) error
	lookup    func(*files.File) ledger.Match // an unchanged file is not read
}

// inOrder reads the files of a walk in several goroutines, and visits the results in
// one, in the order of the walk. A result that continues is followed by the rest of
// its file, unless there is an error. An error of the visit ends the walk; after an
// error of the walk, what was read before it is still visited. When ctx ends, so do
// the readers; the visits end before the first file that was not read whole.
func (r *reading) inOrder(ctx context.Context, visit func([]*result) error) error {
	q := &queue{
		reading: r,
		unread:  make(chan *job, maxJobs), ordered: make(chan *job, maxJobs),
		room:    semaphore.NewWeighted(maxBytes),
		stopped: make(chan struct{}),
	}
	readCtx, stop := context.WithCancel(ctx)
	defer stop()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(snapshots.Guarded(func() error {
		defer close(q.unread)
		defer close(q.ordered)
		return r.walk(ctx, func(batch files.Batch) error { return q.add(ctx, batch) })
	}))
	for range r.readers {
		group.Go(func() error {
			q.read(readCtx)
			return nil
		})
	}
	group.Go(snapshots.Guarded(func() error {
		defer stop()
		defer close(q.stopped)
		return q.visit(readCtx, visit)
	}))
	return group.Wait()
}

// Files that may be read, and are not yet visited: the memory that a load needs
// for them. A larger file is read alone.
const (
	maxBytes = 4 << 20
	maxJobs  = 4
)

// queue carries jobs from the walk to the readers and, in the order of the walk,
// to the visit. Readers take jobs in that order too, so the one that the visit waits
// for has a reader, however many others wait for room.
type queue struct {
	*reading
	unread, ordered chan *job
	room            *semaphore.Weighted // for maxBytes
	stopped         chan struct{}       // closed when the visits have ended
}

// job is a batch of files that are read together.
type job struct {
	files []files.File
	bytes int64          // at most maxBytes
	parts chan []*result // closed when all files are read
}

func (q *queue) add(ctx context.Context, batch files.Batch) error {
	j := &job{files: batch.Files, bytes: min(batch.Bytes, maxBytes), parts: make(chan []*result, 1)}
	if err := q.room.Acquire(ctx, j.bytes); err != nil {
		return err
	}
	for _, to := range []chan<- *job{q.unread, q.ordered} { // a job that is visited has a reader
		select {
		case to <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (q *queue) read(ctx context.Context) {
	var names userNames
	for j := range q.unread {
		r := fileReader{
			reading: q.reading, names: &names,
			parts: parts{to: j.parts, stopped: q.stopped, results: make([]*result, 0, len(j.files))},
		}
		for i := range j.files {
			r.read(ctx, &j.files[i])
		}
		r.parts.send()
		close(j.parts)
	}
}

func (q *queue) visit(ctx context.Context, visit func([]*result) error) error {
	for j := range q.ordered {
		for part := range j.parts {
			whole := beforeCut(ctx, part)
			if err := visit(whole); err != nil {
				return err
			}
			if len(whole) < len(part) {
				return ctx.Err()
			}
		}
		q.room.Release(j.bytes)
	}
	return nil
}

// beforeCut is the results before the first that an end of the context cut off, or
// will.
func beforeCut(ctx context.Context, part []*result) []*result {
	for i, r := range part {
		if r.isCut || r.continues && ctx.Err() != nil {
			return part[:i]
		}
	}
	return part
}
