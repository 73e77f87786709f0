package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"iamcensus/snapshots/files"
)

// readInOrder reads the files of a walk in several goroutines, and visits the
// results in one, in the order of the walk. An error of the visit ends the walk;
// after an error of the walk, what was read before it is still visited.
func readInOrder(ctx context.Context, readers int,
	walk func(context.Context, func(files.Batch) error) error,
	read func(context.Context, *files.File, *userNames) *result,
	visit func([]*result) error,
) error {
	q := &queue{
		unread: make(chan *job, maxJobs), ordered: make(chan *job, maxJobs),
		room: semaphore.NewWeighted(maxBytes),
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(q.unread)
		defer close(q.ordered)
		return walk(ctx, func(batch files.Batch) error { return q.add(ctx, batch) })
	})
	for range readers {
		group.Go(func() error {
			q.read(ctx, read)
			return nil
		})
	}
	group.Go(func() error { return q.visit(visit) })
	return group.Wait()
}

// Files that may be read, and are not yet visited: the memory that a load needs
// for them.
const (
	maxBytes = 4 << 20
	maxJobs  = 4
)

// queue carries jobs from the walk to the readers and, in the order of the walk,
// to the visit.
type queue struct {
	unread, ordered chan *job
	room            *semaphore.Weighted // for maxBytes
}

// job is a batch of files that are read together.
type job struct {
	files   []files.File
	bytes   int64 // at most maxBytes
	results []*result
	done    chan struct{} // closed when results are there
}

func (q *queue) add(ctx context.Context, batch files.Batch) error {
	j := &job{files: batch.Files, bytes: min(batch.Bytes, maxBytes), done: make(chan struct{})}
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

func (q *queue) read(ctx context.Context, read func(context.Context, *files.File, *userNames) *result) {
	var names userNames
	for j := range q.unread {
		j.results = make([]*result, len(j.files))
		for i := range j.files {
			j.results[i] = read(ctx, &j.files[i], &names)
		}
		close(j.done)
	}
}

func (q *queue) visit(visit func([]*result) error) error {
	for j := range q.ordered {
		<-j.done
		if err := visit(j.results); err != nil {
			return err
		}
		q.room.Release(j.bytes)
	}
	return nil
}
