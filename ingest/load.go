package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots/files"
)

// Options say what to load and how.
type Options struct {
	Paths     []string          // folders, files, archives; files.Stdin
	Fallback  files.Attribution // of flags, for files that no manifest or folder attributes
	Overrule  bool              // Fallback's organization is that of all files, whatever else states one
	Layout    files.Layout      // of the paths
	Limits    files.Limits
	Stdin     io.Reader        // what files.Stdin reads
	Jobs      int              // readers side by side, at least 1
	Version   string           // of iamcensus; refused files are read again when it changes
	Arguments string           // of the command, for the ledger
	Database  string           // file of the database, which is not read; "" in memory
	Now       func() time.Time // for the ledger, and to refuse times that lie ahead; in no figure
	Progress  func(Progress)   // called after every file; may be nil
}

func (o *Options) walk() files.Options {
	return files.Options{Fallback: o.Fallback, Overrule: o.Overrule, Layout: o.Layout, Limits: o.Limits, Stdin: o.Stdin, Jobs: o.Jobs, Database: o.Database}
}

func (o *Options) reading() reading {
	return reading{readers: o.Jobs, limits: o.Limits.Content(), plausible: plausibleAt(o.Now()), fallback: o.Fallback}
}

// Summary counts what one run did.
type Summary struct {
	Files        int64 // seen
	Unchanged    int64 // of them, read by an earlier run
	Reattributed int64 // of those, loaded with another attribution than they have now
	Snapshots    int64 // loaded
	RowsRead     int64 // = loaded + refused
	RowsLoaded   int64 // root rows included
	RowsRefused  int64
	Issues       int      // of this run
	Warnings     []string // what may make one organization of several
}

// Load reads everything below the paths into the database. Every file is
// loaded whole or not at all. When ctx is canceled, the files that were read
// whole are kept, and the error is ctx's.
func Load(ctx context.Context, db *sql.DB, o Options) (Summary, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return Summary{}, err
	}
	defer conn.Close()
	s, err := openStore(context.WithoutCancel(ctx), conn) // what was read before a cancellation is still written
	if err != nil {
		return Summary{}, err
	}
	startedAt := o.Now()
	if err := s.startRun(startedAt, &o); err != nil {
		return Summary{}, err
	}
	l, err := ledger.Open(ctx, s, ledger.Request{Paths: o.Paths, Walk: o.walk(), Version: o.Version, StartedAt: startedAt, LastTime: plausibleAt(startedAt).last})
	if err != nil {
		return Summary{}, err
	}
	p := &pipeline{options: &o, ledger: l, store: s, tally: tally{report: o.Progress}}
	if err := p.load(ctx); err != nil {
		return p.tally.Summary, err
	}
	return p.tally.Summary, ctx.Err()
}

// load runs the pipeline, unless nothing has changed.
func (p *pipeline) load(ctx context.Context) (err error) {
	total, skip, err := p.ledger.Skip(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("compare files with the ledger: %w", err)
	case skip:
		p.tally.skipped(total)
		return p.finishRun(ctx)
	}
	if err := p.store.beginLoad(); err != nil {
		return fmt.Errorf("set DuckDB up for loading: %w", err)
	}
	defer func() {
		if endErr := p.store.load.End(); err == nil {
			err = endErr
		}
	}()
	defer p.release()
	if err := p.run(ctx); err != nil {
		return errors.Join(err, p.store.commit())
	}
	if ctx.Err() == nil {
		if err := p.settle(); err != nil {
			return err
		}
	}
	return p.finishRun(ctx)
}

// settle does what only a whole walk can.
func (p *pipeline) settle() error {
	if err := p.store.begin(); err != nil {
		return err
	}
	gone, superseded := p.ledger.Obsolete()
	if err := p.store.removeObsolete(gone, superseded); err != nil {
		return fmt.Errorf("remove the issues of files that are gone: %w", err)
	}
	if p.rows != nil {
		if err := p.store.removeMoved(p.rows.firstFile); err != nil {
			return fmt.Errorf("remove the previous results of files that were moved: %w", err)
		}
	}
	if err := p.store.run(removeEmpty + removeSettled); err != nil {
		return fmt.Errorf("remove accounts without snapshots: %w", err)
	}
	return p.store.attributeDocuments()
}

// finishRun closes the run in the ledger. A later load may rely on it if this
// one was not interrupted and has no reattributed files, which every load
// reports.
func (p *pipeline) finishRun(ctx context.Context) error {
	requestHash, folders := p.ledger.Fingerprint()
	if ctx.Err() != nil || p.tally.Reattributed > 0 {
		folders.Valid = false
	}
	return p.store.finishRun(p.options.Now(), &p.tally.Summary, requestHash, folders)
}
