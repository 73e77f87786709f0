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
	"unicode/utf8"
)

// jsonTable reads rows that are JSON objects.
type jsonTable struct {
	out   Sink
	extra []string
}

func (t *jsonTable) unknownColumns() []string { return slices.Clip(t.extra) }

// readRow reads one row. It is false if the row is refused.
func (t *jsonTable) readRow(row *tableRow, data []byte) bool {
	if !utf8.Valid(data) {
		t.refuse(row.line, "invalid_utf8", "the row is not valid UTF-8", "export the table again as UTF-8")
		return false
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); isSyntaxError(err) {
		t.refuse(row.line, "bad_json", "the row is not valid JSON: "+err.Error(), "export the table again; the file may be truncated")
		return false
	}
	if fields == nil {
		t.refuse(row.line, "bad_json", "the row is not a JSON object: "+snapshots.Quote(string(data)), "export the table with one object per row")
		return false
	}
	for _, known := range tableNames {
		raw, ok := fields[known.name]
		if !ok {
			continue
		}
		delete(fields, known.name)
		t.put(row, known.at, known.name, raw)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if at := tableColumn(name); at >= 0 {
			t.put(row, at, name, fields[name])
		} else if !slices.Contains(t.extra, name) {
			t.extra = append(t.extra, name)
		}
	}
	return true
}

// put stores a value, unless the row has the column under another name.
func (t *jsonTable) put(row *tableRow, at int, name string, raw json.RawMessage) {
	if row.cells[at].kind == absent {
		row.cells[at] = t.cell(row.line, name, raw)
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
			Reason: fmt.Sprintf("%s is neither text nor a boolean; treated as unknown", snapshots.Quote(string(raw))),
			Remedy: "export the table again without changing the types of its columns",
		})
		return tableCell{}
	}
	return tableText(string(raw))
}

func (t *jsonTable) refuse(line int, kind, reason, remedy string) {
	t.out.Issue(snapshots.Issue{Line: line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
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
	for len(j.rest) > 0 {
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
// consecutive objects of several lines. It ends at the first syntax error.
type jsonRows struct {
	jsonTable
	data      []byte
	decoder   *json.Decoder
	arrays    int // around the next value
	inWrapper bool
	row       int // number of the last row
}

func newJSONRows(data []byte, out Sink) *jsonRows {
	return &jsonRows{jsonTable: jsonTable{out: out}, data: data, decoder: json.NewDecoder(bytes.NewReader(data))}
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
			j.reportSyntaxError(err)
			return false
		}
		if j.readRow(row, data) {
			return true
		}
	}
}

// value gives the JSON of the next row. The error is io.EOF at the end.
func (j *jsonRows) value() (json.RawMessage, error) {
	for {
		var err error
		switch next := j.peek(); {
		case next == 0 && j.arrays == 0 && !j.inWrapper:
			return nil, io.EOF
		case j.arrays > 0 && next == ']':
			j.arrays--
			_, err = j.decoder.Token()
		case j.inWrapper && j.arrays == 0:
			err = j.seekRows()
		case next == '[' && !j.inWrapper:
			j.arrays++
			_, err = j.decoder.Token()
		case j.arrays == 0 && rowsWrapper.Match(j.data[j.decoder.InputOffset():]):
			j.inWrapper = true
			_, err = j.decoder.Token()
		default:
			var data json.RawMessage
			return data, j.decode(&data)
		}
		if err != nil {
			return nil, unexpected(err)
		}
	}
}

func (j *jsonRows) decode(data *json.RawMessage) error { return unexpected(j.decoder.Decode(data)) }

// unexpected turns io.EOF inside a value into io.ErrUnexpectedEOF.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// seekRows moves to the next array of rows in a wrapper, or behind its end.
func (j *jsonRows) seekRows() error {
	for j.decoder.More() {
		name, err := j.decoder.Token()
		if err != nil {
			return err
		}
		if name == "rows" && j.peek() == '[' {
			j.arrays++
			_, err := j.decoder.Token()
			return err
		}
		if err := j.decoder.Decode(&skipped{}); err != nil {
			return err
		}
	}
	j.inWrapper = false
	_, err := j.decoder.Token()
	return err
}

// peek is the first byte of the next value, 0 at the end.
func (j *jsonRows) peek() byte {
	rest := bytes.TrimLeft(j.data[j.decoder.InputOffset():], " \t\r\n,:")
	if len(rest) == 0 {
		return 0
	}
	return rest[0]
}

// reportSyntaxError refuses the row with the error. The number of rows after it is
// unknown.
func (j *jsonRows) reportSyntaxError(err error) {
	refused := 1
	if j.peek() == 0 {
		refused = 0
	}
	j.out.Issue(snapshots.Issue{
		Line: j.row, Kind: "bad_json", RowsRefused: refused,
		Reason: fmt.Sprintf("invalid JSON in row %d, after byte %d: %v; the rest is not read", j.row, j.decoder.InputOffset(), err),
		Remedy: "export the table again; the file may be truncated",
	})
}
