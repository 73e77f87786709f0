// Package marts reads rows of the marts. It knows database/sql and no schema.
package marts

import (
	"context"
	"database/sql"
	"fmt"
)

// Scan reads the current row into variables, as sql.Rows.Scan does.
type Scan func(to ...any) error

// Reader runs queries until one fails. Err is the error of that one.
type Reader struct {
	ctx context.Context
	db  *sql.DB
	Err error
}

// NewReader gives a Reader of the database.
func NewReader(ctx context.Context, db *sql.DB) *Reader { return &Reader{ctx: ctx, db: db} }

// Each visits the rows of a query in their order.
func (r *Reader) Each(query string, visit func(Scan) error, args ...any) {
	if r.Err != nil {
		return
	}
	if err := r.each(query, visit, args); err != nil {
		r.Err = fmt.Errorf("%w in\n%s", err, query)
	}
}

func (r *Reader) each(query string, visit func(Scan) error, args []any) error {
	rows, err := r.db.QueryContext(r.ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// One reads the single row of a query.
func (r *Reader) One(query string, to ...any) {
	r.Each(query, func(scan Scan) error { return scan(to...) })
}
