package ingest_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory/mallocator"
	"github.com/duckdb/duckdb-go/v2"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// How rows get into DuckDB: the same people by three ways, and nothing else.
// docs/decisions/0001 says what came of it.

// personTable has the kinds of columns that iam_user has.
const personTable = `create type word as enum ('', 'N/A', 'no_information', 'not_supported');
	create table person (user_id bigint not null, snapshot_id integer not null, user_name varchar not null,
		created_at timestamp_s, used_at timestamp_s, changed_at timestamp_s, rotated_at timestamp_s,
		used_word word, changed_word word, rotated_word word,
		has_password boolean, has_mfa boolean, has_key boolean, has_certificate boolean)`

// asInLoads makes each commit a checkpoint, by one thread.
const asInLoads = "set checkpoint_threshold = '0 bytes'; set auto_checkpoint_skip_wal_threshold = 0; set threads = 1"

type person struct {
	id       int64
	snapshot int32
	name     string
	times    [4]int64 // seconds since 1970; 0 = NULL
	words    [3]uint8 // code of the enum, and wordless = NULL
	flags    [4]bool
}

const wordless = 255

var words = []string{"", "N/A", "no_information", "not_supported"}

// people are a million users, of whom some were never seen.
var people = sync.OnceValue(func() []person {
	list := make([]person, 1_000_000)
	for i := range list {
		mixed := uint64(i+1) * 0x9e3779b97f4a7c15
		p := &list[i]
		p.id, p.snapshot, p.name = int64(i+1), int32(i/2000+1), fmt.Sprintf("user.%06x@example", mixed>>40)
		for at := range p.times {
			if mixed>>at&3 != 0 {
				p.times[at] = 1_500_000_000 + int64(mixed>>(at+8)%100_000_000)
			}
		}
		for at := range p.words {
			p.words[at] = wordless
			if p.times[at+1] == 0 {
				p.words[at] = uint8(1 + mixed>>(at+4)&1)
			}
		}
		for at := range p.flags {
			p.flags[at] = mixed>>(at+20)&1 == 1
		}
	}
	return list
})

// transport is an open database, and a way into it.
type transport interface {
	run(statement string) error
	insert([]person) error
	close()
}

func benchmarkTransport(b *testing.B, open func(path string) (transport, error)) {
	rows := people()
	var used time.Duration
	for b.Loop() {
		b.StopTimer()
		t, err := open(filepath.Join(b.TempDir(), "people.duckdb"))
		if err != nil {
			b.Fatal(err)
		}
		if err := errors.Join(t.run(personTable), t.run(asInLoads)); err != nil {
			b.Fatal(err)
		}
		before := processorTime(b)
		b.StartTimer()
		if err := errors.Join(t.run("begin transaction"), t.insert(rows), t.run("commit")); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		used += processorTime(b) - before
		if err := t.run(fmt.Sprintf("select case when count(*) <> %d then error('rows are missing') end from person", len(rows))); err != nil {
			b.Fatal(err)
		}
		t.close()
		b.StartTimer()
	}
	n := float64(len(rows) * b.N)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/n, "ns/row")
	b.ReportMetric(float64(used.Nanoseconds())/n, "cpu-ns/row")
}

// processorTime is what the process took so far, whoever else is busy.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// driven is a connection of duckdb-go.
type driven struct{ conn driver.Conn }

func openDriven(path string) (driven, error) {
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return driven{}, err
	}
	conn, err := connector.Connect(context.Background())
	return driven{conn}, err
}

func (d driven) run(statement string) error {
	_, err := d.conn.(driver.ExecerContext).ExecContext(context.Background(), statement, nil)
	return err
}

func (d driven) close() { d.conn.Close() }

// BenchmarkArrow inserts record batches of one row group each.
func BenchmarkArrow(b *testing.B) {
	benchmarkTransport(b, func(path string) (transport, error) {
		d, err := openDriven(path)
		return arrows{d}, err
	})
}

type arrows struct{ driven }

