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

// What data tests check, which decides when they run: the tables after every
// load, the figures whenever they are computed, since that takes longer than
// most loads.
const (
	Tables  = "tests/tables"
	Figures = "tests/figures"
)

// Test runs the data tests of Tables or Figures. A row that one returns is an
// inconsistency in the database.
func Test(ctx context.Context, db *sql.DB, of string) ([]Failure, error) {
	var failures []Failure
	for _, test := range Views(of) {
		rows, err := failing(ctx, db, test.Query)
		if err != nil {
			return nil, fmt.Errorf("data test %s: %w", test.Name, err)
		}
		for _, row := range rows {
			failures = append(failures, Failure{of + "/" + test.Name, row})
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
