package engine

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/duckdb/duckdb-go/v2"
)

// Mode is what may be done to a database.
type Mode string

// The two modes.
const (
	ReadOnly  Mode = "read_only"
	ReadWrite Mode = "read_write"
)

// Open opens a DuckDB file, or a database in memory for the path "". SQL in it
// can reach neither files nor the network. It holds one connection, since
// temporary views live in a connection. The path names a file whatever it
// begins with; only a ? is an error, since DuckDB splits paths there.
func Open(path string, mode Mode) (*sql.DB, error) {
	settings := url.Values{
		"default_block_size":           {"65536"}, // a quarter of DuckDB's default: a small census has few rows per column
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
	}
	connector, err := duckdb.NewConnector("?"+settings.Encode(), func(conn driver.ExecerContext) error {
		for _, statement := range attach(path, mode) {
			if _, err := conn.ExecContext(context.Background(), statement, nil); err != nil {
				return withoutPreamble(err)
			}
		}
		return nil
	})
	if err != nil {
		return nil, withoutPreamble(err)
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(1)
	return db, nil
}

// attach are the statements that open a file. The driver takes it as a URL if
// it is the name of its database, and would read settings out of it.
func attach(path string, mode Mode) []string {
	statements := []string{"set temp_directory = " + quote(TempFolder(path, mode))}
	if path != "" {
		statements = append(statements, fmt.Sprintf("attach if not exists %s as census (type duckdb, %s)", quote(plain(path)), mode), "use census")
	}
	return append(statements, "set enable_external_access = false")
}

// plain writes a path so that it has no scheme, home folder or :memory:.
func plain(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return "./" + path
}

// TempFolder is where DuckDB puts what does not fit into memory. It exists only
// then, and until the database is closed. The one writer of a file uses the same
// folder each time, which removes what a killed one left.
func TempFolder(path string, mode Mode) string {
	switch {
	case path == "":
		return filepath.Join(os.TempDir(), "iamcensus-"+unique())
	case mode == ReadWrite:
		return plain(path) + ".tmp"
	}
	return plain(path) + ".tmp-" + unique()
}

// unique tells the folders of this process from those of others.
var unique = sync.OnceValue(rand.Text)

// withoutPreamble is DuckDB's error without the words of the driver.
func withoutPreamble(err error) error {
	var reason *duckdb.Error
	if errors.As(err, &reason) {
		return reason
	}
	return err
}