func (a arrows) insert(rows []person) error {
	conn, err := duckdb.NewArrowFromConn(a.conn)
	if err != nil {
		return err
	}
	empty, err := conn.QueryContext(context.Background(), "select * from person limit 0")
	if err != nil {
		return err
	}
	defer empty.Release()
	batch := newPersonBatch(empty.Schema())
	defer batch.release()
	for rows := range slices.Chunk(rows, 122_880) {
		for i := range rows {
			batch.add(&rows[i])
		}
		if err := a.insertBatch(conn, batch.take()); err != nil {
			return err
		}
	}
	return nil
}

func (a arrows) insertBatch(conn *duckdb.Arrow, record arrow.RecordBatch) error {
	defer record.Release()
	reader, err := array.NewRecordReader(record.Schema(), []arrow.RecordBatch{record})
	if err != nil {
		return err
	}
	defer reader.Release()
	release, err := conn.RegisterView(reader, "arriving")
	if err != nil {
		return err
	}
	defer release()
	return errors.Join(a.run("insert into person select * from arriving"), a.run("drop view arriving"))
}

// personBatch gathers people column by column. A word's builder is that of its
// code.
type personBatch struct {
	schema  *arrow.Schema
	columns []array.Builder
}

func newPersonBatch(schema *arrow.Schema) *personBatch {
	p := &personBatch{schema: schema}
	for _, field := range schema.Fields() {
		kind := field.Type
		if dictionary, ok := kind.(*arrow.DictionaryType); ok {
			kind = dictionary.IndexType
		}
		p.columns = append(p.columns, array.NewBuilder(mallocator.NewMallocator(), kind))
	}
	return p
}

func (p *personBatch) release() {
	for _, column := range p.columns {
		column.Release()
	}
}

func (p *personBatch) add(row *person) {
	p.columns[0].(*array.Int64Builder).Append(row.id)
	p.columns[1].(*array.Int32Builder).Append(row.snapshot)
	p.columns[2].(*array.StringBuilder).Append(row.name)
	for i, at := range row.times {
		if column := p.columns[3+i].(*array.TimestampBuilder); at == 0 {
			column.AppendNull()
		} else {
			column.Append(arrow.Timestamp(at))
		}
	}
	for i, word := range row.words {
		if column := p.columns[7+i].(*array.Uint8Builder); word == wordless {
			column.AppendNull()
		} else {
			column.Append(word)
		}
	}
	for i, flag := range row.flags {
		p.columns[10+i].(*array.BooleanBuilder).Append(flag)
	}
}

func (p *personBatch) take() arrow.RecordBatch {
	names := array.NewStringBuilder(mallocator.NewMallocator())
	defer names.Release()
	names.AppendValues(words, nil)
	dictionary := names.NewArray()
	defer dictionary.Release()
	cells := make([]arrow.Array, len(p.columns))
	for i, column := range p.columns {
		cells[i] = column.NewArray()
		if kind, ok := p.schema.Field(i).Type.(*arrow.DictionaryType); ok {
			codes := cells[i]
			cells[i] = array.NewDictionaryArray(kind, codes, dictionary)
			codes.Release()
		}
	}
	record := array.NewRecordBatch(p.schema, cells, int64(cells[0].Len()))
	for _, c := range cells {
		c.Release()
	}
	return record
}

// BenchmarkRowAppender hands over one row after the other.
func BenchmarkRowAppender(b *testing.B) {
	benchmarkTransport(b, func(path string) (transport, error) {
		d, err := openDriven(path)
		return rowAppender{d}, err
	})
}

type rowAppender struct{ driven }

func (r rowAppender) insert(rows []person) error {
	appender, err := duckdb.NewAppenderFromConn(r.conn, "", "person")
	if err != nil {
		return err
	}
	cells := make([]driver.Value, 14)
	for i := range rows {
		p := &rows[i]
		cells[0], cells[1], cells[2] = p.id, p.snapshot, p.name
		for at, seconds := range p.times {
			if cells[3+at] = nil; seconds != 0 {
				cells[3+at] = time.Unix(seconds, 0).UTC()
			}
		}
		for at, word := range p.words {
			if cells[7+at] = nil; word != wordless {
				cells[7+at] = words[word]
			}
		}
		for at, flag := range p.flags {
			cells[10+at] = flag
		}
		if err := appender.AppendRow(cells...); err != nil {
			return errors.Join(err, appender.Close())
		}
	}
	return appender.Close()
}

