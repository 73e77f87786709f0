package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"iamcensus/engine"
)

// openDatabase opens a census: a DuckDB file, or for "" a database in memory.
// SQL in it can reach neither files nor the network.
func openDatabase(ctx context.Context, path string, mode engine.Mode) (*sql.DB, error) {
	if mode == engine.ReadOnly {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, usage(fmt.Errorf("database %s does not exist: create it with iamcensus ingest DIR --db %s", path, path))
		}
	}
	db, err := connect(ctx, path, mode)
	if err != nil && mode == engine.ReadWrite && isUnfinished(path, err) && os.Remove(path) == nil {
		db, err = connect(ctx, path, mode)
	}
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", path, err)
	}
	if mode == engine.ReadWrite {
		err = engine.CreateTables(ctx, db)
	} else {
		err = engine.Check(ctx, db)
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
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// isUnfinished reports whether the creation of a file was interrupted before
// any data was in it. DuckDB writes three headers of 4096 bytes first, does not
// open a file with fewer, and writes to a .wal only later.
func isUnfinished(path string, opening error) bool {
	if strings.Contains(opening.Error(), "Could not set lock") {
		return false // another process is creating it
	}
	if _, err := os.Stat(path + ".wal"); err == nil {
		return false
	}
	info, err := os.Lstat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() >= 3*4096 {
		return false
	}
	begin, err := os.ReadFile(path)
	return err == nil && (len(begin) == 0 || len(begin) >= 4096 && hasMagic(begin))
}

// isDatabase reports whether a file is a DuckDB database.
func isDatabase(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	begin := make([]byte, 12)
	_, err = io.ReadFull(file, begin)
	return err == nil && hasMagic(begin)
}

// hasMagic takes the first 12 bytes of a file or more.
func hasMagic(begin []byte) bool { return string(begin[8:12]) == "DUCK" }

// settle moves what is committed from FILE.wal into FILE, so that FILE alone
// is the database. Closing does that too, but without reporting a failure.
func settle(ctx context.Context, db *sql.DB, path string) error {
	if _, err := db.ExecContext(ctx, "checkpoint"); err != nil {
		return fmt.Errorf("database %s: everything is loaded, but a part is still in %s.wal: %w", path, path, err)
	}
	return nil
}
