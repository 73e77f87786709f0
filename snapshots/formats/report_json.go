package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/snapshots"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// jsonTable reads rows that are JSON objects.
type jsonTable struct {
	out     Sink
	limits  snapshots.TableLimits
	unknown unknownColumns
	watch
}

func newJSONTable(in Input, out Sink) jsonTable {
	return jsonTable{out: out, limits: in.Limits, watch: watch{context: in.Context}}
}

func (t *jsonTable) unknownColumns() []string { return t.unknown.list() }

// readRow reads one row. It is false if the row is refused.
func (t *jsonTable) readRow(row *tableRow, data []byte) bool {
	fields, kind, reason, remedy := t.fields(data)
	if kind != "" {
		t.out.Issue(snapshots.Issue{Line: row.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
		return false
	}
	for _, known := range tableNames {
		raw, ok := fields[known.name]
		if !ok {
			continue
		}
		delete(fields, known.name)
		t.put(row, known.at, raw)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if at := tableColumn(name); at >= 0 {
			t.put(row, at, fields[name])
		} else {
			t.unknown.add(name)
		}
	}
	return true
}

// fields gives the fields of a row by name, or the kind, reason and remedy of an issue.
func (t *jsonTable) fields(data []byte) (fields map[string]json.RawMessage, kind, reason, remedy string) {
	if len(data) > t.limits.RowBytes {
		kind, reason, remedy = rowTooLong(t.limits.RowBytes)
		return nil, kind, reason, remedy
	}
	if !utf8.Valid(data) {
		return nil, "invalid_utf8", "the row is not valid UTF-8", "export the table again as UTF-8"
	}
	err := json.Unmarshal(data, &fields)
	switch {
	case isSyntaxError(err):
		return nil, "bad_json", "the row is not valid JSON: " + err.Error(), "export the table again; the file may be truncated"
	case fields == nil:
		return nil, "bad_json", "the row is " + jsonKind(data) + ", not a JSON object", "export the table with one object per row"
	case len(fields) > t.limits.Columns:
		kind, reason, remedy = columnLimit(t.limits.Columns)
		return nil, kind, reason, remedy
	}
	return fields, "", "", ""
}

// jsonKind says what a JSON value is, by its first byte.
func jsonKind(value []byte) string {
	switch value[0] {
	case '{':
		return "a JSON object"
	case '[':
		return "a JSON list"
	case '"':
		return "text"
	case 't', 'f':
		return "a boolean"
	case 'n':
		return "null"
	}
	return "a number"
}

// put stores a value, unless the row has the column under another name.
func (t *jsonTable) put(row *tableRow, at int, raw json.RawMessage) {
	if row.cells[at].kind == absent {
		row.cells[at] = t.cell(row.line, tableColumns[at], raw)
	}
}

// cell reads a value. The text of a boolean or number is its JSON.
func (t *jsonTable) cell(line int, name string, raw json.RawMessage) tableCell {
	switch raw[0] {
	case 'n':
		return tableCell{kind: null}
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text) // valid: it is part of the row that was read
		return tableText(text)
	case '{', '[':
		t.out.Issue(snapshots.Issue{
			Line: line, Column: name, Kind: "wrong_type",
			Reason: fmt.Sprintf("%s in %s, not text or a boolean; treated as unknown", jsonKind(raw), name),
			Remedy: "export the table again without changing the types of its columns",
		})
		return tableCell{}
	}
	return tableText(string(raw))
}

// isJSONLines reports whether a JSON text has one row per line: it begins with an
// object, not the one that Steampipe writes around all rows, and the first line does
// not end after the brace.
func isJSONLines(data []byte) bool {
	text := bytes.TrimLeft(data, " \t\r\n")
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasPrefix(text, []byte("{")) && len(bytes.TrimSpace(first)) > 1 && !rowsWrapper.Match(text)
}

// jsonLines is a table with one JSON object per line. An invalid line does not affect
// the others.
type jsonLines struct {
	jsonTable
	rest []byte
	line int // of the last row
}

func (j *jsonLines) next(row *tableRow) bool {
	for len(j.rest) > 0 && !j.ended() {
		var data []byte
		data, j.rest, _ = bytes.Cut(j.rest, []byte("\n"))
		j.line++
		row.line = j.line
		if data = bytes.TrimRight(bytes.TrimSpace(data), ","); len(data) > 0 && j.readRow(row, data) {
			return true
		}
	}
	return false
}

// rowsWrapper matches the object around all rows, in Steampipe since 0.24:
// {"columns": [...], "rows": [...], "metadata": {...}}
// (turbot/pipe-fittings, querydisplay/display.go).
var rowsWrapper = regexp.MustCompile(`^\s*\{\s*"(columns|rows)"\s*:\s*\[`)

// jsonRows is a table whose rows are elements of arrays, bare or in a wrapper, or
// consecutive objects of several lines. Rows are found by their braces, so that none
// is copied before its length is known.
type jsonRows struct {
	jsonTable
	rest      []byte
	arrays    int // around the next value
	inWrapper bool
	row       int // number of the last row
}

func (j *jsonRows) next(row *tableRow) bool {
	for {
		data, err := j.value()
		if errors.Is(err, io.EOF) {
			return false
		}
		j.row++
		row.line = j.row
		if err != nil {
			j.stop(err)
			return false
		}
		if j.readRow(row, data) {
			return true
		}
		if len(j.rest) == 0 { // truncated inside this row
			j.arrays, j.inWrapper = 0, false
		}
	}
}

// value gives the JSON of the next row. The error is io.EOF at the end, and after that
// of the context.
func (j *jsonRows) value() ([]byte, error) {
	for !j.ended() {
		switch next := j.peek(); {
		case next == 0 && j.arrays == 0 && !j.inWrapper:
			return nil, io.EOF
		case next == 0:
			return nil, errors.New("the table is truncated")
		case next == ']' && j.arrays > 0:
			j.arrays--
			j.rest = j.rest[1:]
		case j.inWrapper && j.arrays == 0:
			j.seekRows()
		case next == '[' && !j.inWrapper:
			j.arrays++
			j.rest = j.rest[1:]
		case j.arrays == 0 && rowsWrapper.Match(headOf(j.rest)):
			j.inWrapper = true
			j.rest = j.rest[1:]
		case next == ']' || next == '}':
			return nil, fmt.Errorf("%c without its beginning", next)
		default:
			return j.take(), nil
		}
	}
	return nil, io.EOF
}

// seekRows moves to the next array of rows in a wrapper, or behind its end.
func (j *jsonRows) seekRows() {
	if j.peek() == '}' {
		j.inWrapper = false
		j.rest = j.rest[1:]
		return
	}
	name := j.take()
	if next := j.peek(); next == '[' && string(name) == `"rows"` {
		j.arrays++
		j.rest = j.rest[1:]
	} else if next != 0 && next != '}' {
		j.take()
	}
}

// peek is the first byte of the next value, 0 at the end.
func (j *jsonRows) peek() byte {
	j.rest = bytes.TrimLeft(j.rest, " \t\r\n,:")
	if len(j.rest) == 0 {
		return 0
	}
	return j.rest[0]
}

// take cuts the next value off the rest.
func (j *jsonRows) take() (value []byte) {
	end := bytes.IndexAny(j.rest, " \t\r\n,:]}") // of a number or word
	if end < 0 {
		end = len(j.rest)
	}
	if strings.IndexByte(`{["`, j.rest[0]) >= 0 {
		end = valueEnd(j.rest)
	}
	value, j.rest = j.rest[:max(end, 1)], j.rest[max(end, 1):]
	return value
}

// stop ends the table at an error. The number of rows after it is unknown.
func (j *jsonRows) stop(err error) {
	refused := 1
	if len(j.rest) == 0 {
		refused = 0
	}
	j.out.Issue(snapshots.Issue{
		Line: j.row, Kind: "bad_json", RowsRefused: refused,
		Reason: fmt.Sprintf("invalid JSON in row %d: %v; the rest is not read", j.row, err),
		Remedy: "export the table again; the file may be truncated",
	})
	j.rest, j.arrays, j.inWrapper = nil, 0, false
}
