// Package ingest turns the records of snapshots into rows of DuckDB.
//
// Load goes one way: a walk finds the files, several readers parse them side
// by side, one writer takes their results in the order of the walk and hands
// them to DuckDB as Arrow record batches, some files to a transaction. The
// order makes ids and decisions the same on every machine; the ledger in
// source_file makes a second load of the same files a no-op and lets a load
// that was cut off go on where it stood.
//
// normalize.go holds what is decided about a record before it is a row, as
// pure functions: whose it is, and what in it cannot be. batch.go fills the
// Arrow builders, whose columns are those of schema.sql; memory.go is where
// these lie. known.go is what the database already holds.
package ingest
