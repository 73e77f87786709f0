package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"unicode/utf8"

	"iamcensus/engine"
)

// openDatabase opens a census: a DuckDB file, or for "" a database in memory.
// SQL in it can reach neither files nor the network.
func openDatabase(ctx context.Context, path string, mode engine.Mode) (*sql.DB, error) {
	userMask() // what DuckDB writes is private
	if err := checkPath(path, mode); err != nil {
		return nil, err
	}
	if mode == engine.ReadWrite && path != "" {
		if err := createDatabase(ctx, path); err != nil {
			return nil, fmt.Errorf("database %s: %w", path, err)
		}
	}
	unfinishedUntil(engine.TempFolder(path, mode)) // until the end
	db, err := connect(ctx, path, mode)
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

// checkPath refuses what DuckDB would not take as the file of this name, or wait
// for.
func checkPath(path string, mode engine.Mode) error {
	switch {
	case path == ":memory:" && mode == engine.ReadWrite:
		return usage(errors.New("database :memory: would be lost: name a file, or use iamcensus run"))
	case strings.Contains(path, "?") || !utf8.ValidString(path):
		return usage(fmt.Errorf("database %s: DuckDB needs a path in UTF-8 without question marks: choose another one", path))
	}
	for _, name := range []string{path, path + ".wal"} {
		switch info, err := os.Stat(name); {
		case path == "" || err != nil || info.Mode().IsRegular():
		case info.IsDir():
			return fmt.Errorf("database %s: %w", path, syscall.EISDIR)
		default:
			return fmt.Errorf("database %s: %s is not a regular file: choose another path", path, name)
		}
	}
	if _, err := os.Stat(path); mode == engine.ReadOnly && errors.Is(err, fs.ErrNotExist) {
		return usage(fmt.Errorf("database %s does not exist: create it with iamcensus ingest DIR --db %s", path, path))
	}
	return nil
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

// createDatabase writes an empty database to a new file, an empty one, or one
// whose creation was interrupted. A file that was there keeps its mode and owner.
// DuckDB does not do it, since it would truncate a file that another process has
// just created.
func createDatabase(ctx context.Context, path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NONBLOCK, 0o600)
	if err != nil {
		return err
	}
	defer file.Close() // after it DuckDB can lock the file
	if !isUnfinished(file) {
		return nil
	}
	lock := syscall.Flock_t{Type: syscall.F_WRLCK} // as DuckDB's
	if syscall.FcntlFlock(file.Fd(), syscall.F_SETLK, &lock) != nil || !isUnfinished(file) {
		return nil // another process creates it; DuckDB says which
	}
	empty, err := emptyDatabase(ctx)
	if err == nil {
		err = file.Truncate(0)
	}
	if err == nil {
		_, err = file.WriteAt(empty, 0)
	}
	if err != nil {
		return errors.Join(err, file.Truncate(0))
	}
	return nil
}

// isUnfinished reports whether the creation of a file was interrupted before
// any data was in it. DuckDB writes three headers of 4096 bytes first, does not
// open a file with fewer, and writes to a .wal only later.
func isUnfinished(file *os.File) bool {
	if _, err := os.Stat(file.Name() + ".wal"); err == nil {
		return false
	}
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() >= 3*4096 {
		return false
	}
	begin := make([]byte, 4096)
	n, err := file.ReadAt(begin, 0)
	return n == 0 && errors.Is(err, io.EOF) || err == nil && hasMagic(begin)
}

// emptyDatabase are the bytes of a new database.
func emptyDatabase(ctx context.Context) ([]byte, error) {
	folder, err := os.MkdirTemp("", "iamcensus-*")
	if err != nil {
		return nil, err
	}
	defer unfinishedUntil(folder)()
	path := filepath.Join(folder, "empty")
	db, err := connect(ctx, path, engine.ReadWrite)
	if err == nil {
		err = db.Close()
	}
	data, reading := os.ReadFile(path)
	return data, errors.Join(err, reading, os.RemoveAll(folder))
}

// isDatabase reports whether a file is a DuckDB database.
func isDatabase(path string) bool {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0) // it may be a pipe
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
