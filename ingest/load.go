package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"iamcensus/snapshots"
)

// Options say what to load and how.
type Options struct {
	Paths     []string       // folders, files, archives; snapshots.Stdin
	Fallback  snapshots.Hint // what no manifest and no folder says
	Limits    snapshots.Limits
	Stdin     io.Reader               // what snapshots.Stdin reads
	Jobs      int                     // readers side by side
	Version   string                  // of iamcensus, for the ledger
	Arguments string                  // of the command, for the ledger
	Now       func() time.Time        // for the ledger only
	Progress  func(files, rows int64) // called after every file; may be nil
}

// walk says how to find the files.
func (o *Options) walk() snapshots.Options {
	return snapshots.Options{Fallback: o.Fallback, Limits: o.Limits, Stdin: o.Stdin}
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

// batchRows is how many users and other long lists' rows make a batch, and so
// a transaction: one row group of DuckDB.
const batchRows = 122_880

// Load reads everything below the paths into the database. Every file is
// loaded whole or not at all. When ctx is cancelled, the files that were read
// whole are kept, and the error is ctx's.
func Load(ctx context.Context, db *sql.DB, o Options) (Summary, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return Summary{}, err
	}
	defer conn.Close()
	known, err := readKnown(ctx, conn)
	if err != nil {
		return Summary{}, fmt.Errorf("read what the database holds: %w", err)
	}
	// What was read before a cancellation is still written.
	s, err := openStore(context.WithoutCancel(ctx), conn, o)
	if err != nil {
		return Summary{}, err
	}
	defer s.close()
	w := &writer{known: known, options: o}
	if err := w.open(s); err != nil {
		return Summary{}, err
	}
	defer w.release()
	if err := w.run(ctx, s); err != nil {
		return w.summary, err
	}
	if err := s.finish(w.summary, o.Now()); err != nil {
		return w.summary, err
	}
	return w.summary, ctx.Err()
}

// inFlight is how many bytes of files may be read and not yet be rows.
const inFlight = 64 << 20

// run is the pipeline: one walk, several readers, one writer, one store. Each
// file has its own place in line, a channel that its reader fills and that the
// writer waits for, so results arrive in the order of the walk. The writer
// makes the next batch while the store has the last one.
func (w *writer) run(ctx context.Context, s *store) error {
	type job struct {
		file snapshots.File
		size int64 // what it takes of inFlight
		done chan *result
	}
	jobs := make(chan job, 1024)
	line := make(chan job, 1024)
	batches := make(chan *batch)
	room := semaphore.NewWeighted(inFlight)
	files := w.known.files // only read from here on
	walk := w.options.walk()
	walk.Unchanged = func(file snapshots.File) bool {
		before, seen := files[file.Path]
		return seen && before.untouched(file, w.options)
	}

	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(jobs)
		defer close(line)
		for _, path := range w.options.Paths {
			err := snapshots.Walk(ctx, path, walk, func(file snapshots.File) error {
				j := job{file: file, size: min(max(file.Size, 0), inFlight), done: make(chan *result, 1)}
				if err := room.Acquire(ctx, j.size); err != nil {
					return err
				}
				line <- j
				jobs <- j
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	for range w.options.Jobs {
		group.Go(func() error {
			for j := range jobs {
				j.done <- read(j.file, files, w.options)
			}
			return nil
		})
	}
	stored := make(chan struct{}) // closed when the store takes no more
	group.Go(func() error {
		defer close(batches)
		for j := range line {
			w.file(<-j.done)
			room.Release(j.size)
			if w.rows() >= batchRows {
				select {
				case batches <- w.take():
				case <-stored:
				}
			}
		}
		select {
		case batches <- w.take():
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

// writer turns results into rows and gathers them.
type writer struct {
	known     *known
	options   Options
	summary   Summary
	tables    tables
	forgotten []int // file_ids of earlier tries, taken out of the ledger
}

// open makes the tables that gather rows.
func (w *writer) open(s *store) (err error) {
	for name, place := range w.tables.all() {
		if *place, err = newTable(s.ctx, s.arrow, name); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	return nil
}

func (w *writer) release() {
	for _, t := range w.tables.all() {
		(*t).builder.Release()
	}
}

// rows counts what is gathered.
func (w *writer) rows() (n int) {
	t := &w.tables
	return t.iamUser.rows + t.entity.rows + t.ingestIssue.rows + t.describedUser.rows + t.configCompliance.rows
}

// take gives what is gathered, and begins anew.
func (w *writer) take() *batch {
	b := &batch{forgotten: w.forgotten}
	for _, t := range w.tables.all() {
		if (*t).rows > 0 {
			b.rows = append(b.rows, (*t).take())
		}
	}
	w.forgotten = nil
	return b
}

// tables are the tables that a load writes, in the order of their columns.
type tables struct {
	organization, account, accountExpectation, snapshot, sourceFile, ingestIssue,
	iamUser, accessKey, signingCertificate, rootAccount,
	document, entity, describedUser, rootSummary, passwordPolicy,
	awsOrganization, awsMember, awsNode, awsPolicy, awsPolicyStatement, awsPolicyTarget, awsListing,
	configCompliance, configRule *table
}

// all lists the tables with their names.
func (t *tables) all() map[string]**table {
	return map[string]**table{
		"organization": &t.organization, "account": &t.account, "account_expectation": &t.accountExpectation,
		"snapshot": &t.snapshot, "source_file": &t.sourceFile, "ingest_issue": &t.ingestIssue,
		"iam_user": &t.iamUser, "access_key": &t.accessKey, "signing_certificate": &t.signingCertificate,
		"root_account": &t.rootAccount,
		"document":     &t.document, "entity": &t.entity, "described_user": &t.describedUser,
		"root_summary": &t.rootSummary, "password_policy": &t.passwordPolicy,
		"aws_organization": &t.awsOrganization, "aws_member": &t.awsMember, "aws_node": &t.awsNode,
		"aws_policy": &t.awsPolicy, "aws_policy_statement": &t.awsPolicyStatement,
		"aws_policy_target": &t.awsPolicyTarget, "aws_listing": &t.awsListing,
		"config_compliance": &t.configCompliance, "config_rule": &t.configRule,
	}
}
