package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/engine"
	"io/fs"
	"os"
	"strings"
)

// openDatabase opens a DuckDB file, or a database in memory for "". Nothing in
// the database can reach files or the network.
func openDatabase(ctx context.Context, path string, mode engine.Mode) (*sql.DB, error) {
	if mode == engine.ReadOnly {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("database %s: there is no such file: make it with iamcensus ingest DIR --db %s", path, path)
		}
	}
	db, err := connect(ctx, path, mode)
	if err != nil && mode == engine.ReadWrite && unfinished(path, err) && os.Remove(path) == nil {
		db, err = connect(ctx, path, mode)
	}
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	if mode == engine.ReadWrite {
		err = engine.CreateTables(ctx, db)
	} else {
		err = engine.CheckVersion(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), db.Close())
	}
	return db, nil
}

func connect(ctx context.Context, path string, mode engine.Mode) (*sql.DB, error) {
	db, err := engine.Open(path, mode)
	if err != nil {
		return nil, err
	}
	return db, db.PingContext(ctx)
}

// unfinished tells a file whose making was cut off before anything could be in
// it: DuckDB begins with three headers of 4096 bytes, opens no file that has
// fewer, and writes to a .wal only later.
func unfinished(path string, opening error) bool {
	if strings.Contains(opening.Error(), "Could not set lock") {
		return false // somebody is at it
	}
	if _, err := os.Stat(path + ".wal"); err == nil {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() >= 3*4096 {
		return false
	}
	begin, err := os.ReadFile(path)
	return err == nil && (len(begin) == 0 || len(begin) >= 4096 && string(begin[8:12]) == "DUCK")
}

// settle moves what is committed from FILE.wal into FILE, so that FILE alone
// is the database. Closing does that too, but says nothing when it fails.
func settle(ctx context.Context, db *sql.DB, path string) error {
	if _, err := db.ExecContext(ctx, "checkpoint"); err != nil {
		return fmt.Errorf("database %s: all is loaded, but a part is still in %s.wal: %w", path, path, err)
	}
	return nil
}
