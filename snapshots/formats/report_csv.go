package formats

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// readTable reads a table in CSV or JSON, of one or several accounts.
func readTable(in Input, out Sink) { readReport(in, snapshots.Time{}, out) }

// readReport is readTable for a report that was generated at capturedAt, unless the
// rows have times of their own.
func readReport(in Input, capturedAt snapshots.Time, out Sink) {
	r := &reportReader{out: out, capturedAt: capturedAt, watch: watch{context: in.Context}}
	if byColumns.Match(headOf(in.Data)) {
		out.Issue(snapshots.Issue{
			Kind: "columns_of_rows", Reason: "the JSON has the table by columns, not one object per user",
			Remedy: "export it by rows; in pandas, to_json(..., orient='records')",
		})
		return
	}
	switch {
	case !isJSON(in.Data):
		csv := newCSVTable(in, out)
		csv.newSection, r.csv, r.rows = r.newSection, csv, csv
		r.words = !csv.standard && nullsAreWords(csv.has)
	case isJSONLines(in.Data):
		r.rows, r.words = &jsonLines{jsonTable: newJSONTable(in, out), rest: in.Data}, nullsAreWords(namesIn(headOf(in.Data)))
	default:
		r.rows, r.words = &jsonRows{jsonTable: newJSONTable(in, out), rest: in.Data}, nullsAreWords(namesIn(headOf(in.Data)))
	}
	r.read()
}

// byColumns matches tables of pandas that are not one object per row: {"user": {"0": ...
// and {"columns": ["user", ...
var byColumns = regexp.MustCompile(`^\s*\{\s*(?:"[\w.]+"\s*:\s*\{\s*"0"\s*:|"columns"\s*:\s*\[\s*")`)

func headOf(data []byte) []byte { return data[:min(len(data), headSize)] }

// isJSON distinguishes JSON from CSV by the first byte.
func isJSON(data []byte) bool {
	text := bytes.TrimLeft(headOf(data), " \t\r\n")
	return bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))
}

// columnNames reports whether a table has a column of this name.
type columnNames func(name string) bool

// namesIn finds names in the beginning of a table: in CSV in the header, in JSON among
// the keys of rows.
func namesIn(head []byte) columnNames {
	var names []string
	switch {
	case rowsWrapper.Match(head):
		return func(name string) bool { return bytes.Contains(head, []byte(`"`+name+`"`)) }
	case isJSON(head):
		names = columnNamesOf(rowKeys(head))
	default:
		names, _ = csvHeader(head)
	}
	return func(name string) bool { return slices.Contains(names, name) }
}

// csvTable is a table in CSV. A header may appear again between the rows, as in parts
// that were joined: it begins a new section.
type csvTable struct {
	out        Sink
	rows       *csvRows
	newSection func()
	columns    []int  // by position: index in tableColumns, -1 for a column that is not read
	header     string // its text
	width      int    // number of columns before those at the end that have no name
	names      []string
	unknown    unknownColumns
	limits     snapshots.TableLimits
	standard   bool // the header is that of AWS
	checkUTF8  bool // some row is not valid UTF-8
	refused    bool // a row was refused
}

func newCSVTable(in Input, out Sink) *csvTable {
	text := unsafe.String(unsafe.SliceData(in.Data), len(in.Data))
	t := &csvTable{
		out: out, rows: newCSVRows(in.Context, text, ',', in.Limits.RowBytes),
		limits: in.Limits, checkUTF8: !utf8.Valid(in.Data),
	}
	if t.readStandardHeader() {
		return t
	}
	_, t.rows.comma = csvHeader(headOf(in.Data))
	t.rows.Next()
	t.readHeader()
	return t
}

// The header that AWS writes, and the positions of its columns.
var (
	standardHeader  = strings.Join(CredentialReportColumns, ",") + "\n"
	standardColumns = func() (columns []int) {
		for at := range CredentialReportColumns {
			columns = append(columns, at)
		}
		return columns
	}()
)

// readStandardHeader reads the header of AWS at the beginning. It is false, and reads
// nothing, for any other.
func (t *csvTable) readStandardHeader() (ok bool) {
	if t.rows.rest, ok = strings.CutPrefix(t.rows.rest, standardHeader); ok {
		t.rows.next++
		t.header = strings.TrimSpace(standardHeader)
		t.setStandard()
	}
	return ok
}

func (t *csvTable) setStandard() {
	t.standard = true
	t.columns, t.width, t.names, t.unknown = standardColumns, len(standardColumns), CredentialReportColumns, unknownColumns{}
}

// readHeader finds the columns. All rows are refused if the header exceeds a limit, or
// has a column twice.
func (t *csvTable) readHeader() {
	t.header = t.rows.raw
	names := columnNamesOf(t.rows.fields)
	switch {
	case t.rows.tooLong():
		t.refuseAll(rowTooLong(t.limits.RowBytes))
	case len(names) > t.limits.Columns:
		t.refuseAll(columnLimit(t.limits.Columns))
	case slices.Equal(names, CredentialReportColumns):
		t.setStandard()
	default:
		t.findColumns(names)
	}
}

