package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/snapshots/files"
	"io"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// Options say what to load and how.
type Options struct {
	Paths     []string          // folders, files, archives; snapshots.Stdin
	Fallback  files.Attribution // what no manifest and no folder says
	Limits    files.Limits
	Stdin     io.Reader        // what snapshots.Stdin reads
	Jobs      int              // readers side by side
	Version   string           // of iamcensus, for the ledger
	Arguments string           // of the command, for the ledger
	Now       func() time.Time // for the ledger only
	Progress  func(Progress)   // called after every file; may be nil
}

// walk says how to find the files.
func (o *Options) walk() files.Options {
	return files.Options{Fallback: o.Fallback, Limits: o.Limits, Stdin: o.Stdin}
}

// Summary counts what one run did.
type Summary struct {
	Files       int64 // seen
	Unchanged   int64 // of them loaded by an earlier run
	Renamed     int64 // of those, assigned otherwise by manifests or folders since
	Snapshots   int64 // loaded
	RowsRead    int64 // = loaded + refused
	RowsLoaded  int64 // root rows included
	RowsRefused int64
	Issues      int // of this run
}

// A batch is full when a table has so many rows, half a row group of DuckDB's:
// fewer cost more time, more cost more memory. So many batches make a
// transaction: a commit costs a checkpoint, which writes the last row group of
// each table anew.
const (
	batchRows     = 61_440
	commitBatches = 12
)

// Load reads everything below the paths into the database. Every file is
// loaded whole or not at all. When ctx is cancelled, the files that were read
// whole are kept, and the error is ctx's.
func Load(ctx context.Context, db *sql.DB, o Options) (_ Summary, err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return Summary{}, err
	}
	defer conn.Close()
	// What was read before a cancellation is still written.
	s, err := openStore(context.WithoutCancel(ctx), conn, o)
	if err != nil {
		return Summary{}, err
	}
	w := &writer{options: o, folders: &folderSum{}}
	if err := w.known.readFiles(s); err != nil {
		return Summary{}, fmt.Errorf("read which files the database holds: %w", err)
	}
	done, err := w.unchanged(ctx, s)
	if err != nil {
		return Summary{}, fmt.Errorf("see whether anything has changed: %w", err)
	}
	if !done {
		if err := w.known.readSums(s); err != nil {
			return Summary{}, fmt.Errorf("read the checksums of the files that the database holds: %w", err)
		}
		if err := s.begin(); err != nil {
			return Summary{}, fmt.Errorf("set the database up: %w", err)
		}
		defer func() {
			if after := s.close(); err == nil {
				err = after // else it only repeats the one that led here
			}
		}()
		defer w.release()
		if err := w.run(ctx, s); err != nil {
			return w.summary, errors.Join(err, s.commit())
		}
	}
	if err := s.finish(w, ctx.Err() == nil); err != nil {
		return w.summary, err
	}
	return w.summary, ctx.Err()
}

// job is a batch of files that are read together.
type job struct {
	files.Batch
	bytes   int64 // that it takes of inFlight
	results []*result
	done    chan struct{} // closed when results are there
}

const (
	inFlight     = 4 << 20 // bytes of files that may be read and not yet be rows
	jobsInFlight = 4
)