// BenchmarkColumnAppender fills data chunks, vector by vector. duckdb-go has no
// such interface, so this is DuckDB's own.
func BenchmarkColumnAppender(b *testing.B) {
	benchmarkTransport(b, openColumns)
}

type columnAppender struct {
	db   mapping.Database
	conn mapping.Connection
}

func openColumns(path string) (transport, error) {
	c := &columnAppender{}
	var message string
	if mapping.OpenExt(path, &c.db, mapping.Config{}, &message) == mapping.StateError {
		return nil, errors.New(message)
	}
	if mapping.Connect(c.db, &c.conn) == mapping.StateError {
		return nil, errors.New("no connection")
	}
	return c, nil
}

func (c *columnAppender) close() {
	mapping.Disconnect(&c.conn)
	mapping.Close(&c.db)
}

func (c *columnAppender) run(statement string) error {
	var result mapping.Result
	defer mapping.DestroyResult(&result)
	if mapping.Query(c.conn, statement, &result) == mapping.StateError {
		return errors.New(mapping.ResultError(&result))
	}
	return nil
}

func (c *columnAppender) insert(rows []person) error {
	var appender mapping.Appender
	if mapping.AppenderCreate(c.conn, "", "person", &appender) == mapping.StateError {
		return errors.New("no appender")
	}
	defer mapping.AppenderDestroy(&appender)
	var types []mapping.LogicalType
	for column := range mapping.AppenderColumnCount(appender) {
		types = append(types, mapping.AppenderColumnType(appender, column))
		defer mapping.DestroyLogicalType(&types[column])
	}
	chunk := mapping.CreateDataChunk(types)
	defer mapping.DestroyDataChunk(&chunk)
	for rows := range slices.Chunk(rows, int(mapping.VectorSize())) {
		mapping.DataChunkReset(chunk)
		fillChunk(chunk, rows)
		mapping.DataChunkSetSize(chunk, mapping.IdxT(len(rows)))
		if mapping.AppendDataChunk(appender, chunk) == mapping.StateError {
			return errors.New(mapping.AppenderError(appender))
		}
	}
	if mapping.AppenderClose(appender) == mapping.StateError {
		return errors.New(mapping.AppenderError(appender))
	}
	return nil
}

func fillChunk(chunk mapping.DataChunk, rows []person) {
	fill(chunk, 0, rows, func(p *person) (int64, bool) { return p.id, true })
	fill(chunk, 1, rows, func(p *person) (int32, bool) { return p.snapshot, true })
	names := mapping.DataChunkGetVector(chunk, 2)
	for i := range rows {
		name := rows[i].name
		mapping.VectorAssignStringElementLen(names, mapping.IdxT(i), unsafe.Slice(unsafe.StringData(name), len(name)))
	}
	for at := range 4 {
		fill(chunk, 3+at, rows, func(p *person) (int64, bool) { return p.times[at], p.times[at] != 0 })
	}
	for at := range 3 {
		fill(chunk, 7+at, rows, func(p *person) (uint8, bool) { return p.words[at], p.words[at] != wordless })
	}
	for at := range 4 {
		fill(chunk, 10+at, rows, func(p *person) (bool, bool) { return p.flags[at], true })
	}
}

// fill writes a column of cells of one size, and clears the bits of those that
// are NULL.
func fill[T any](chunk mapping.DataChunk, column int, rows []person, cell func(*person) (v T, ok bool)) {
	vector := mapping.DataChunkGetVector(chunk, mapping.IdxT(column))
	data := unsafe.Slice((*T)(mapping.VectorGetData(vector)), len(rows))
	var valid []uint64
	for i := range rows {
		v, ok := cell(&rows[i])
		if ok {
			data[i] = v
			continue
		}
		if valid == nil {
			mapping.VectorEnsureValidityWritable(vector)
			valid = unsafe.Slice((*uint64)(mapping.VectorGetValidity(vector)), (len(rows)+63)/64)
		}
		valid[i/64] &^= 1 << (i % 64)
	}
}
