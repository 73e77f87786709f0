package main

import (
	"context"
	"slices"
)

// input is hostile: files, or a database.
type input struct {
	name      string
	write     func(dir string, size int) error            // about size bytes, unpacked
	reference bool                                        // not hostile: what others are compared with
	packed    bool                                        // what is written is a part of size
	flags     []string                                    // of ingest
	during    func(ctx context.Context, dir string) error // runs beside each command, until the context ends
	sql       string                                      // instead of write: what changes the harmless database
}

// inputs are all hostile inputs, in the order of the table.
var inputs = slices.Concat(tables, documents, policies, parquets, archives, folders, databases)

// Names in the folder of an input.
const (
	data     = "data"
	database = "census.duckdb"
)

// The account of the harmless file, which each input is loaded beside, and the
// account of the files that a folder's links lead to.
const (
	goodAccount    = "999988887777"
	foreignAccount = "666655554444"
)

var harmless = input{name: "harmless", reference: true, write: func(dir string, _ int) error {
	return writeFile(dir, "2021-01-24/good/"+goodAccount+"/credential_report.csv", func(w *writer) {
		w.text(standardHeader)
		w.text(standardRow(goodAccount, "alice"))
	})
}}

// emptied is the database of harmless without the rows of the load, but with the views.
var emptied = input{name: "emptied", reference: true, sql: "delete from ingest_run; delete from ingest_issue; delete from source_file; delete from organization; " +
	"delete from account; delete from snapshot; delete from iam_user; delete from user_arn; delete from access_key; delete from key_use"}

// plain is what AWS writes, in accounts of 5,000 users.
var plain = input{name: "plain", reference: true, write: func(dir string, size int) error {
	for account := 0; size > 0; account++ {
		id := accountID(account)
		err := writeFile(dir, "2021-01-24/plain/"+id+"/credential_report.csv", func(w *writer) {
			w.text(standardHeader)
			for n := 0; n < 5000 && w.written < size; n++ {
				w.text(standardRow(id, number("user-", n)))
			}
			size -= w.written
		})
		if err != nil {
			return err
		}
	}
	return nil
}}
