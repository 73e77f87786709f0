package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// readSettings hold while a database is read: what a query takes is bounded, and
// nothing changes that.
const (
	readMemory   = "4GB"
	readSettings = "set max_temp_directory_size = '16GB'; set lock_configuration = true"
)

// Check fails if a database is not a census of this version as ingest writes it:
// somebody else may have made it. Then it bounds what queries may take. It is to
// be the first to use a database that is only read.
func Check(ctx context.Context, db *sql.DB) error {
	return checkEach(ctx, db, checkVersion, checkCatalog, bound, checkRanges, checkTexts, checkGrain)
}

func checkEach(ctx context.Context, db *sql.DB, checks ...func(context.Context, *sql.DB) error) error {
	for _, check := range checks {
		if err := check(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

// foreign finds what schema.sql does not create, of all that a query could call:
// tables that are missing, views or different, and macros and indexes. A
// macro may hide any function, + included, so that this query calls none that it
// could hide.
const foreign = `
select 'table', o.table_name
from system.main.duckdb_tables() o
left join system.main.duckdb_tables() t
	on t.table_name = o.table_name and t.schema_name = 'main' and t.database_name = system.main.current_database() and not t.temporary
where o.temporary and (t.sql is null or t.sql <> system.main.replace(o.sql, 'CREATE TEMP TABLE', 'CREATE TABLE'))
union all
select 'function', function_name from system.main.duckdb_functions() where not internal
union all
select 'index', index_name from system.main.duckdb_indexes()
limit 1`

// checkCatalog compares the tables of a database with those of schema.sql, which
// it creates as temporary ones for that.
func checkCatalog(ctx context.Context, db *sql.DB) error {
	all, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = all.Rollback() }() // drops the temporary tables; an error would repeat another one
	schema := strings.NewReplacer("create table if not exists", "create temp table", "create type if not exists", "create temp type").Replace(read("schema.sql"))
	if err := execute(ctx, all, schema); err != nil {
		return err
	}
	var kind, name string
	err = all.QueryRowContext(ctx, foreign).Scan(&kind, &name)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	return notOurs(fmt.Sprintf("%s %.60q is not as ingest creates it", kind, name))
}

// notOurs is the error of a database that something besides ingest has changed.
func notOurs(what string) error {
	return fmt.Errorf("not as iamcensus writes it: %s; ingest the snapshots into a new file", what)
}

// bound applies readSettings, and a memory limit unless the machine's is lower.
func bound(ctx context.Context, db *sql.DB) error {
	var limit string
	if err := db.QueryRowContext(ctx, "select current_setting('memory_limit')").Scan(&limit); err != nil {
		return err
	}
	settings := readSettings
	if n, unit := 0.0, ""; scan(limit, &n, &unit) && (unit == "TiB" || unit == "GiB" && n > 4) {
		settings = "set memory_limit = '" + readMemory + "'; " + settings
	}
	return execute(ctx, db, settings)
}

// scan reads a size such as 18.8 GiB.
func scan(size string, n *float64, unit *string) bool {
	read, err := fmt.Sscan(size, n, unit)
	return err == nil && read == 2
}