// run is the pipeline: one walk, several readers, one writer, one store. Jobs
// stand in line as the walk found them, and the writer waits for each in turn,
// so results arrive in the order of the walk. The writer makes the next batch
// while the store has the last one.
func (w *writer) run(ctx context.Context, s *store) error {
	jobs := make(chan *job, jobsInFlight)
	line := make(chan *job, jobsInFlight)
	batches := make(chan *batch, 2) // or all wait while the store commits

	group, ctx := errgroup.WithContext(ctx)
	room := semaphore.NewWeighted(inFlight)
	group.Go(func() error {
		defer close(jobs)
		defer close(line)
		return w.walk(ctx, func(c *job) error {
			if err := room.Acquire(ctx, c.bytes); err != nil {
				return err
			}
			for _, next := range []chan<- *job{jobs, line} {
				select {
				case next <- c:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range w.options.Jobs {
		group.Go(func() error {
			var names names
			for c := range jobs {
				c.results = make([]*result, len(c.Files))
				for i := range c.Files {
					c.results[i] = read(&c.Files[i], &w.known, &names, w.options)
				}
				close(c.done)
			}
			return nil
		})
	}
	stored := make(chan struct{}) // closed when the store takes no more
	group.Go(func() error {
		defer close(batches)
		for c := range line {
			<-c.done
			for _, r := range c.results {
				// The store waits for the first batch, and its connection is free.
				if err := w.openFor(r, s); err != nil {
					return err
				}
				w.file(r)
			}
			room.Release(c.bytes)
			if w.rows() >= batchRows {
				select {
				case batches <- w.take(false):
				case <-stored:
				}
			}
		}
		select {
		case batches <- w.take(true):
		case <-stored:
		}
		return nil
	})
	group.Go(func() error {
		defer close(stored)
		for b := range batches {
			if err := s.write(b); err != nil {
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

// settling is more than the clock of a file system leaps.
const settling = 2 * time.Second

func (o *Options) settled() time.Time { return o.Now().Add(-settling) }

// walk gives the files in batches.
func (w *writer) walk(ctx context.Context, visit func(*job) error) error {
	o := w.options.walk()
	o.Jobs = w.options.Jobs
	o.Settled = w.options.settled()
	o.Folder = w.known.seen
	o.Listed = w.folders.add
	o.Known = func(path string) func(files.File) bool {
		before := w.known.file(path)
		if before == nil {
			return nil
		}
		return func(file files.File) bool { return before.untouched(&file, &w.options) }
	}
	for _, path := range w.options.Paths {
		err := files.Walk(ctx, path, o, func(batch files.Batch) error {
			return visit(&job{Batch: batch, bytes: min(batch.Bytes, inFlight), done: make(chan struct{})})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// writer turns results into rows and gathers them.
type writer struct {
	known     known
	options   Options
	summary   Summary
	bytes     int64      // of the files so far, for Progress
	folders   *folderSum // of the walk
	tables    tables
	opened    map[string]**table // all of tables, once there is a row to write
	batches   int                // so far
	forgotten []int              // file_ids of earlier tries, taken out of the ledger
	touched   touched
}

// openFor makes ready for the first file that is not known.
func (w *writer) openFor(r *result, s *store) (err error) {
	if r.unchanged || w.opened != nil {
		return nil
	}
	if err := w.known.readPlaces(s); err != nil {
		return fmt.Errorf("read what the database holds: %w", err)
	}
	all := w.tables.all()
	for name, place := range all {
		if *place, err = newTable(s.ctx, s.arrow, name); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	w.opened = all
	return nil
}

func (w *writer) release() {
	for _, t := range w.opened {
		(*t).release()
	}
	memory.release()
}

// rows is the length of the longest table that is gathered.
func (w *writer) rows() (n int) {
	n = len(w.touched.ids)
	for _, t := range w.opened {
		n = max(n, (*t).rows)
	}
	return n
}

// take gives what is gathered, and begins anew. Short tables, into which an
// insert costs more than their rows, wait for the end of the transaction. The
// last one ends when the run is closed.
func (w *writer) take(last bool) *batch {
	w.batches++
	b := &batch{forgotten: w.forgotten, touched: w.touched, commit: w.batches%commitBatches == 0}
	for _, t := range w.opened {
		if rows := (*t).rows; rows >= batchRows/4 || (b.commit || last) && rows > 0 {
			b.tables = append(b.tables, (*t).take())
		}
	}
	w.forgotten, w.touched = nil, touched{}
	return b
}

// tables are the tables that a load writes, in the order of their columns.
type tables struct {
	organization, account, accountExpectation, snapshot, sourceFile, ingestIssue,
	iamUser, userARN, accessKey, keyUse, signingCertificate, rootAccount,
	document, entity, describedUser, rootSummary, passwordPolicy,
	awsOrganization, awsMember, awsNode, awsPolicy, awsPolicyStatement, awsPolicyTarget, awsListing,
	configCompliance, configRule *table
}

// all lists the tables with their names.
func (t *tables) all() map[string]**table {
	return map[string]**table{
		"organization": &t.organization, "account": &t.account, "account_expectation": &t.accountExpectation,
		"snapshot": &t.snapshot, "source_file": &t.sourceFile, "ingest_issue": &t.ingestIssue,
		"iam_user": &t.iamUser, "user_arn": &t.userARN, "access_key": &t.accessKey, "key_use": &t.keyUse,
		"signing_certificate": &t.signingCertificate,
		"root_account":        &t.rootAccount,
		"document":            &t.document, "entity": &t.entity, "described_user": &t.describedUser,
		"root_summary": &t.rootSummary, "password_policy": &t.passwordPolicy,
		"aws_organization": &t.awsOrganization, "aws_member": &t.awsMember, "aws_node": &t.awsNode,
		"aws_policy": &t.awsPolicy, "aws_policy_statement": &t.awsPolicyStatement,
		"aws_policy_target": &t.awsPolicyTarget, "aws_listing": &t.awsListing,
		"config_compliance": &t.configCompliance, "config_rule": &t.configRule,
	}
}
