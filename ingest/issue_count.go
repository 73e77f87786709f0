package ingest

import (
	"context"
	"database/sql"
	"fmt"
)

// CountIssues counts the issues of all files in the database, whichever run
// found them, and those between files. It needs the views.
func CountIssues(ctx context.Context, db *sql.DB) (n int64, err error) {
	if err := db.QueryRowContext(ctx, "select coalesce(sum(n_issues), 0)::bigint from mart_issue").Scan(&n); err != nil {
		return 0, fmt.Errorf("count the issues: %w", err)
	}
	return n, nil
}
