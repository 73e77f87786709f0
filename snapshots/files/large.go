package files

import "iamcensus/snapshots"

// Large data of members. Whatever the number of jobs, the walk holds those of one member
// at a time, which has at most Limits.FileBytes. Small ones wait in batches.

// largeBytes is the size from which data are large: they fill a batch.
const largeBytes = batchBytes

// holdLarge waits until the walk may read large data: all that precedes has been taken
// in the order of the walk, and no other large data wait in a batch.
func (w *walker) holdLarge() error {
	if err := w.waitTurn(); err != nil {
		return err
	}
	select {
	case w.large <- struct{}{}:
		return nil
	case <-w.ctx.Done():
		return w.ctx.Err()
	}
}

// visitLarge visits a file whose data may be large.
func (w *walker) visitLarge(file File) error {
	if file.isLarge && file.memory() < largeBytes { // it would wait in a batch
		<-w.large
		file.isLarge = false
	}
	return w.visit(file)
}

// refuseLarge refuses a file whose data may be large.
func (w *walker) refuseLarge(file File, issue *snapshots.Issue) error {
	if file.isLarge {
		<-w.large
		file.isLarge = false
	}
	return w.refuse(file, issue)
}

// releaseLarge is called when the caller of Walk has taken a batch.
func (w *walker) releaseLarge(batch Batch) {
	for i := range batch.Files {
		if batch.Files[i].isLarge {
			<-w.large
		}
	}
}

// waitTurn waits until all that precedes has been taken in the order of the walk.
func (w *walker) waitTurn() error {
	for c := w.ahead; c != nil; c = c.above {
		select {
		case <-c.turn:
		case <-w.ctx.Done():
			return w.ctx.Err()
		}
	}
	return nil
}
