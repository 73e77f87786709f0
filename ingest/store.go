package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"
)

// batch is the rows of some whole files, on their way into the database.
type batch struct {
	forgotten []int // file_ids whose rows of the ledger go first
	touched   touched
	tables    []tableRows
	commit    bool // it ends a transaction
}

// touched are files that are the same but for their time of change.
type touched struct {
	ids   []int32
	times []int64 // microseconds since 1970
}

type tableRows struct {
	table  string
	record arrow.RecordBatch
}

// store is the one connection that writes.
type store struct {
	ctx     context.Context
	conn    *sql.Conn
	exec    driver.ExecerContext
	arrow   *duckdb.Arrow
	runID   int
	threads int    // DuckDB's, but for the load
	memory  string // limit; "" for a database in memory, which is nowhere else
	open    bool   // a transaction is
}

// openStore opens the run in the ledger.
func openStore(ctx context.Context, conn *sql.Conn, o Options) (*store, error) {
	s := &store{ctx: ctx, conn: conn}
	err := conn.Raw(func(driverConn any) (err error) {
		s.exec = driverConn.(driver.ExecerContext)
		s.arrow, err = duckdb.NewArrowFromConn(driverConn.(driver.Conn))
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open the Arrow interface: %w", err)
	}
	err = conn.QueryRowContext(ctx, `insert into ingest_run (run_id, started_at, version, arguments)
		select coalesce(max(run_id), 0) + 1, $1, $2, $3 from ingest_run returning run_id`,
		o.Now().UTC(), o.Version, o.Arguments).Scan(&s.runID)
	if err != nil {
		return nil, fmt.Errorf("open the run ledger: %w", err)
	}
	return s, nil
}

// loading makes each commit a checkpoint, which a file shows whole or not at
// all. DuckDB 1.5.6 can leave a half one otherwise: if it is killed while it
// writes a commit to the log, and the commit holds whole row groups of a table,
// then these rows stay (https://github.com/duckdb/duckdb/pull/25931).
// With one thread of DuckDB's beside the readers, rows fill row groups to the
// last place, and nobody waits for another thread by spinning. A row group goes
// to the file when it is full, not when five are, so that a commit is short.
const loading = `set checkpoint_threshold = '0 bytes'; set auto_checkpoint_skip_wal_threshold = 0;
	set threads = 1; set write_buffer_row_group_count = 1`

const loaded = `reset checkpoint_threshold; reset auto_checkpoint_skip_wal_threshold;
	reset write_buffer_row_group_count; set threads = %d`

// begin sets the database up for loading.
func (s *store) begin() error {
	err := s.conn.QueryRowContext(s.ctx, `select current_setting('threads'),
			case when count(path) > 0 then current_setting('memory_limit') else '' end
		from duckdb_databases() where not internal`).Scan(&s.threads, &s.memory)
	return errors.Join(err, s.run(loading))
}

// close leaves the database as it was, but for the rows.
func (s *store) close() error { return s.run(fmt.Sprintf(loaded, s.threads)) }

func (s *store) run(statement string) error {
	_, err := s.exec.ExecContext(s.ctx, statement, nil)
	return err
}

// each visits what a query gives, batch by batch.
func (s *store) each(query string, visit func(columns)) error {
	reader, err := s.arrow.QueryContext(s.ctx, query)
	if err != nil {
		return err
	}
	defer reader.Release()
	for reader.Next() {
		visit(columns{reader.RecordBatch()})
	}
	return reader.Err()
}

// write stores a batch, and ends the transaction if it is the last of it.
func (s *store) write(b *batch) error {
	if !s.open {
		if err := s.run("begin transaction"); err != nil {
			return err
		}
		s.open = true
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

// commit ends the transaction, if there is one.
func (s *store) commit() error {
	if !s.open {
		return nil
	}
	s.open = false
	if err := s.run("commit"); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return s.forget()
}

// forget lets go of what DuckDB keeps of the blocks that it has written, which
// would grow with the database. A bound that held all the time would fail rows
// that are larger than it.
func (s *store) forget() error {
	if s.memory == "" {
		return nil
	}
	_ = s.run("set memory_limit = '1MB'") // more is in use: it goes as low as it can, and says so
	return s.run("set memory_limit = '" + s.memory + "'")
}

func (s *store) rollback() {
	s.open = false
	_ = s.run("rollback") // an error of its own would only repeat the one that led here
}

func (s *store) insert(b *batch) error {
	for _, fileID := range b.forgotten {
		for _, table := range []string{"ingest_issue", "source_file"} {
			if err := s.run(fmt.Sprintf("delete from %s where file_id = %d", table, fileID)); err != nil {
				return fmt.Errorf("forget an earlier try: %w", err)
			}
		}
	}
	if len(b.touched.ids) > 0 {
		_, err := s.conn.ExecContext(s.ctx, `update source_file set modified_at = make_timestamp(now.at)
			from (select unnest($1::integer[]) as id, unnest($2::bigint[]) as at) as now where file_id = now.id`, b.touched.ids, b.touched.times)
		if err != nil {
			return fmt.Errorf("note new times of files: %w", err)
		}
	}
	for _, rows := range b.tables {
		if err := s.insertRows(rows); err != nil {
			return fmt.Errorf("write %s: %w", rows.table, err)
		}
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
	view := "arriving_" + rows.table
	release, err := s.arrow.RegisterView(reader, view)
	if err != nil {
		return err
	}
	defer release()
	if err := s.run(fmt.Sprintf("insert into %s select * from %s", rows.table, view)); err != nil {
		return err // the view goes with the transaction
	}
	return s.run("drop view if exists " + view)
}

// finish closes the run in the ledger, and commits. If it is whole and gave no
// file another place, a load that finds the same folders and files is done.
func (s *store) finish(w *writer, whole bool) error {
	sum, o := w.summary, &w.options
	_, err := s.conn.ExecContext(s.ctx, `update ingest_run set finished_at = $1, n_files = $2, n_unchanged = $3,
		n_rows_read = $4, n_rows_loaded = $5, n_rows_refused = $6, request_hash = $7, folders = case when $8 then $9::bigint end,
		file_ids = (select sum(file_id) from source_file) where run_id = $10`,
		o.Now().UTC(), sum.Files, sum.Unchanged, sum.RowsRead, sum.RowsLoaded, sum.RowsRefused, o.asked(),
		whole && sum.Renamed == 0 && !w.folders.unsure.Load(), w.folders.sum.Load(), s.runID)
	if err != nil {
		return fmt.Errorf("close the run ledger: %w", err)
	}
	return s.commit()
}
