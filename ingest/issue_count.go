package ingest

import (
	"context"
	"database/sql"
	"fmt"

	"iamcensus/engine"
)

// CountIssues counts the issues of all files in the database, whichever run
// found them, and those between files. It creates the views that it reads as
// temporary ones: somebody else may have changed those in the database.
func CountIssues(ctx context.Context, db *sql.DB) (n int64, err error) {
	if err := engine.CreateViews(ctx, db, engine.Choices{Temp: true}); err != nil {
		return 0, err
	}
	if err := db.QueryRowContext(ctx, "select coalesce(sum(n_issues), 0)::bigint from mart_issue").Scan(&n); err != nil {
		return 0, fmt.Errorf("count the issues: %w", err)
	}
	return n, nil
}
