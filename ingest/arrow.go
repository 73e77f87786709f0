package ingest

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/duckdb/duckdb-go/v2"

	"iamcensus/snapshots"
)

// table gathers rows of one table as an Arrow record batch. A row is written
// cell by cell, in the order of the columns in schema.sql.
type table struct {
	name    string
	schema  *arrow.Schema
	columns []array.Builder // of a missing reason: that of its index in missingReasons
	next    int             // index of the next column
	rows    int             // complete ones
	room    int             // rows for which the columns have memory
	invalid *bool           // set when a text is not UTF-8
}

// newTable asks DuckDB which columns the table has.
func newTable(ctx context.Context, conn *duckdb.Arrow, name string, invalid *bool) (*table, error) {
	reader, err := conn.QueryContext(ctx, "select * from "+name+" limit 0")
	if err != nil {
		return nil, err
	}
	defer reader.Release()
	t := &table{name: name, schema: reader.Schema(), invalid: invalid}
	for _, field := range t.schema.Fields() {
		kind := field.Type
		if dictionary, ok := kind.(*arrow.DictionaryType); ok {
			kind = dictionary.IndexType
		}
		t.columns = append(t.columns, array.NewBuilder(columnMemory, kind))
	}
	return t, nil
}

// column is that of the next cell. It has room for the cell, so that cells of a
// fixed size are appended without another check.
func (t *table) column() array.Builder {
	if t.rows == t.room {
		t.grow()
	}
	column := t.columns[t.next]
	if t.next++; t.next == len(t.columns) {
		t.next = 0
		t.rows++
	}
	return column
}

// A batch of rows is full when a table has this many, half a row group of DuckDB's, or
// as many bytes of text: fewer cost more time, more cost more memory.
const (
	batchRows  = 61_440
	batchTexts = 16 << 20
)

// fill is how full the table is: 1 is a batch.
func (t *table) fill() float64 {
	most := float64(t.rows) / batchRows
	for _, column := range t.columns {
		if texts, ok := column.(*array.StringBuilder); ok {
			most = max(most, float64(texts.DataLen())/batchTexts)
		}
	}
	return most
}

func (t *table) grow() {
	t.room = max(1024, 2*t.room)
	for _, column := range t.columns {
		column.Reserve(t.room - t.rows)
	}
}

func (t *table) null() {
	switch column := t.column().(type) {
	case *array.StringBuilder:
		column.AppendNull() // it needs an offset too
	default:
		column.UnsafeAppendBoolToBitmap(false)
	}
}

func (t *table) int8(v int)      { t.column().(*array.Int8Builder).UnsafeAppend(int8(v)) }
func (t *table) int32(v int)     { t.column().(*array.Int32Builder).UnsafeAppend(int32(v)) }
func (t *table) int64(v int64)   { t.column().(*array.Int64Builder).UnsafeAppend(v) }
func (t *table) uint64(v uint64) { t.column().(*array.Uint64Builder).UnsafeAppend(v) }
func (t *table) boolean(v bool)  { t.column().(*array.BooleanBuilder).UnsafeAppend(v) }
func (t *table) timestamp(at int64) { // in the unit of the column
	t.column().(*array.TimestampBuilder).UnsafeAppend(arrow.Timestamp(at))
}

// text writes valid UTF-8: every text comes through here, and one that is not would end
// the load.
func (t *table) text(s string) {
	if !utf8.ValidString(s) {
		s = validText(s)
		*t.invalid = true
	}
	t.column().(*array.StringBuilder).Append(s)
}

// validText is a text with U+FFFD in place of bytes that are not UTF-8.
func validText(s string) string { return strings.ToValidUTF8(s, "\ufffd") }

// textOrNull writes NULL for the empty string.
func (t *table) textOrNull(s string) {
	if s == "" {
		t.null()
		return
	}
	t.text(s)
}

// time writes NULL for a missing time.
func (t *table) time(v snapshots.Time) {
	if v.Known() {
		t.timestamp(v.Unix)
		return
	}
	t.null()
}

// missing writes why a time is missing: NULL if it is not, or if nothing is
// known.
func (t *table) missing(m snapshots.MissingReason) {
	if m == snapshots.Present || m == snapshots.NotGiven {
		t.null()
		return
	}
	t.column().(*array.Uint8Builder).UnsafeAppend(uint8(m - snapshots.Empty))
}

// flag writes NULL for Unknown.
func (t *table) flag(f snapshots.Flag) {
	if f == snapshots.Unknown {
		t.null()
		return
	}
	t.boolean(f == snapshots.Yes)
}

// take returns the gathered rows and starts over.
func (t *table) take() tableRows {
	cells := make([]arrow.Array, len(t.columns))
	for i, column := range t.columns {
		cells[i] = column.NewArray()
		if kind, ok := t.schema.Field(i).Type.(*arrow.DictionaryType); ok {
			indices := cells[i]
			cells[i] = array.NewDictionaryArray(kind, indices, missingReasons)
			indices.Release()
		}
	}
	rows := tableRows{t.name, array.NewRecordBatch(t.schema, cells, int64(t.rows))}
	for _, c := range cells {
		c.Release()
	}
	t.rows, t.room = 0, 0
	return rows
}

func (t *table) release() {
	for _, column := range t.columns {
		column.Release()
	}
}

// missingReasons is the dictionary of the enum in schema.sql, in its order.
var missingReasons = func() arrow.Array {
	b := array.NewStringBuilder(columnMemory)
	defer b.Release()
	for m := snapshots.Empty; m <= snapshots.NotSupported; m++ {
		b.Append(m.String())
	}
	return b.NewArray()
}()
