package ingest

import (
	"context"
	"errors"
	"runtime/debug"

	"golang.org/x/sync/errgroup"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
)

// pipeline is one load: the ledger walks, readers turn files into results, one
// goroutine turns results into rows, another stores them.
type pipeline struct {
	options *Options
	ledger  *ledger.Ledger
	store   *store
	tally   tally
	rows    *rows // nil until there is a file to write
	changes ledgerChanges
	file    *fileRow     // whose next part is awaited; nil between files
	send    func(*batch) // to the store
	batches int          // since the last commit
}

// commitBatches is the number of batches in a transaction, unless a file has more:
// a file is loaded whole or not at all. A commit costs a checkpoint, which writes the
// last row group of each table again.
const commitBatches = 12

// run carries all files into the database. Rows are made while the store
// writes the batch before. If the walk fails or ctx is canceled, the files that
// were read whole are stored; a cancellation is not an error here.
func (p *pipeline) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan *batch, 2) // so that readers go on while the store commits
	stopped := make(chan struct{})  // closed when the store takes no more
	p.send = func(b *batch) {
		select {
		case batches <- b:
		case <-stopped:
		}
	}
	group.Go(snapshots.Guarded(func() error {
		defer close(batches)
		return p.makeRows(ctx)
	}))
	group.Go(snapshots.Guarded(func() error {
		defer close(stopped)
		for b := range batches {
			if err := p.store.write(b); err != nil {
				return err
			}
		}
		return nil
	}))
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// makeRows reads all files and sends their rows in batches. The files that were read
// whole before an error are sent too.
func (p *pipeline) makeRows(ctx context.Context) error {
	r := p.options.reading()
	r.walk, r.lookup = p.ledger.Walk, p.ledger.Lookup
	err := r.inOrder(ctx, func(results []*result) error {
		for _, r := range results {
			if err := p.add(ctx, r); err != nil {
				return err
			}
		}
		if !p.isFull() {
			return nil
		}
		if err := p.openRows(ctx); err != nil {
			return err
		}
		p.send(p.take(false))
		return nil
	})
	if p.file != nil {
		p.send(&batch{rollback: true})
	} else {
		p.send(p.take(true))
	}
	return err
}

// add turns a result into rows.
func (p *pipeline) add(ctx context.Context, r *result) error {
	var counts Summary
	if r.match.Unchanged {
		counts = p.changes.unchanged(r)
	} else {
		if err := p.begin(ctx, r); err != nil {
			return err
		}
		p.rows.add(p.file, r)
		if r.continues {
			return nil
		}
		counts = p.rows.end(p.file, r)
		p.file = nil
	}
	p.ledger.Visited(r.match)
	p.tally.file(r.file, counts)
	r.file.Release()
	return nil
}

// begin starts the row of a file at its first part. A file of several parts has a
// transaction of its own: an interruption then loses only that file.
func (p *pipeline) begin(ctx context.Context, r *result) error {
	if err := p.openRows(ctx); err != nil || p.file != nil {
		return err
	}
	if r.continues {
		b := p.take(true)
		b.commit, p.batches = true, 0
		p.send(b)
	}
	p.changes.stale(r)
	p.file = p.rows.begin(r)
	p.file.isLarge = r.continues
	return nil
}

// makeRoom sends rows of a large file on.
func (p *pipeline) makeRoom() {
	if p.file.isLarge && p.isFull() {
		p.send(p.take(false))
	}
}

// openRows gets ready to write the first file. It reads by the connection of the
// store, so it must come before the first batch.
func (p *pipeline) openRows(ctx context.Context) (err error) {
	if p.rows == nil {
		p.rows, err = openRows(ctx, p.store, p.ledger, p.makeRoom)
	}
	return err
}

func (p *pipeline) isFull() bool {
	return len(p.changes.touchedIDs) >= batchRows || p.rows.fill() >= 1
}

// take returns what is gathered and starts over. Short tables wait for the end
// of the transaction, since an insert costs more than their rows. The last
// batch has all tables; the end of the run commits it.
func (p *pipeline) take(last bool) *batch {
	p.batches++
	b := &batch{changes: p.changes, commit: p.file == nil && p.batches >= commitBatches}
	p.changes = ledgerChanges{}
	if p.rows != nil {
		b.replaced, p.rows.replaced = p.rows.replaced, nil
	}
	fill := 0.25
	if b.commit || last {
		fill = 0
	}
	if b.commit {
		p.batches = 0
	}
	b.tables = p.rows.take(fill)
	return b
}

// release gives the memory of the load back, which DuckDB needs for the data tests and
// views that follow.
func (p *pipeline) release() {
	p.rows.release()
	columnMemory.release()
	p.rows = nil
	debug.FreeOSMemory()
}