func (t *csvTable) findColumns(names []string) {
	t.standard, t.columns, t.width, t.unknown, t.names = false, nil, 0, unknownColumns{}, names
	seen := map[string]bool{}
	has := make([]bool, len(tableColumns))
	for i, name := range names {
		at := tableColumn(name)
		known := at >= 0 && !has[at]
		switch {
		case name == "":
		case seen[name], at >= 0 && at != atOtherAccount && has[at]:
			t.refuseAll("wrong_header", fmt.Sprintf("the header has the column %s twice, or under two names", snapshots.Quote(shortName(name))),
				"export one credential report table, not a join of several")
			return
		case known:
			has[at] = true
		default:
			at = -1
			t.addUnknown(i)
		}
		seen[name] = true
		t.columns = append(t.columns, at)
		if name != "" {
			t.width = i + 1
		}
	}
}

// addUnknown notes a column that is not read.
func (t *csvTable) addUnknown(i int) {
	name := t.rows.fields[i]
	if t.checkUTF8 && !utf8.ValidString(name) {
		t.out.Issue(invalidColumnName(t.rows.line, i+1))
	}
	t.unknown.add(name)
}

func (t *csvTable) has(name string) bool { return slices.Contains(t.names, name) }

// refuseAll refuses all rows from the header on.
func (t *csvTable) refuseAll(kind, reason, remedy string) {
	t.refused = true
	line, rows := t.rows.line, 0
	for t.rows.Next() {
		rows++
	}
	t.out.Issue(snapshots.Issue{Line: line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: rows})
}

func (t *csvTable) unknownColumns() []string { return t.unknown.list() }

func (t *csvTable) next(row *tableRow) bool {
	for t.rows.Next() {
		t.cutBeforeHeader()
		if t.isHeader() {
			t.newSection()
			t.readHeader()
			continue
		}
		if t.isRow() {
			t.fill(row)
			return true
		}
	}
	return false
}

// cutBeforeHeader ends a row before a header that follows without a line end: AWS ends no
// report with one, so that joined reports have such rows.
func (t *csvTable) cutBeforeHeader() {
	if t.fits() {
		return
	}
	for _, header := range []string{t.header, strings.TrimSpace(standardHeader)} {
		if at := strings.Index(t.rows.raw, header); at > 0 && t.rows.raw[at-1] != t.rows.comma {
			t.rows.cut(at)
			return
		}
	}
}

// isHeader reports whether the current row is a header again. A user can have the name
// of a column, but no row has several.
func (t *csvTable) isHeader() bool {
	if !slices.ContainsFunc(t.rows.fields, namesUsers) {
		return false
	}
	names := columnNamesOf(t.rows.fields)
	return isReport(func(name string) bool { return slices.Contains(names, name) })
}

// namesUsers reports whether a field is the name of the column of users.
func namesUsers(field string) bool {
	field = strings.TrimSpace(field)
	return strings.EqualFold(field, "user") || strings.EqualFold(field, "user_name")
}

// isRow reports whether the current row can be read; else it is refused.
func (t *csvTable) isRow() bool {
	switch {
	case t.checkUTF8 && !utf8.ValidString(t.rows.raw):
		t.refuse("invalid_utf8", "the row is not valid UTF-8", "save the report as UTF-8, or download a new one")
	case t.rows.tooLong():
		t.refuse(rowTooLong(t.rows.limit))
	case t.rows.broken:
		t.refuse("open_quote", "a quote in the row is never closed, or text follows it",
			"quote cells as in RFC 4180: quotes around the cell, quotes in it doubled")
	case !t.fits() && !t.joinName():
		t.refuse("field_count",
			fmt.Sprintf("the row has %d fields, the header has %d", len(t.rows.fields), len(t.columns)),
			"if the file is truncated, download a new one; if a name has a comma, quote the name and the ARN")
	default:
		return true
	}
	return false
}

// fits reports whether the row has the fields of the header. Empty fields at the end
// count only in columns with a name.
func (t *csvTable) fits() bool {
	fields := t.rows.fields
	return len(fields) == len(t.columns) ||
		len(fields) >= t.width && !slices.ContainsFunc(fields[t.width:], func(f string) bool { return f != "" })
}

func (t *csvTable) fill(row *tableRow) {
	row.line = t.rows.line
	for i, at := range t.columns[:min(len(t.columns), len(t.rows.fields))] {
		if at >= 0 {
			row.cells[at] = tableText(t.rows.fields[i])
		}
	}
}

// joinName repairs a row whose user name has commas and is not quoted: IAM allows
// +=,.@_- in names. The name is also the end of the ARN. The row is repaired only if
// the two agree.
func (t *csvTable) joinName() bool {
	fields, extra := t.rows.fields, len(t.rows.fields)-len(t.columns)
	if extra <= 0 || extra > 2*maxName || len(t.columns) < 2 || t.columns[0] != atUser || t.columns[1] != atARN {
		return false
	}
	for inName := 1; inName <= extra; inName++ {
		if !strings.HasPrefix(fields[inName+1], "arn:") {
			continue
		}
		arnEnd := extra + 2 // the field after the ARN
		name := strings.Join(fields[:inName+1], ",")
		arn := strings.Join(fields[inName+1:arnEnd], ",")
		if strings.HasSuffix(arn, "/"+name) || strings.HasSuffix(arn, ":"+name) {
			t.rows.fields = append([]string{name, arn}, fields[arnEnd:]...)
			return true
		}
	}
	return false
}

func (t *csvTable) refuse(kind, reason, remedy string) {
	t.refused = true
	t.out.Issue(snapshots.Issue{Line: t.rows.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}
