package formats

import (
	"bytes"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"slices"

	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/schema"
)

// credentialReportParquet is a table in Parquet, as CloudQuery writes it, or
// DuckDB of any of the others.
var credentialReportParquet = Format{
	Name:  "credential-report-parquet",
	Title: "credential reports as one table in Parquet, with the columns of AWS, Steampipe or CloudQuery",
	Match: func(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) },
	Read: func(in Input, out Sink) {
		if rows := openParquet(in.Data, out); rows != nil {
			readTable(rows, out)
		}
	},
}

// What a hostile file can cost. A row group of DuckDB has 122,880 rows and is
// one page per column, of which ARNs fill the most: about 12 MB.
const (
	parquetFooter = 4 << 20  // bytes; some 1,000 row groups of a report
	parquetPage   = 32 << 20 // bytes, unpacked
	parquetCell   = 4 << 10  // bytes; an ARN has 2,048 at the most
	parquetBatch  = 32       // rows; each value may be as large as its page before it is looked at
)

// parquetTable is a table in Parquet. The rows are taken from all columns of
// a row group in step, a batch at a time.
type parquetTable struct {
	out     Sink
	reader  *file.Reader
	columns []parquetColumn
	extra   []string
	rows    int64 // in the whole file
	row     int64 // number of the row that was given last

	group int   // the next row group
	left  int64 // rows of the one before it that are not in a batch yet
	batch int   // rows in the cells of the columns
	taken int   // of those given
}

// parquetColumn is a column that is read.
type parquetColumn struct {
	at    int // in tableColumns
	index int // in the file
	open  func(file.ColumnChunkReader) cellReader
	read  cellReader // of the current row group
	cells [parquetBatch]tableCell
}

// cellReader reads as many cells as there is place for.
type cellReader func(cells []tableCell) error

// openParquet reads the footer. It gives nil, and an issue, if there is
// nothing to read or no way to read it.
func openParquet(data []byte, out Sink) *parquetTable {
	t := &parquetTable{out: out}
	if err := guardParquet(func() error { return t.open(data) }); err != nil {
		out.Issue(snapshots.Issue{
			Kind: "bad_parquet", Reason: "the Parquet file cannot be read: " + err.Error(), RowsRefused: int(t.rows),
			Remedy: "export the table again; if it was cut off, the footer is missing",
		})
		return nil
	}
	if !slices.ContainsFunc(t.columns, func(c parquetColumn) bool { return c.at == atUser }) {
		out.Issue(snapshots.Issue{
			Kind: "wrong_header", Reason: "the Parquet file has no column user or user_name of text: it is no credential report", RowsRefused: int(t.rows),
			Remedy: "export Steampipe's aws_iam_credential_report, CloudQuery's aws_iam_credential_reports or AWS's columns",
		})
		return nil
	}
	return t
}

// guardParquet turns a panic into an error. The Parquet library has checks that
// panic, and none for some things that a hostile footer can say; this is the
// one place where its panics end.
func guardParquet(work func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	return work()
}

func (t *parquetTable) open(data []byte) error {
	if err := checkFooter(data); err != nil {
		return err
	}
	props := parquet.NewReaderProperties(memory.NewGoAllocator())
	props.BufferedStreamEnabled = true // else a footer says how much is allocated at once
	props.MaxCompressedPageSize, props.MaxUncompressedPageSize = parquetPage, parquetPage
	reader, err := file.NewParquetReader(bytes.NewReader(data), file.WithReadProps(props))
	if err != nil {
		return err
	}
	t.reader = reader
	if err := t.countRows(len(data)); err != nil {
		return err
	}
	return t.findColumns(reader.MetaData().Schema)
}

// checkFooter bounds the footer, since the library goes down into it by
// recursion: a stack that is too deep ends the program.
func checkFooter(data []byte) error {
	if len(data) < 12 || !bytes.HasSuffix(data, []byte("PAR1")) {
		return errors.New("it does not end as Parquet does")
	}
	size := int64(data[len(data)-8]) | int64(data[len(data)-7])<<8 | int64(data[len(data)-6])<<16 | int64(data[len(data)-5])<<24
	if size > parquetFooter {
		return fmt.Errorf("its footer has %d bytes, more than the %d allowed: write larger row groups", size, parquetFooter)
	}
	return nil
}

