package engine

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// Pin names the files that a report was made from, so that a database with more
// files gives the same report again. The zero value names all files.
type Pin struct {
	Files         int64     // their number
	CapturedUntil time.Time // of the newest snapshot or document
	SHA256        string    // of the files, as in mart_ledger
}

// conditions select the pinned files in two ways: ids say which files came first
// into a database, times say which are newer in a folder that is loaded again.
func (p Pin) conditions() []string {
	later := "captured_at > timestamp '" + p.CapturedUntil.UTC().Format(time.DateTime) + "'"
	return []string{
		fmt.Sprintf("file_id in (select file_id from source_file order by file_id limit %d)", p.Files),
		fmt.Sprintf("file_id not in (select file_id from snapshot where %[1]s union all select file_id from document where %[1]s)", later),
	}
}

// pin hides the other files from the views. It hides nothing if the database
// does not hold the pinned files.
func pin(ctx context.Context, db *sql.DB, p Pin) error {
	if p.SHA256 == "" {
		return nil
	}
	for _, condition := range p.conditions() {
		if err := execute(ctx, db, "create or replace temp table pinned_file as select file_id, sha256 from source_file where "+condition); err != nil {
			return err
		}
		var sum sql.NullString
		if err := db.QueryRowContext(ctx, "select sha256(string_agg(sha256, ',' order by sha256)) from pinned_file").Scan(&sum); err != nil {
			return err
		}
		if sum.String == p.SHA256 {
			return hideOthers(ctx, db)
		}
	}
	return nil
}

// hideOthers creates temporary views with the names of the base tables, over
// the rows of pinned_file. Tables that are not here belong to one of these.
func hideOthers(ctx context.Context, db *sql.DB) error {
	var schema string
	if err := db.QueryRowContext(ctx, `select '"' || replace(current_database(), '"', '""') || '".main.'`).Scan(&schema); err != nil {
		return err
	}
	hide := func(table, condition string) string {
		return "create or replace temp view " + table + " as select * from " + schema + table + " where " + condition
	}
	var statements []string
	for _, table := range []string{"source_file", "ingest_issue", "account_expectation", "snapshot", "document"} {
		statements = append(statements, hide(table, "file_id in (select file_id from pinned_file)"))
	}
	return execute(ctx, db, append(statements,
		hide("organization", "org_id in (select org_id from snapshot union all select org_id from document union all select org_id from account_expectation)"),
		hide("account", "exists (select 1 from snapshot s where s.org_id = account.org_id and s.account_id = account.account_id)"+
			" or exists (select 1 from document d where d.org_id = account.org_id and d.account_id = account.account_id)"))...)
}
