package formats

import (
	"bytes"
	"context"
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"unicode/utf8"

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
	Match: isParquet,
	Read: func(in Input, out Sink) {
		if rows := openParquet(in, out); rows != nil {
			r := &reportReader{out: out, watch: watch{context: in.Context}, rows: rows, words: nullsAreWords(rows.has)}
			r.read()
		}
	},
}

func isParquet(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) }

// Limits of what a hostile file can cost. A row group of DuckDB has 122,880 rows with
// one page per column, of which that of the ARNs is the largest: about 12 MB.
const (
	parquetFooter = 4 << 20   // bytes; some 1,000 row groups of a report
	parquetChunks = 100_000   // columns of all row groups
	parquetDepth  = 32        // of groups in the schema
	parquetHeader = 1 << 20   // bytes of the header of a page
	parquetPage   = 32 << 20  // bytes, unpacked
	parquetDelta  = 2 << 20   // the same for DELTA_BYTE_ARRAY: each value of a batch may be as large as its page
	parquetMemory = 128 << 20 // bytes of the largest pages of all columns of a row group, together
	parquetCell   = 4 << 10   // bytes; an ARN has at most 2,048
	parquetBatch  = 32        // rows
)

// parquetTable is a table in Parquet. All columns of a row group are read in parallel,
// a batch of rows at a time.
type parquetTable struct {
	out     Sink
	ctx     context.Context
	limits  snapshots.TableLimits
	data    []byte
	reader  *file.Reader
	columns []parquetColumn
	names   []string // of all columns
	unknown unknownColumns
	rows    int64 // in the whole file
	row     int64 // number of the last row
	texts   int64 // bytes of the cells so far

	pageBytes int64 // of the pages so far, in the file
	unpacked  int64 // of the same, unpacked

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
	empty bool       // all cells are null; no page is read
	nulls bool       // cells may be null
	read  cellReader // of the current row group
	cells [parquetBatch]tableCell
}

// cellReader fills cells.
type cellReader func(cells []tableCell) error

// openParquet reads the footer. It is nil, and emits an issue, if the file cannot be
// read or is not a credential report.
func openParquet(in Input, out Sink) *parquetTable {
	t := &parquetTable{out: out, ctx: in.Context, limits: in.Limits, data: in.Data}
	if err := recoverParquet(t.open); err != nil {
		if in.Context.Err() == nil {
			out.Issue(parquetIssue(err, "the Parquet file cannot be read", int(t.rows)))
		}
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

func (t *parquetTable) open() error {
	data := t.data
	if err := checkFooter(data, t.limits.Columns); err != nil {
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

// countRows limits the rows to the bytes of the file: users differ in their names, so
// that each needs at least a byte.
func (t *parquetTable) countRows(bytes int) error {
	rows := int64(0)
	for i := range t.reader.NumRowGroups() {
		n := t.reader.RowGroup(i).NumRows()
		if n < 0 || n > int64(bytes)-rows {
			return parquetErrorf("it states more rows than its %d bytes can hold", bytes)
		}
		rows += n
	}
	t.rows = rows
	return nil
}

// findColumns finds the columns that are read. A column of the wrong type is an issue.
func (t *parquetTable) findColumns(s *schema.Schema) error {
	invalid := 0
	for index := range s.NumColumns() {
		column := s.Column(index)
		name := column.Path()
		if !utf8.ValidString(name) {
			invalid++
			continue
		}
		t.names = append(t.names, columnName(name))
		at := tableColumn(name)
		if at < 0 {
			t.unknown.add(name)
			continue
		}
		if slices.ContainsFunc(t.columns, func(c parquetColumn) bool { return c.at == at }) {
			if at == atOtherAccount {
				t.unknown.add(column.Path())
				continue
			}
			return parquetErrorf("it has the column %s twice, or under two names", column.Path())
		}
		open, empty := cellsOf(column), false
		if open == nil && t.isAllNull(index) {
			open, empty = readNulls, true
		}
		if open == nil {
			t.out.Issue(snapshots.Issue{
				Column: column.Path(), Kind: "wrong_type",
				Reason: fmt.Sprintf("the column has the type %s; treated as unknown", typeName(column)),
				Remedy: "export names as text, flags as boolean or text, and times as timestamps or text",
			})
			continue
		}
		t.columns = append(t.columns, parquetColumn{at: at, index: index, open: open, empty: empty, nulls: column.MaxDefinitionLevel() > 0})
	}
	if invalid > 0 {
		t.out.Issue(snapshots.Issue{
			Kind: "invalid_utf8", Reason: fmt.Sprintf("the names of %d columns are not valid UTF-8; these are not read", invalid),
			Remedy: "export the table again with names in UTF-8",
		})
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
		if t.ctx.Err() != nil {
			return false
		}
		if err := recoverParquet(t.readBatch); err != nil {
			t.reportBroken(err)
		}
	}
	if t.taken == t.batch {
		return false
	}
	if t.row == int64(t.limits.Rows) {
		t.end(tooManyRows(t.limits.Rows, int(t.rows-t.row)))
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
			return column.wrap(err)
		}
		for _, cell := range column.cells[:n] {
			t.texts += int64(len(cell.text)) + 1
		}
	}
	if err := t.checkExpansion(t.texts); err != nil {
		return err
	}
	t.left -= int64(n)
	t.batch = n
	return nil
}

// openGroup opens all columns of the next row group.
func (t *parquetTable) openGroup() error {
	group := t.reader.RowGroup(t.group)
	t.group++
	if err := t.checkPages(group); err != nil {
		return err
	}
	for i := range t.columns {
		column := &t.columns[i]
		chunk, err := group.Column(column.index)
		if err != nil {
			return column.wrap(err)
		}
		column.read = column.open(chunk)
	}
	t.left = group.NumRows()
	return nil
}

// reportBroken refuses the rows that were not returned, and ends the table.
func (t *parquetTable) reportBroken(err error) {
	if t.ctx.Err() != nil {
		return
	}
	issue := parquetIssue(err, fmt.Sprintf("the Parquet file is damaged after row %d", t.row), int(t.rows-t.row))
	issue.Line = int(t.row) + 1
	t.end(issue)
}

// end ends the table with an issue.
func (t *parquetTable) end(issue snapshots.Issue) {
	t.out.Issue(issue)
	t.group, t.left, t.batch, t.taken = t.reader.NumRowGroups(), 0, 0, 0
}
