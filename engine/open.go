package engine

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"

	"github.com/duckdb/duckdb-go/v2"
)

// Mode is what may be done to a database.
type Mode string

const (
	ReadOnly  Mode = "read_only"
	ReadWrite Mode = "read_write"
)

// Open opens a DuckDB file, or a database in memory for the path "". SQL in it
// can reach neither files nor the network. It holds one connection, since
// temporary views live in a connection.
func Open(path string, mode Mode) (*sql.DB, error) {
	settings := url.Values{
		"default_block_size":           {"65536"}, // a quarter of DuckDB's default: a small census has few rows per column
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"enable_external_access":       {"false"},
	}
	if path != "" {
		settings.Set("access_mode", string(mode))
	}
	db, err := sql.Open("duckdb", path+"?"+settings.Encode())
	if err != nil {
		return nil, withoutPreamble(err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// withoutPreamble is DuckDB's error without the words of the driver.
func withoutPreamble(err error) error {
	var reason *duckdb.Error
	if errors.As(err, &reason) {
		return reason
	}
	return err
}

// BeginLoad sets DuckDB up for a load.
//
// Each commit is a checkpoint, so that a file shows it whole or not at all:
// DuckDB 1.5.6, if killed while it writes a commit to its log, can leave a part
// of it (https://github.com/duckdb/duckdb/pull/25931).
// With one thread of DuckDB beside the readers, rows fill row groups completely
// and no thread waits for another by spinning. A row group is written when it is
// full, not when five are, so that a commit is short.
const BeginLoad = `set checkpoint_threshold = '0 bytes'; set auto_checkpoint_skip_wal_threshold = 0;
	set threads = 1; set write_buffer_row_group_count = 1`

// EndLoad undoes BeginLoad; threads is what DuckDB had before.
func EndLoad(threads int) string {
	return fmt.Sprintf(`reset checkpoint_threshold; reset auto_checkpoint_skip_wal_threshold;
	reset write_buffer_row_group_count; set threads = %d`, threads)
}

// ReleaseMemory frees the blocks that DuckDB caches after a commit, which would
// grow with the database. It fails if more is in use, but frees what it can;
// RestoreMemory must follow.
const ReleaseMemory = "set memory_limit = '1MB'"

// RestoreMemory sets the limit back to what it was, such as 6.2 GiB.
func RestoreMemory(limit string) string { return "set memory_limit = '" + limit + "'" }
