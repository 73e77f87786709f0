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

// credentialReportParquet is a table in Parquet: of CloudQuery, or of another tool and
// converted, for example by DuckDB.
var credentialReportParquet = Format{
	Name:  "credential-report-parquet",
	Title: "IAM credential reports in one Parquet table, with the columns of AWS, Steampipe or CloudQuery",
	Rows:  true,
	Match: func(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) },
	Read: func(in Input, out Sink) {
		if rows := openParquet(in.Data, out); rows != nil {
			r := &reportReader{out: out, watch: watch{context: in.Context}, rows: rows, words: nullsAreWords(rows.has)}
			r.read()
		}
	},
}

// Limits of what a hostile file can cost. A row group of DuckDB has 122,880 rows with
// one page per column, of which that of the ARNs is the largest: about 12 MB.
const (
	parquetFooter = 4 << 20  // bytes; some 1,000 row groups of a report
	parquetPage   = 32 << 20 // bytes, unpacked
	parquetCell   = 4 << 10  // bytes; an ARN has at most 2,048
	parquetBatch  = 32       // rows; each value may be as large as its page before its length is known
)

// parquetTable is a table in Parquet. All columns of a row group are read in parallel,
// a batch of rows at a time.
type parquetTable struct {
	out     Sink
	reader  *file.Reader
	columns []parquetColumn
	names   []string // of all columns
	unknown unknownColumns
	rows    int64 // in the whole file
	row     int64 // number of the last row

	group int   // the next row group
	left  int64 // rows of the current row group that were not read yet
	batch int   // rows in the cells of the columns
	taken int   // of these, rows that were returned
}

// parquetColumn is a column that is read.
type parquetColumn struct {
	at    int // in tableColumns
	index int // in the file
	open  func(file.ColumnChunkReader) cellReader
	read  cellReader // of the current row group
	cells [parquetBatch]tableCell
}

// cellReader fills cells.
type cellReader func(cells []tableCell) error

// openParquet reads the footer. It is nil, and emits an issue, if the file cannot be
// read or is not a credential report.
func openParquet(data []byte, out Sink) *parquetTable {
	t := &parquetTable{out: out}
	if err := recoverParquet(func() error { return t.open(data) }); err != nil {
		out.Issue(snapshots.Issue{
			Kind: "bad_parquet", Reason: "the Parquet file cannot be read: " + err.Error(), RowsRefused: int(t.rows),
			Remedy: "export the table again; the file may be truncated",
		})
		return nil
	}
	if !slices.ContainsFunc(t.columns, func(c parquetColumn) bool { return c.at == atUser }) {
		out.Issue(snapshots.Issue{
			Kind: "wrong_header", Reason: "the Parquet file is not a credential report: it has no text column user or user_name", RowsRefused: int(t.rows),
			Remedy: "export aws_iam_credential_report of Steampipe, aws_iam_credential_reports of CloudQuery, or the columns of AWS",
		})
		return nil
	}
	return t
}

// recoverParquet turns a panic of the Parquet library into an error. Some of its checks
// panic, and for some hostile footers it has no check.
func recoverParquet(work func() error) (err error) {
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
	props.BufferedStreamEnabled = true // otherwise the footer decides how much is allocated
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

// checkFooter limits the size of the footer. The library parses it by recursion, and a
// stack overflow would end the program.
func checkFooter(data []byte) error {
	if len(data) < 12 || !bytes.HasSuffix(data, []byte("PAR1")) {
		return errors.New("it has no footer")
	}
	size := int64(data[len(data)-8]) | int64(data[len(data)-7])<<8 | int64(data[len(data)-6])<<16 | int64(data[len(data)-5])<<24
	if size > parquetFooter {
		return fmt.Errorf("its footer has %d bytes, more than the maximum of %d; write larger row groups", size, parquetFooter)
	}
	return nil
}

// countRows limits the rows to the bytes of the file: users differ in their names, so
// that each needs at least a byte.
func (t *parquetTable) countRows(bytes int) error {
	rows := int64(0)
	for i := range t.reader.NumRowGroups() {
		n := t.reader.RowGroup(i).NumRows()
		if n < 0 || n > int64(bytes)-rows {
			return fmt.Errorf("it states more rows than its %d bytes can hold", bytes)
		}
		rows += n
	}
	t.rows = rows
	return nil
}

// findColumns finds the columns that are read. A column of the wrong type is an issue.
func (t *parquetTable) findColumns(s *schema.Schema) error {
	for index := range s.NumColumns() {
		column := s.Column(index)
		t.names = append(t.names, columnName(column.Path()))
		at := tableColumn(column.Path())
		if at < 0 {
			t.unknown.add(column.Path())
			continue
		}
		if slices.ContainsFunc(t.columns, func(c parquetColumn) bool { return c.at == at }) {
			if at == atOtherAccount {
				t.unknown.add(column.Path())
				continue
			}
			return fmt.Errorf("it has the column %s twice, or under two names", column.Path())
		}
		open := cellsOf(column)
		if open == nil && t.isAllNull(index) {
			open = readNulls
		}
		if open == nil {
			t.out.Issue(snapshots.Issue{
				Column: column.Path(), Kind: "wrong_type",
				Reason: fmt.Sprintf("the column has the type %s; treated as unknown", typeName(column)),
				Remedy: "export names as text, flags as boolean or text, and times as timestamps or text",
			})
			continue
		}
		t.columns = append(t.columns, parquetColumn{at: at, index: index, open: open})
	}
	return nil
}

func (t *parquetTable) has(name string) bool { return slices.Contains(t.names, name) }

// isAllNull reports whether the statistics of a column state that it has no value.
func (t *parquetTable) isAllNull(index int) bool {
	for group := range t.reader.NumRowGroups() {
		metadata, err := t.reader.RowGroup(group).MetaData().ColumnChunk(index)
		if err != nil {
			return false
		}
		statistics, err := metadata.Statistics()
		if err != nil || statistics == nil || !statistics.HasNullCount() || statistics.NullCount() != metadata.NumValues() {
			return false
		}
	}
	return true
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

func (t *parquetTable) unknownColumns() []string { return t.unknown.list() }

func (t *parquetTable) next(row *tableRow) bool {
	if t.taken == t.batch {
		if err := recoverParquet(t.readBatch); err != nil {
			t.reportBroken(err)
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

// readBatch fills the cells of all columns; at the end, with no rows.
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

// openGroup opens all columns of the next row group.
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

// reportBroken refuses the rows that were not returned, and ends the table.
func (t *parquetTable) reportBroken(err error) {
	t.out.Issue(snapshots.Issue{
		Line: int(t.row) + 1, Kind: "bad_parquet", RowsRefused: int(t.rows - t.row),
		Reason: fmt.Sprintf("the Parquet file is damaged after row %d: %v", t.row, err),
		Remedy: "export the table again",
	})
	t.group, t.left, t.batch, t.taken = t.reader.NumRowGroups(), 0, 0, 0
}
