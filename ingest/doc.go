// Package ingest reads snapshots into tables of DuckDB.
//
// Load is a pipeline (pipeline.go). The ledger walks through folders and
// archives and skips what has not changed; several readers parse files side by
// side (readers.go, read.go); one goroutine turns their results into rows, in
// the order of the walk, so that ids and decisions are the same on every machine;
// one connection stores the rows (store.go), some files to a transaction. A load
// that was interrupted goes on where it stopped.
//
// A large file is handed on in parts while it is read (parts.go), and its rows go to
// the database in a transaction of their own: a file is loaded whole or not at all.
// Times that AWS cannot have written become unknown (plausible.go). The issues of a
// file are bounded (issues.go). What a changed file replaces, and what the database
// said of files that are gone, is removed (replaced.go).
//
// A reader decides which account a batch of users or a document belongs to, and
// when it was captured (identity.go), and reports what cannot be true of a user
// (check.go). Of two files about one account and time the first is loaded
// (rows_user.go), so a load knows the snapshots in the database (existing.go).
//
// Rows are Arrow record batches (arrow.go), whose columns are those of
// sql/schema.sql. rows.go writes what every file has, rows_user.go and
// rows_document.go what is in it.
//
// Inspect reads files in the same way, without a database.
//
// Fast paths are in files of their own: memory.go reuses the memory of columns,
// names.go sets of user names.
package ingest
