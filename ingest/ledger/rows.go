package ledger

import (
	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// Rows are some rows of a query, column by column. Columns count from 0 and
// hold no NULL. Numbers and Booleans are valid until the visit of the rows
// ends; texts are copies.
type Rows struct{ arrow.RecordBatch }

// Int32s are the numbers of a column.
func (r Rows) Int32s(column int) []int32 { return r.Column(column).(*array.Int32).Int32Values() }

// Int64s are the numbers of a column.
func (r Rows) Int64s(column int) []int64 { return r.Column(column).(*array.Int64).Int64Values() }

// Uint64s are the numbers of a column.
func (r Rows) Uint64s(column int) []uint64 { return r.Column(column).(*array.Uint64).Uint64Values() }

// Bools are bits, to be read by Value.
func (r Rows) Bools(column int) *array.Boolean { return r.Column(column).(*array.Boolean) }

// Texts copies a whole column out of C's memory at once.
func (r Rows) Texts(column int) []string {
	c := r.Column(column).(*array.String)
	all := string(c.ValueBytes())
	texts := make([]string, c.Len())
	for i := range texts {
		n := c.ValueLen(i)
		texts[i], all = all[:n], all[n:]
	}
	return texts
}
