package formats

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
	"unsafe"
)

// readTableText reads a table in CSV or JSON.
func readTableText(in Input, out Sink) {
	data := trimBOM(in.Data)
	in.Data = data
	switch {
	case !isJSON(data):
		if rows := newCSVTable(in, out); rows != nil {
			readTable(rows, out)
		}
	case isJSONLines(data):
		readTable(&jsonLines{jsonTable: jsonTable{out: out}, rest: data}, out)
	default:
		readTable(newJSONRows(data, out), out)
	}
}

// isJSON distinguishes JSON from CSV by the first byte.
func isJSON(data []byte) bool {
	text := bytes.TrimLeft(data[:min(len(data), headSize)], " \t\r\n")
	return bytes.HasPrefix(text, []byte("{")) || bytes.HasPrefix(text, []byte("["))
}

// columnNames reports whether a table has a column of this name.
type columnNames func(name string) bool

// namesIn finds names in the beginning of a table: in CSV in the header, in JSON
// anywhere in quotes. Of a JSON object that is a row, only its own keys count.
func namesIn(head []byte) columnNames {
	if isJSON(head) {
		isRow := startsObject(head) && !rowsWrapper.Match(head)
		return func(name string) bool {
			return bytes.Contains(head, []byte(`"`+name+`"`)) && (!isRow || slices.Contains(topKeys(head), name))
		}
	}
	header, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	rows := newCSVRows(string(header), 0)
	rows.Next()
	return func(name string) bool {
		return slices.ContainsFunc(rows.fields, func(field string) bool { return strings.TrimSpace(field) == name })
	}
}

// isReport reports whether a table has columns that only credential reports have.
// Tables of users, too, have names, times and password_last_used.
func isReport(has columnNames) bool {
	return slices.ContainsFunc(tableNames, func(n tableName) bool {
		prefix, _, _ := strings.Cut(n.name, "_")
		return slices.Contains([]string{"password", "mfa", "access", "cert"}, prefix) &&
			n.name != "password_last_used" && n.name != "password_status" && has(n.name)
	})
}

// csvTable is a table in CSV.
type csvTable struct {
	out     Sink
	rows    *csvRows
	columns []int // by position: index in tableColumns, -1 for a column that is not read
	extra   []string
}

// newCSVTable reads the header. It is nil, and all rows are refused, if the header has
// two names of one column.
func newCSVTable(in Input, out Sink) *csvTable {
	text := unsafe.String(unsafe.SliceData(in.Data), len(in.Data))
	t := &csvTable{out: out, rows: newCSVRows(text, in.RowBytes)}
	t.rows.Next()
	for _, name := range t.rows.fields {
		name = strings.TrimSpace(name)
		at := tableColumn(name)
		if at < 0 {
			t.extra = append(t.extra, name)
		} else if slices.Contains(t.columns, at) {
			t.refuseAll(name)
			return nil
		}
		t.columns = append(t.columns, at)
	}
	return t
}

func (t *csvTable) refuseAll(name string) {
	rows := 0
	for t.rows.Next() {
		rows++
	}
	t.out.Issue(snapshots.Issue{
		Line: 1, Column: name, Kind: "wrong_header", RowsRefused: rows,
		Reason: fmt.Sprintf("the header has the column %s twice, or under two names", name),
		Remedy: "export one credential report table, not a join of several",
	})
}

func (t *csvTable) unknownColumns() []string { return t.extra }

func (t *csvTable) next(row *tableRow) bool {
	for t.rows.Next() {
		switch {
		case t.rows.tooLong():
			t.refuse(rowTooLong(t.rows.limit))
		case t.rows.broken:
			t.refuse("open_quote", "a quote in the row is never closed, or text follows it",
				"quote cells as in RFC 4180: quotes around the cell, quotes in it doubled")
		case len(t.rows.fields) != len(t.columns):
			t.refuse("field_count",
				fmt.Sprintf("the row has %d fields, the header has %d", len(t.rows.fields), len(t.columns)),
				"export the table again; the file may be truncated")
		default:
			row.line = t.rows.line
			for i, at := range t.columns {
				if at >= 0 {
					row.cells[at] = tableText(t.rows.fields[i])
				}
			}
			return true
		}
	}
	return false
}

func (t *csvTable) refuse(kind, reason, remedy string) {
	t.out.Issue(snapshots.Issue{Line: t.rows.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}
