package ingest

import (
	"context"
	"database/sql"
	"fmt"
)

// CountIssues counts the issues of all files in the database, whichever run
// found them.
func CountIssues(ctx context.Context, db *sql.DB) (n int64, err error) {
	if err := db.QueryRowContext(ctx, "select count(*) from ingest_issue").Scan(&n); err != nil {
		return 0, fmt.Errorf("count the issues: %w", err)
	}
	return n, nil
}
