package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Version is the version of schema.sql. A database with another one is refused.
const Version = 5

// CreateTables creates the base tables in a database that has none, and refuses
// a database whose tables have another version.
func CreateTables(ctx context.Context, db *sql.DB) error {
	var exists bool
	err := db.QueryRowContext(ctx, "select count(*) > 0 from information_schema.tables where table_name = 'schema_version'").Scan(&exists)
	if err != nil {
		return err
	}
	if exists {
		return CheckVersion(ctx, db)
	}
	schema := read("schema.sql") + fmt.Sprintf("insert into schema_version values (%d);", Version)
	if _, err := db.ExecContext(ctx, "begin transaction;"+schema+"commit;"); err != nil {
		return fmt.Errorf("schema.sql: %w", err)
	}
	return nil
}

// CheckVersion fails if the database is not a census, or one of another schema
// version.
func CheckVersion(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "select max(version) from schema_version").Scan(&version); err != nil {
		return errors.New("not a census database: create one with iamcensus ingest DIR --db FILE")
	}
	if version != Version {
		return fmt.Errorf("schema version %d, this iamcensus reads %d: use the iamcensus that created it, or ingest into a new file", version, Version)
	}
	return nil
}
