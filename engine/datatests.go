package engine

import (
	"context"
	"database/sql"
	"fmt"
)

// Failure is a row that a data test returned.
type Failure struct {
	Test string // its path in sql/, without .sql
	Row  string
}

// DataTests is the folder of the data tests.
const DataTests = "tests"

// Test runs the data tests of the tables. A row that one returns is an
// inconsistency in the database. Figures that are inconsistent are issues of their
// organization.
func Test(ctx context.Context, db *sql.DB) ([]Failure, error) {
	var failures []Failure
	for _, test := range Views(DataTests) {
		rows, err := failing(ctx, db, test.Query)
		if err != nil {
			return nil, fmt.Errorf("data test %s: %w", test.Name, err)
		}
		for _, row := range rows {
			failures = append(failures, Failure{DataTests + "/" + test.Name, row})
		}
	}
	return failures, nil
}

// failing returns the rows of a data test, each with two columns.
func failing(ctx context.Context, db *sql.DB, query string) ([]string, error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []string
	for rows.Next() {
		var what, which any
		if err := rows.Scan(&what, &which); err != nil {
			return nil, err
		}
		texts = append(texts, fmt.Sprint(what, ": ", which))
	}
	return texts, rows.Err()
}
