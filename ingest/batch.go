package ingest

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
	"github.com/duckdb/duckdb-go/v2"

	"iamcensus/snapshots"
)

// memory holds the batches. It is C's, since C reads them.
var memory = mallocator.NewMallocator()

// table gathers rows of one table as an Arrow record batch. A row is written
// cell by cell, in the order of the columns in schema.sql.
type table struct {
	name    string
	builder *array.RecordBuilder
	at      int // next column
	rows    int // complete ones
}

// newTable asks DuckDB which columns the table has.
func newTable(ctx context.Context, conn *duckdb.Arrow, name string) (*table, error) {
	reader, err := conn.QueryContext(ctx, "select * from "+name+" limit 0")
	if err != nil {
		return nil, err
	}
	defer reader.Release()
	return &table{name: name, builder: array.NewRecordBuilder(memory, reader.Schema())}, nil
}

func (t *table) next() array.Builder {
	field := t.builder.Field(t.at)
	if t.at++; t.at == len(t.builder.Fields()) {
		t.at = 0
		t.rows++
	}
	return field
}

func (t *table) null()         { t.next().AppendNull() }
func (t *table) tiny(v int)    { t.next().(*array.Int8Builder).Append(int8(v)) }
func (t *table) integer(v int) { t.next().(*array.Int32Builder).Append(int32(v)) }
func (t *table) bigint(v int64) {
	t.next().(*array.Int64Builder).Append(v)
}

func (t *table) text(s string) { t.next().(*array.StringBuilder).Append(s) }

// textOrNull writes NULL for the empty string.
func (t *table) textOrNull(s string) {
	if s == "" {
		t.null()
		return
	}
	t.text(s)
}

// moment writes seconds since 1970.
func (t *table) moment(unix int64) { t.micros(unix * 1_000_000) }

func (t *table) micros(unix int64) {
	t.next().(*array.TimestampBuilder).Append(arrow.Timestamp(unix))
}

func (t *table) time(v snapshots.Time) {
	if v.Known() {
		t.moment(v.Unix)
		return
	}
	t.null()
}

// word writes what stood in place of a time, and NULL if nothing is known.
func (t *table) word(w snapshots.Word) {
	if w == snapshots.At || w == snapshots.Unknown {
		t.null()
		return
	}
	t.text(w.String())
}

func (t *table) boolean(v bool) { t.next().(*array.BooleanBuilder).Append(v) }

func (t *table) flag(f snapshots.Flag) {
	if f == snapshots.Maybe {
		t.null()
		return
	}
	t.boolean(f == snapshots.Yes)
}

// take gives the gathered rows, and begins anew.
func (t *table) take() tableRows {
	t.rows = 0
	return tableRows{t.name, t.builder.NewRecordBatch()}
}
