package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"

	"iamcensus/engine"
	"iamcensus/ingest/ledger"
)

// batch is rows on their way into the database: of some whole files, or of a part of
// a large one.
type batch struct {
	changes  ledgerChanges
	replaced []replaced
	tables   []tableRows
	commit   bool // it ends a transaction
	rollback bool // the transaction ends in the middle of a file: nothing of it is kept
}

// ledgerChanges are changes of rows that the ledger has.
type ledgerChanges struct {
	staleIDs   []int   // file_ids of files that were read again
	touchedIDs []int32 // file_ids of files with the same bytes and a new time of change
	touchedAt  []int64 // their times, microseconds since 1970
}

func (c *ledgerChanges) unchanged(r *result) Summary {
	counts := Summary{Unchanged: 1}
	if r.match.Reattributed {
		counts.Reattributed = 1
	}
	if r.match.TouchedID != 0 {
		c.touchedIDs = append(c.touchedIDs, int32(r.match.TouchedID))
		c.touchedAt = append(c.touchedAt, r.file.ModifiedAt.UnixMicro())
	}
	return counts
}

func (c *ledgerChanges) stale(r *result) {
	if r.match.StaleID != 0 {
		c.staleIDs = append(c.staleIDs, r.match.StaleID)
	}
}

// tableRows are rows of one table.
type tableRows struct {
	table  string
	record arrow.RecordBatch
}

// store is the one connection that writes.
type store struct {
	ctx   context.Context // of the writes; a cancellation of the load does not end them
	conn  *sql.Conn
	exec  driver.ExecerContext
	arrow *duckdb.Arrow
	runID int
	open  bool         // a transaction is
	load  *engine.Load // DuckDB's settings for loading; nil before the first write
}

func openStore(ctx context.Context, conn *sql.Conn) (*store, error) {
	s := &store{ctx: ctx, conn: conn}
	err := conn.Raw(func(driverConn any) (err error) {
		s.exec = driverConn.(driver.ExecerContext)
		s.arrow, err = duckdb.NewArrowFromConn(driverConn.(driver.Conn))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the Arrow interface of DuckDB: %w", err)
	}
	return s, nil
}

// QueryRowContext and QueryRows make it a ledger.Database.
func (s *store) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return s.conn.QueryRowContext(ctx, query, args...)
}

func (s *store) QueryRows(ctx context.Context, query string, visit func(ledger.Rows)) error {
	reader, err := s.arrow.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer reader.Release()
	for reader.Next() {
		visit(ledger.Rows{RecordBatch: reader.RecordBatch()})
	}
	return reader.Err()
}

// startRun adds the run to the ledger.
func (s *store) startRun(at time.Time, o *Options) error {
	err := s.conn.QueryRowContext(s.ctx, `insert into ingest_run (run_id, started_at, version, arguments)
		select coalesce(max(run_id), 0) + 1, $1, $2, $3 from ingest_run returning run_id`,
		at.UTC(), o.Version, validText(o.Arguments)).Scan(&s.runID)
	if err != nil {
		return fmt.Errorf("start the run in the ledger: %w", err)
	}
	return nil
}

// finishRun closes the run in the ledger and commits. Hash and folders are those
// of ledger.Fingerprint.
func (s *store) finishRun(at time.Time, sum *Summary, requestHash int64, folders sql.NullInt64) error {
	_, err := s.conn.ExecContext(s.ctx, `update ingest_run set finished_at = $1, n_files = $2, n_unchanged = $3,
		n_rows_read = $4, n_rows_loaded = $5, n_rows_refused = $6, request_hash = $7, folders = $8::bigint,
		file_ids = (select sum(file_id) from source_file) where run_id = $9`,
		at.UTC(), sum.Files, sum.Unchanged, sum.RowsRead, sum.RowsLoaded, sum.RowsRefused, requestHash, folders, s.runID)
	if err != nil {
		return fmt.Errorf("finish the run in the ledger: %w", err)
	}
	return s.commit()
}

