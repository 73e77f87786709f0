package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"
)

// undisturbed is the database that all others must equal.
type undisturbed struct {
	*sql.DB
	tables []string
}

// openUndisturbed attaches the database as "a". ingest_run is the ledger of
// the runs, and so the one table that may differ. So may folder_changed_ns and
// folder_files: a folder that has just changed is not relied on.
func openUndisturbed(ctx context.Context, path string) (*undisturbed, error) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	u := &undisturbed{DB: db}
	if _, err := db.ExecContext(ctx, fmt.Sprintf("attach '%s' as a (read_only)", path)); err != nil {
		return nil, err
	}
	u.tables, err = u.texts(ctx, `select table_name from duckdb_tables()
		where database_name = 'a' and table_name <> 'ingest_run' order by table_name`)
	return u, err
}

// compare is an error that shows the rows of one database that the other does
// not have.
func (u *undisturbed) compare(ctx context.Context, path string) error {
	if _, err := u.ExecContext(ctx, fmt.Sprintf("attach '%s' as b (read_only)", path)); err != nil {
		return err
	}
	err := u.difference(ctx, "tables and views", `select schema_name, table_name as name, sql from duckdb_tables() where database_name = '%[1]s'
		union all select schema_name, view_name, sql from duckdb_views() where database_name = '%[1]s'`)
	for _, table := range u.tables {
		err = errors.Join(err, u.difference(ctx, table, "select columns(c -> c not in ('folder_changed_ns', 'folder_files')) from %[1]s."+table))
	}
	_, detach := u.ExecContext(ctx, "detach b")
	return errors.Join(err, detach)
}

// difference runs a query on both databases; %[1]s in it is the database.
func (u *undisturbed) difference(ctx context.Context, of, query string) error {
	a, b := fmt.Sprintf(query, "a"), fmt.Sprintf(query, "b")
	missing, err := u.texts(ctx, fmt.Sprintf("select x::varchar from ((%s) except all (%s)) x limit 5", a, b))
	if err != nil {
		return fmt.Errorf("%s: %w", of, err)
	}
	extra, err := u.texts(ctx, fmt.Sprintf("select x::varchar from ((%s) except all (%s)) x limit 5", b, a))
	if err != nil {
		return fmt.Errorf("%s: %w", of, err)
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
	return fmt.Errorf("%s differs, beginning with%s", of, lines.String())
}

func (u *undisturbed) texts(ctx context.Context, query string) ([]string, error) {
	rows, err := u.QueryContext(ctx, query)
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
