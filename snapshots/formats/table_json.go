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

func (t *jsonTable) unread() []string { return slices.Clip(t.extra) }

// fill reads one row, and is false if it is none.
func (t *jsonTable) fill(row *tableRow, data []byte) bool {
	if !utf8.Valid(data) {
		t.refuse(row.line, "invalid_utf8", "the row is not valid UTF-8", "export it again as UTF-8")
		return false
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); isSyntax(err) {
		t.refuse(row.line, "bad_json", "the row is broken JSON: "+err.Error(), "export the table again; the file may be cut off")
		return false
	}
	if fields == nil {
		t.refuse(row.line, "bad_json", "the row is no JSON object: "+snapshots.Quote(string(data)), "export the table with one object per row")
		return false
	}
	for _, known := range tableNames {
		raw, ok := fields[known.name]
		if !ok {
			continue
		}
		delete(fields, known.name)
		if row.cells[known.at].is == isAbsent {
			row.cells[known.at] = t.cell(row.line, known.name, raw)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if !slices.Contains(t.extra, name) {
			t.extra = append(t.extra, name)
		}
	}
	return true
}

// cell reads a value. Booleans and numbers are the text that they are written as.
func (t *jsonTable) cell(line int, name string, raw json.RawMessage) tableCell {
	switch raw[0] {
	case 'n':
		return tableCell{is: isNull}
	case '"':
		var text string
		_ = json.Unmarshal(raw, &text) // it is a string: the row was read with it
		return tableText(text)
	case '{', '[':
		t.out.Issue(snapshots.Issue{
			Line: line, Column: name, Kind: "wrong_type",
			Reason: fmt.Sprintf("%s is no text and no boolean: it is taken as unknown", snapshots.Quote(string(raw))),
			Remedy: "export the table again without changing the types of its columns",
		})
		return tableCell{}
	}
	return tableText(string(raw))
}

func (t *jsonTable) refuse(line int, kind, reason, remedy string) {
	t.out.Issue(snapshots.Issue{Line: line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}

// isJSONLines reports whether each line of a JSON text is a row of its own:
// it begins with an object, which is not Steampipe's around all rows, and
// which goes on behind its brace.
func isJSONLines(data []byte) bool {
	text := bytes.TrimLeft(data, " \t\r\n")
	first, _, _ := bytes.Cut(text, []byte("\n"))
	return bytes.HasPrefix(text, []byte("{")) && len(bytes.TrimSpace(first)) > 1 && !rowsWrapper.Match(text)
}

// jsonLines is a table of one JSON object per line. A broken line costs no
// other.
type jsonLines struct {
	jsonTable
	rest []byte
	line int // on which the row stands that was read last
}

func (j *jsonLines) next(row *tableRow) bool {
	for len(j.rest) > 0 {
		var data []byte
		data, j.rest, _ = bytes.Cut(j.rest, []byte("\n"))
		j.line++
		row.line = j.line
		if data = bytes.TrimSpace(data); len(data) > 0 && j.fill(row, data) {
			return true
		}
	}
	return false
}

// rowsWrapper begins the object that Steampipe prints around the rows since 0.24:
// {"columns": [...], "rows": [...], "metadata": {...}}
// (turbot/pipe-fittings, querydisplay/display.go).
var rowsWrapper = regexp.MustCompile(`^\s*\{\s*"(columns|rows)"\s*:\s*\[`)

// jsonRows is a table whose rows are the elements of arrays, bare or in a
// wrapper, or objects of several lines that follow each other. Where it is
// broken it ends.
type jsonRows struct {
	jsonTable
	data    []byte
	decoder *json.Decoder
	inArray bool
	wrapped bool
	row     int // number of the row that was read last
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
			j.broken(err)
			return false
		}
		if j.fill(row, data) {
			return true
		}
	}
}

// value gives the next row as it stands. The error is io.EOF at the end.
func (j *jsonRows) value() (json.RawMessage, error) {
	for {
		var err error
		switch next := j.peek(); {
		case next == 0 && !j.inArray && !j.wrapped:
			return nil, io.EOF
		case j.inArray && next == ']':
			j.inArray = false
			_, err = j.decoder.Token()
		case j.wrapped && !j.inArray:
			err = j.seekRows()
		case !j.inArray && next == '[':
			j.inArray = true
			_, err = j.decoder.Token()
		case !j.inArray && rowsWrapper.Match(j.data[j.decoder.InputOffset():]):
			j.wrapped = true
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

// unexpected is for an end of the text where something is open.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// seekRows goes to the rows of a wrapper, or behind its end.
func (j *jsonRows) seekRows() error {
	for j.decoder.More() {
		name, err := j.decoder.Token()
		if err != nil {
			return err
		}
		if name == "rows" && j.peek() == '[' {
			j.inArray = true
			_, err := j.decoder.Token()
			return err
		}
		if err := j.decoder.Decode(&skipped{}); err != nil {
			return err
		}
	}
	j.wrapped = false
	_, err := j.decoder.Token()
	return err
}

// peek is the first byte of what follows, 0 at the end.
func (j *jsonRows) peek() byte {
	rest := bytes.TrimLeft(j.data[j.decoder.InputOffset():], " \t\r\n,:")
	if len(rest) == 0 {
		return 0
	}
	return rest[0]
}

// broken refuses the row in which the JSON breaks off. How many were to
// follow, nobody can say.
func (j *jsonRows) broken(err error) {
	refused := 1
	if j.peek() == 0 {
		refused = 0
	}
	j.out.Issue(snapshots.Issue{
		Line: j.row, Kind: "bad_json", RowsRefused: refused,
		Reason: fmt.Sprintf("the JSON breaks off in row %d, after byte %d: %v; what follows is not read", j.row, j.decoder.InputOffset(), err),
		Remedy: "export the table again; the file may be cut off",
	})
}
