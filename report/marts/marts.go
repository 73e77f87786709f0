// Package marts runs queries over the marts through database/sql. It knows
// neither the schema nor the engine.
package marts

import (
	"context"
	"database/sql"
	"fmt"

	"iamcensus/report/text"
)

// Scan copies the columns of the current row into variables, as
// sql.Rows.Scan does.
type Scan func(to ...any) error

// Reader runs queries until one fails. Err is the error of that query; the
// queries after it do nothing.
type Reader struct {
	ctx context.Context
	db  *sql.DB
	Err error
}

// NewReader returns a Reader of a database.
func NewReader(ctx context.Context, db *sql.DB) *Reader { return &Reader{ctx: ctx, db: db} }

// Each calls visit for each row of a query, in order. The args fill $1, $2, ...
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
		if err := visit(shortened(rows.Scan)); err != nil {
			return err
		}
	}
	return rows.Err()
}

// maxText is the number of characters that a document has of a text.
const maxText = 1000

// shortened cuts texts that are longer.
func shortened(scan Scan) Scan {
	return func(to ...any) error {
		err := scan(to...)
		for _, x := range to {
			switch s := x.(type) {
			case *string:
				*s = text.Shorten(*s, maxText)
			case *sql.NullString:
				s.String = text.Shorten(s.String, maxText)
			}
		}
		return err
	}
}

// One reads a query of one row.
func (r *Reader) One(query string, to ...any) {
	r.Each(query, func(scan Scan) error { return scan(to...) })
}
