package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"golang.org/x/sync/errgroup"

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

// batchUsers is how many users go into one Arrow batch, and so at least into
// one transaction: one row group of DuckDB.
const batchUsers = 122_880

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
	w := &writer{known: known, options: o}
	// What was read before a cancellation is still written.
	err = w.start(context.WithoutCancel(ctx), conn)
	if err != nil {
		return Summary{}, err
	}
	defer w.release()
	if err := w.run(ctx); err != nil {
		return w.summary, err
	}
	return w.summary, ctx.Err()
}

// run is the pipeline: one walk, several readers, one writer. Each file has
// its own place in line, a channel that its reader fills and that the writer
// waits for, so results arrive in the order of the walk.
func (w *writer) run(ctx context.Context) error {
	type job struct {
		file snapshots.File
		done chan *result
	}
	jobs := make(chan job, 4*w.options.Jobs)
	line := make(chan chan *result, 16*w.options.Jobs)
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
				j := job{file: file, done: make(chan *result, 1)}
				select {
				case line <- j.done:
				case <-ctx.Done():
					return ctx.Err()
				}
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
	group.Go(func() error {
		for done := range line {
			if err := w.file(<-done); err != nil {
				return err
			}
		}
		return nil
	})
	err := group.Wait()
	if err != nil && !errors.Is(err, context.Canceled) {
		w.abandon()
		return err
	}
	return w.finish()
}

// writer holds the one connection that writes.
type writer struct {
	known   *known
	options Options
	summary Summary

	ctx   context.Context
	conn  *sql.Conn
	raw   driver.ExecerContext
	arrow *duckdb.Arrow
	runID int

	tables tables
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

func (w *writer) start(ctx context.Context, conn *sql.Conn) error {
	w.ctx, w.conn = ctx, conn
	err := conn.Raw(func(driverConn any) (err error) {
		w.raw = driverConn.(driver.ExecerContext)
		w.arrow, err = duckdb.NewArrowFromConn(driverConn.(driver.Conn))
		return err
	})
	if err != nil {
		return fmt.Errorf("open the Arrow interface: %w", err)
	}
	for name, place := range w.tables.all() {
		if *place, err = newTable(ctx, w.arrow, name); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	err = conn.QueryRowContext(ctx, `insert into ingest_run (run_id, started_at, version, arguments)
		select coalesce(max(run_id), 0) + 1, $1, $2, $3 from ingest_run returning run_id`,
		w.options.Now().UTC(), w.options.Version, w.options.Arguments).Scan(&w.runID)
	if err != nil {
		return fmt.Errorf("open the run ledger: %w", err)
	}
	return w.exec("begin transaction")
}

func (w *writer) exec(statement string) error {
	_, err := w.raw.ExecContext(w.ctx, statement, nil)
	return err
}

func (w *writer) release() {
	for _, t := range w.tables.all() {
		(*t).builder.Release()
	}
}

func (w *writer) flush() error {
	for _, t := range w.tables.all() {
		if err := (*t).flush(w.ctx, w.arrow, w.raw); err != nil {
			return fmt.Errorf("write %s: %w", (*t).name, err)
		}
	}
	return nil
}

func (w *writer) commit() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.exec("commit"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return w.exec("begin transaction")
}

// finish writes what is left and closes the run in the ledger.
func (w *writer) finish() error {
	if err := w.flush(); err != nil {
		w.abandon()
		return err
	}
	s := &w.summary
	_, err := w.conn.ExecContext(w.ctx, `update ingest_run set finished_at = $1, n_files = $2, n_unchanged = $3,
		n_rows_read = $4, n_rows_loaded = $5, n_rows_refused = $6 where run_id = $7`,
		w.options.Now().UTC(), s.Files, s.Unchanged, s.RowsRead, s.RowsLoaded, s.RowsRefused, w.runID)
	if err != nil {
		w.abandon()
		return fmt.Errorf("close the run ledger: %w", err)
	}
	if err := w.exec("commit"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// abandon takes back what was not committed. An error of its own would only
// repeat the one that led here.
func (w *writer) abandon() { _ = w.exec("rollback") }
