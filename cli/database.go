package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"strings"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"

	views "iamcensus/sql"
)

type access string

const (
	readOnly  access = "read_only"
	readWrite access = "read_write"
)

// openDatabase opens a DuckDB file, or a database in memory for "". It holds
// one connection, since views for one reader live in it. Nothing in the
// database can reach files or the network.
func openDatabase(ctx context.Context, path string, mode access) (*sql.DB, error) {
	if mode == readOnly {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("database %s: there is no such file: make it with iamcensus ingest DIR --db %s", path, path)
		}
	}
	options := url.Values{}
	options.Set("autoinstall_known_extensions", "false")
	options.Set("autoload_known_extensions", "false")
	options.Set("enable_external_access", "false")
	if path != "" {
		options.Set("access_mode", string(mode))
	}
	db, err := sql.Open("duckdb", path+"?"+options.Encode())
	if err == nil {
		db.SetMaxOpenConns(1)
		err = db.PingContext(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("database %s: %w%s", path, err, remedy(err))
	}
	if mode == readWrite {
		err = views.CreateTables(ctx, db)
	} else {
		err = views.CheckVersion(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", path, err), db.Close())
	}
	return db, nil
}

// remedy says what to do about an error of opening.
func remedy(err error) string {
	text := err.Error()
	switch {
	case strings.Contains(text, "lock"):
		return "\nanother program has the database open: wait for it, or end it"
	case strings.Contains(text, "not a valid DuckDB database"):
		return "\nname a file that iamcensus ingest made, or one that does not exist yet"
	}
	return ""
}
