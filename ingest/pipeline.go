package ingest

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots/files"
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
	batches int // so far
}

// A batch of rows is full when a table has this many, half a row group of
// DuckDB's: fewer cost more time, more cost more memory. A transaction is this
// many batches: a commit costs a checkpoint, which writes the last row group of
// each table again.
const (
	batchRows     = 61_440
	commitBatches = 12
)

// run carries all files into the database. Rows are made while the store
// writes the batch before. If the walk fails or ctx is canceled, the files that
// were read whole are stored; a cancellation is not an error here.
func (p *pipeline) run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	batches := make(chan *batch, 2) // so that readers go on while the store commits
	stopped := make(chan struct{})  // closed when the store takes no more
	send := func(b *batch) {
		select {
		case batches <- b:
		case <-stopped:
		}
	}
	group.Go(func() error {
		defer close(batches)
		return p.makeRows(ctx, send)
	})
	group.Go(func() error {
		defer close(stopped)
		for b := range batches {
			if err := p.store.write(b); err != nil {
				return err
			}
		}
		return nil
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// makeRows reads all files and sends their rows in batches. What was read before
// an error is sent too.
func (p *pipeline) makeRows(ctx context.Context, send func(*batch)) error {
	err := readInOrder(ctx, p.options.Jobs, p.ledger.Walk, p.read, func(results []*result) error {
		if err := p.add(results); err != nil {
			return err
		}
		if !p.isFull() {
			return nil
		}
		if err := p.openRows(); err != nil {
			return err
		}
		send(p.take(false))
		return nil
	})
	send(p.take(true))
	return err
}

// read reads a file unless the ledger has it.
func (p *pipeline) read(ctx context.Context, file *files.File, names *userNames) *result {
	match := p.ledger.Lookup(file)
	if match.Unchanged {
		return &result{file: file, match: match}
	}
	r := read(ctx, file, names, p.options.Limits.Content())
	r.match = match
	return r
}

// add turns results into rows.
func (p *pipeline) add(results []*result) error {
	for _, r := range results {
		var counts Summary
		if r.match.Unchanged {
			counts = p.changes.unchanged(r)
		} else {
			if err := p.openRows(); err != nil {
				return err
			}
			p.changes.stale(r)
			counts = p.rows.file(r)
		}
		p.tally.file(r.file, counts)
		r.file.Release()
	}
	return nil
}

// openRows gets ready to write the first file. It reads by the connection of the
// store, so it must come before the first batch.
func (p *pipeline) openRows() (err error) {
	if p.rows == nil {
		p.rows, err = openRows(p.store)
	}
	return err
}

func (p *pipeline) isFull() bool {
	return len(p.changes.touchedIDs) >= batchRows || p.rows.longest() >= batchRows
}

// take returns what is gathered and starts over. Short tables wait for the end
// of the transaction, since an insert costs more than their rows. The last
// batch has all tables; the end of the run commits it.
func (p *pipeline) take(last bool) *batch {
	p.batches++
	b := &batch{changes: p.changes, commit: p.batches%commitBatches == 0}
	p.changes = ledgerChanges{}
	minRows := batchRows / 4
	if b.commit || last {
		minRows = 1
	}
	b.tables = p.rows.take(minRows)
	return b
}

func (p *pipeline) release() {
	p.rows.release()
	columnMemory.release()
}
