package ingest

import (
	"errors"
	"fmt"
)

// All settings of DuckDB that a load changes are in this file.

// loadSettings hold while rows come in.
//
// Every commit is a checkpoint, which is in the file whole or not at all.
// DuckDB 1.5.6 may recover a part of a commit otherwise: see
// docs/decisions/0007-commits-are-checkpoints.md.
//
// DuckDB works in one thread, beside the readers: then rows fill row groups
// completely, and no core is spent on waiting. A row group is written when it is
// full, not when there are five, so that a commit is short.
const loadSettings = `set checkpoint_threshold = '0 bytes'; set auto_checkpoint_skip_wal_threshold = 0;
	set threads = 1; set write_buffer_row_group_count = 1`

const resetLoadSettings = `reset checkpoint_threshold; reset auto_checkpoint_skip_wal_threshold;
	reset write_buffer_row_group_count; set threads = %d`

// tuning is what was set before the load.
type tuning struct {
	threads     int
	memoryLimit string // "" for a database in memory, whose blocks are nowhere else
}

// tune sets DuckDB up for loading.
func (s *store) tune() error {
	err := s.conn.QueryRowContext(s.ctx, `select current_setting('threads'),
			case when count(path) > 0 then current_setting('memory_limit') else '' end
		from duckdb_databases() where not internal`).Scan(&s.threads, &s.memoryLimit)
	return errors.Join(err, s.run(loadSettings))
}

// resetTuning leaves DuckDB as it was before tune.
func (s *store) resetTuning() error { return s.run(fmt.Sprintf(resetLoadSettings, s.threads)) }

// releaseBlocks makes DuckDB drop the blocks that it keeps after writing them;
// else its memory would grow with the database. A low limit throughout the load
// would not do: a row larger than the limit fails.
func (s *store) releaseBlocks() error {
	if s.memoryLimit == "" {
		return nil
	}
	_ = s.run("set memory_limit = '1MB'") // drops all it can, then fails because more is in use
	return s.run("set memory_limit = '" + s.memoryLimit + "'")
}
