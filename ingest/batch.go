package ingest

import (
	"context"

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
	columns []array.Builder // a word's is that of its code
	at      int             // next column
	rows    int             // complete ones
	room    int             // rows for which the columns have memory
}

// newTable asks DuckDB which columns the table has.
func newTable(ctx context.Context, conn *duckdb.Arrow, name string) (*table, error) {
	reader, err := conn.QueryContext(ctx, "select * from "+name+" limit 0")
	if err != nil {
		return nil, err
	}
	defer reader.Release()
	t := &table{name: name, schema: reader.Schema()}
	for _, field := range t.schema.Fields() {
		kind := field.Type
		if words, ok := kind.(*arrow.DictionaryType); ok {
			kind = words.IndexType
		}
		t.columns = append(t.columns, array.NewBuilder(memory, kind))
	}
	return t, nil
}

// next is the column of the next cell, with room for it: all but texts, whose
// length nobody knows before, are appended without another look.
func (t *table) next() array.Builder {
	if t.rows == t.room {
		t.grow()
	}
	column := t.columns[t.at]
	if t.at++; t.at == len(t.columns) {
		t.at = 0
		t.rows++
	}
	return column
}

func (t *table) grow() {
	t.room = max(1024, 2*t.room)
	for _, column := range t.columns {
		column.Reserve(t.room - t.rows)
	}
}

func (t *table) null() {
	switch column := t.next().(type) {
	case *array.StringBuilder:
		column.AppendNull() // an offset, too
	default:
		column.UnsafeAppendBoolToBitmap(false)
	}
}

func (t *table) tiny(v int)     { t.next().(*array.Int8Builder).UnsafeAppend(int8(v)) }
func (t *table) integer(v int)  { t.next().(*array.Int32Builder).UnsafeAppend(int32(v)) }
func (t *table) bigint(v int64) { t.next().(*array.Int64Builder).UnsafeAppend(v) }
func (t *table) hash(v uint64)  { t.next().(*array.Uint64Builder).UnsafeAppend(v) }
func (t *table) text(s string)  { t.next().(*array.StringBuilder).Append(s) }
func (t *table) boolean(v bool) { t.next().(*array.BooleanBuilder).UnsafeAppend(v) }
func (t *table) moment(at int64) {
	t.next().(*array.TimestampBuilder).UnsafeAppend(arrow.Timestamp(at))
}

// textOrNull writes NULL for the empty string.
func (t *table) textOrNull(s string) {
	if s == "" {
		t.null()
		return
	}
	t.text(s)
}

func (t *table) time(v snapshots.Time) {
	if v.Known() {
		t.moment(v.Unix)
		return
	}
	t.null()
}

// word writes what stood in place of a time, and NULL if nothing is known.
func (t *table) word(w snapshots.MissingReason) {
	if w == snapshots.Present || w == snapshots.NotGiven {
		t.null()
		return
	}
	t.next().(*array.Uint8Builder).UnsafeAppend(uint8(w - snapshots.Empty))
}

func (t *table) flag(f snapshots.Flag) {
	if f == snapshots.Unknown {
		t.null()
		return
	}
	t.boolean(f == snapshots.Yes)
}

// take gives the gathered rows, and begins anew.
func (t *table) take() tableRows {
	cells := make([]arrow.Array, len(t.columns))
	for i, column := range t.columns {
		cells[i] = column.NewArray()
		if kind, ok := t.schema.Field(i).Type.(*arrow.DictionaryType); ok {
			codes := cells[i]
			cells[i] = array.NewDictionaryArray(kind, codes, words)
			codes.Release()
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

// words are the words by their codes: the enum of schema.sql.
var words = func() arrow.Array {
	b := array.NewStringBuilder(memory)
	defer b.Release()
	for w := snapshots.Empty; w <= snapshots.NotSupported; w++ {
		b.Append(w.String())
	}
	return b.NewArray()
}()