// attributeDocuments gives documents whose account is a guess the account of the
// reports in their folder, if these are of one. The ARNs of a report name it, and a
// summary or a password policy beside it names none.
func (s *store) attributeDocuments() error {
	err := s.run(`update document set account_id = beside.account_id
		from (
			select s.org_id, regexp_replace(f.path, '[^/]*$', '') as folder, min(s.account_id) as account_id
			from snapshot s
			join source_file f on f.file_id = s.file_id
			where exists (select 1 from guessed_account)
			group by s.org_id, folder
			having count(distinct s.account_id) = 1
		) as beside
		join source_file f on regexp_replace(f.path, '[^/]*$', '') = beside.folder
		where document.document_id in (select document_id from guessed_account)
			and f.file_id = document.file_id and beside.org_id = document.org_id`)
	if err != nil {
		return fmt.Errorf("attribute documents by the reports beside them: %w", err)
	}
	return nil
}

// write stores a batch, and commits if it ends a transaction. After an error
// nothing of the transaction is kept.
func (s *store) write(b *batch) error {
	if b.rollback {
		s.rollback()
		return nil
	}
	if err := s.begin(); err != nil {
		return err
	}
	if err := s.insert(b); err != nil {
		s.rollback()
		return err
	}
	if !b.commit {
		return nil
	}
	return s.commit()
}

// begin starts a transaction, unless there is one.
func (s *store) begin() error {
	if s.open {
		return nil
	}
	if err := s.run("begin transaction"); err != nil {
		return err
	}
	s.open = true
	return nil
}

func (s *store) beginLoad() (err error) {
	s.load, err = engine.BeginLoad(s.ctx, s.conn, s.run)
	return err
}

// commit ends the transaction, if there is one.
func (s *store) commit() error {
	if !s.open {
		return nil
	}
	s.open = false
	if err := s.run("commit"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return s.load.ReleaseBlocks()
}

func (s *store) rollback() {
	if !s.open {
		return
	}
	s.open = false
	_ = s.run("rollback") // its error would only repeat the one that led here
}

func (s *store) run(statement string) error {
	_, err := s.exec.ExecContext(s.ctx, statement, nil)
	return err
}

func (s *store) insert(b *batch) error {
	if err := s.changeLedger(&b.changes); err != nil {
		return err
	}
	if err := s.removeReplaced(b.replaced); err != nil {
		return fmt.Errorf("remove what a file replaces: %w", err)
	}
	for _, rows := range b.tables {
		if err := s.insertRows(rows); err != nil {
			return fmt.Errorf("write table %s: %w", rows.table, err)
		}
	}
	return nil
}

func (s *store) changeLedger(c *ledgerChanges) error {
	for _, fileID := range c.staleIDs {
		for _, table := range []string{"ingest_issue", "source_file"} {
			if err := s.run(fmt.Sprintf("delete from %s where file_id = %d", table, fileID)); err != nil {
				return fmt.Errorf("remove the previous result of a file: %w", err)
			}
		}
	}
	if len(c.touchedIDs) == 0 {
		return nil
	}
	_, err := s.conn.ExecContext(s.ctx, `update source_file set modified_at = make_timestamp(touched.at)
		from (select unnest($1::integer[]) as id, unnest($2::bigint[]) as at) as touched where file_id = touched.id`, c.touchedIDs, c.touchedAt)
	if err != nil {
		return fmt.Errorf("update the times of files: %w", err)
	}
	return nil
}

func (s *store) insertRows(rows tableRows) error {
	defer rows.record.Release()
	reader, err := array.NewRecordReader(rows.record.Schema(), []arrow.RecordBatch{rows.record})
	if err != nil {
		return err
	}
	defer reader.Release()
	view := "incoming_" + rows.table
	release, err := s.arrow.RegisterView(reader, view)
	if err != nil {
		return err
	}
	defer release()
	if err := s.run(fmt.Sprintf("insert into %s select * from %s", rows.table, view)); err != nil {
		return err // the view is dropped with the transaction
	}
	return s.run("drop view if exists " + view)
}
