package engine

import (
	"database/sql"
	"errors"
	"net/url"

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
