package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Version is the version of schema.sql. A database with another one is refused.
const Version = 5

// errNoCensus says that a database has other tables than those of schema.sql.
var errNoCensus = errors.New("not a census database: create one with iamcensus ingest DIR --db FILE")

// CreateTables creates the base tables in an empty database, and refuses any
// other that is not a census of this version, as Check does; of the rows, it
// looks at ranges only, since the data tests follow the load.
func CreateTables(ctx context.Context, db *sql.DB) error {
	isUsed, err := exists(ctx, db, `select 1 from system.main.pragma_database_size() where total_blocks > 0
		union all select 1 from system.main.duckdb_tables() limit 1`)
	if err != nil {
		return err
	}
	if isUsed {
		return checkEach(ctx, db, checkVersion, checkCatalog, checkRanges)
	}
	schema := read("schema.sql") + fmt.Sprintf("insert into schema_version values (%d);", Version)
	if _, err := db.ExecContext(ctx, "begin transaction;"+schema+"commit;"); err != nil {
		return fmt.Errorf("schema.sql: %w", err)
	}
	return nil
}

// checkVersion fails if the database is not a census, or one of another schema
// version.
func checkVersion(ctx context.Context, db *sql.DB) error {
	isCensus, err := exists(ctx, db, `select 1 from system.main.duckdb_tables()
		where table_name = 'schema_version' and not temporary and sql = 'CREATE TABLE schema_version("version" INTEGER NOT NULL);'`)
	if err != nil {
		return err
	}
	if !isCensus {
		return errNoCensus
	}
	rows, err := db.QueryContext(ctx, "select version from schema_version limit 2")
	if err != nil {
		return err
	}
	defer rows.Close()
	var versions []int
	for rows.Next() {
		var version int
		if err := rows.Scan(&version); err != nil {
			return err
		}
		versions = append(versions, version)
	}
	switch {
	case rows.Err() != nil:
		return rows.Err()
	case len(versions) != 1:
		return errNoCensus
	case versions[0] != Version:
		return fmt.Errorf("schema version %d, this iamcensus reads %d: use the iamcensus that created it, or ingest into a new file", versions[0], Version)
	}
	return nil
}

// exists reports whether a query returns a row.
func exists(ctx context.Context, db *sql.DB, query string) (bool, error) {
	var one int
	err := db.QueryRowContext(ctx, query).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
