package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"
)

// reference is the database of a run that was not stopped, attached as "a".
type reference struct {
	*sql.DB
	tables []string // to compare
}

// lastRun are the files that the last run on a database found, from its ledger.
type lastRun struct{ files, unchanged int }

// openReference opens the database read-only. Two things are not compared:
// ingest_run has a row for each run, and a folder's time of change is kept only
// if the folder was not changed just before it was read.
func openReference(ctx context.Context, path string) (*reference, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // attached databases belong to a connection
	r := &reference{DB: db}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("attach '%s' as a (read_only)", path)); err != nil {
		return nil, err
	}
	r.tables, err = r.texts(ctx, `select table_name from duckdb_tables()
		where database_name = 'a' and table_name <> 'ingest_run' order by table_name`)
	return r, err
}

// compare returns the last run on the other database, and an error that shows
// rows that only one of the two has.
func (r *reference) compare(ctx context.Context, path string) (last lastRun, err error) {
	if _, err := r.ExecContext(ctx, fmt.Sprintf("attach '%s' as b (read_only)", path)); err != nil {
		return last, err
	}
	err = r.difference(ctx, "tables and views", `select schema_name, table_name as name, sql from duckdb_tables() where database_name = '%[1]s'
		union all select schema_name, view_name, sql from duckdb_views() where database_name = '%[1]s'`)
	for _, table := range r.tables {
		err = errors.Join(err, r.difference(ctx, table, "select columns(c -> c not in ('folder_changed_ns', 'folder_files')) from %[1]s."+table))
	}
	err = errors.Join(err, r.QueryRowContext(ctx, "select n_files, n_unchanged from b.ingest_run order by run_id desc limit 1").
		Scan(&last.files, &last.unchanged))
	_, detach := r.ExecContext(ctx, "detach b")
	return last, errors.Join(err, detach)
}

// difference runs a query on both databases; %[1]s in it is the database.
func (r *reference) difference(ctx context.Context, what, query string) error {
	a, b := fmt.Sprintf(query, "a"), fmt.Sprintf(query, "b")
	missing, err := r.onlyIn(ctx, a, b)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	extra, err := r.onlyIn(ctx, b, a)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if len(missing)+len(extra) == 0 {
		return nil
	}
	var lines strings.Builder
	for _, row := range missing {
		fmt.Fprintf(&lines, "\n  missing: %s", row)
	}
	for _, row := range extra {
		fmt.Fprintf(&lines, "\n  extra:   %s", row)
	}
	return fmt.Errorf("%s differ; the first rows:%s", what, lines.String())
}

// onlyIn returns at most five rows of a that b does not have.
func (r *reference) onlyIn(ctx context.Context, a, b string) ([]string, error) {
	return r.texts(ctx, fmt.Sprintf("select x::varchar from ((%s) except all (%s)) x limit 5", a, b))
}

func (r *reference) texts(ctx context.Context, query string) ([]string, error) {
	rows, err := r.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	return texts, rows.Err()
}