// countRows bounds the rows by the bytes of the file: no two users are alike,
// so that no list of them packs into less than a byte each.
func (t *parquetTable) countRows(bytes int) error {
	rows := int64(0)
	for i := range t.reader.NumRowGroups() {
		n := t.reader.RowGroup(i).NumRows()
		if n < 0 || n > int64(bytes)-rows {
			return fmt.Errorf("it claims to have more rows than its %d bytes can hold", bytes)
		}
		rows += n
	}
	t.rows = rows
	return nil
}

// findColumns finds the columns that are read, and says which have a type
// that they cannot be read from.
func (t *parquetTable) findColumns(s *schema.Schema) error {
	for index := range s.NumColumns() {
		column := s.Column(index)
		at := tableColumn(column.Path())
		if at < 0 {
			t.extra = append(t.extra, column.Path())
			continue
		}
		if slices.ContainsFunc(t.columns, func(c parquetColumn) bool { return c.at == at }) {
			return fmt.Errorf("it has two columns for %s", column.Path())
		}
		open := cellsOf(column)
		if open == nil {
			t.out.Issue(snapshots.Issue{
				Column: column.Path(), Kind: "wrong_type",
				Reason: fmt.Sprintf("the column is of type %s: it is taken as unknown", typeName(column)),
				Remedy: "write names and booleans as text or boolean, and times as timestamps or text",
			})
			continue
		}
		t.columns = append(t.columns, parquetColumn{at: at, index: index, open: open})
	}
	return nil
}

func typeName(column *schema.Column) string {
	name := column.PhysicalType().String()
	if logical := column.LogicalType(); logical != nil && !logical.IsNone() {
		name += " " + logical.String()
	}
	if column.MaxRepetitionLevel() > 0 {
		name = "list of " + name
	}
	return name
}

func (t *parquetTable) unread() []string { return t.extra }

func (t *parquetTable) next(row *tableRow) bool {
	if t.taken == t.batch {
		if err := guardParquet(t.readBatch); err != nil {
			t.broken(err)
		}
	}
	if t.taken == t.batch {
		return false
	}
	for i := range t.columns {
		row.cells[t.columns[i].at] = t.columns[i].cells[t.taken]
	}
	t.taken++
	t.row++
	row.line = int(t.row)
	return true
}

// readBatch fills the cells of all columns; none are left at the end.
func (t *parquetTable) readBatch() error {
	t.batch, t.taken = 0, 0
	for t.left == 0 && t.group < t.reader.NumRowGroups() {
		if err := t.openGroup(); err != nil {
			return err
		}
	}
	n := int(min(t.left, parquetBatch))
	if n == 0 {
		return nil
	}
	for i := range t.columns {
		column := &t.columns[i]
		if err := column.read(column.cells[:n]); err != nil {
			return fmt.Errorf("column %s: %w", tableColumns[column.at], err)
		}
	}
	t.left -= int64(n)
	t.batch = n
	return nil
}

// openGroup turns all columns to the next row group.
func (t *parquetTable) openGroup() error {
	group := t.reader.RowGroup(t.group)
	t.group++
	for i := range t.columns {
		column := &t.columns[i]
		chunk, err := group.Column(column.index)
		if err != nil {
			return fmt.Errorf("column %s: %w", tableColumns[column.at], err)
		}
		column.read = column.open(chunk)
	}
	t.left = group.NumRows()
	return nil
}

// broken refuses the rows that were not given, and ends the table.
func (t *parquetTable) broken(err error) {
	t.out.Issue(snapshots.Issue{
		Line: int(t.row) + 1, Kind: "bad_parquet", RowsRefused: int(t.rows - t.row),
		Reason: fmt.Sprintf("the Parquet file is broken after row %d: %v", t.row, err),
		Remedy: "export the table again",
	})
	t.group, t.left, t.batch, t.taken = t.reader.NumRowGroups(), 0, 0, 0
}
