package engine

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// loadSettings hold while rows come in.
//
// Each commit is a checkpoint, so that a file shows it whole or not at all:
// DuckDB 1.5.6, if killed while it writes a commit to its log, can leave a part
// of it (https://github.com/duckdb/duckdb/pull/25931).
// With one thread of DuckDB beside the readers, rows fill row groups completely
// and no thread waits for another by spinning. A row group is written when it is
// full, not when five are, so that a commit is short.
const (
	loadSettings = `set checkpoint_threshold = '0 bytes'; set auto_checkpoint_skip_wal_threshold = 0;
	set threads = 1; set write_buffer_row_group_count = 1`
	resetLoadSettings = `reset checkpoint_threshold; reset auto_checkpoint_skip_wal_threshold;
	reset write_buffer_row_group_count; set threads = %d`
)

// Load holds DuckDB's settings for loading.
type Load struct {
	run         func(statement string) error
	threads     int    // before the load
	memoryLimit string // before the load; "" for a database in memory, whose blocks are nowhere else
}

// BeginLoad sets DuckDB up for loading. Statements run through run, on the
// connection conn.
func BeginLoad(ctx context.Context, conn *sql.Conn, run func(statement string) error) (*Load, error) {
	l := &Load{run: run}
	err := conn.QueryRowContext(ctx, `select current_setting('threads'),
			case when count(path) > 0 then current_setting('memory_limit') else '' end
		from duckdb_databases() where not internal`).Scan(&l.threads, &l.memoryLimit)
	return l, errors.Join(err, run(loadSettings))
}

// End leaves DuckDB as it was before BeginLoad.
func (l *Load) End() error { return l.run(fmt.Sprintf(resetLoadSettings, l.threads)) }

// ReleaseBlocks makes DuckDB drop the blocks that it caches after a commit;
// else its memory would grow with the database. A low limit throughout the load
// would not do: a row larger than the limit fails.
func (l *Load) ReleaseBlocks() error {
	if l.memoryLimit == "" {
		return nil
	}
	_ = l.run("set memory_limit = '1MB'") // drops all it can, then fails because more is in use
	return l.run("set memory_limit = '" + l.memoryLimit + "'")
}
