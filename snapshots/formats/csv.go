package formats

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
)

// csvRows reads comma-separated text, RFC 4180 with LF, CRLF or CR line ends, also mixed
// as in files that were joined; other separators are read as well. Fields share the memory
// of the text; only a field with a doubled quote is copied.
type csvRows struct {
	comma   byte // the separator
	rest    string
	quotes  bool   // the text has a quote somewhere
	next    int    // line on which rest begins; the first is 1
	begin   string // the text from the current row on
	rereads int    // bytes that may still be read again, after quotes that are never closed
	watch

	line   int      // on which the current row begins
	raw    string   // the current row without its line end
	fields []string // of the current row, if that is not too long; reused by the next
	broken bool     // a quote of the current row is never closed
	limit  int      // maximum length of a row, in bytes
}

func newCSVRows(ctx context.Context, text string, comma byte, limit int) *csvRows {
	return &csvRows{
		comma:   comma,
		limit:   limit,
		rest:    text,
		quotes:  strings.IndexByte(text, '"') >= 0,
		next:    1,
		rereads: 8 * len(text),
		watch:   watch{context: ctx},
	}
}

// Next reads one row into fields, skipping empty lines and comments. It is false at the
// end, and after that of the context.
func (c *csvRows) Next() bool {
	for len(c.rest) > 0 && !c.ended() {
		c.rest = strings.TrimPrefix(c.rest, bom) // of a file that was joined
		c.begin, c.line = c.rest, c.next
		c.read()
		if !c.isEmpty() {
			return true
		}
	}
	return false
}

func (c *csvRows) read() {
	c.broken, c.fields = false, c.fields[:0]
	if c.quotes && !strings.HasPrefix(c.rest, "#") {
		c.readQuoted()
	} else {
		c.readPlain()
	}
}

// isEmpty reports whether the current row has no text but separators, as spreadsheets
// write below a table, or is a comment: no name of AWS begins with #.
func (c *csvRows) isEmpty() bool {
	if strings.HasPrefix(c.raw, "#") {
		return true
	}
	for i := range len(c.raw) {
		if b := c.raw[i]; b != c.comma && b != ' ' && b != '\t' && b != '"' {
			return false
		}
	}
	return true
}

// cut ends the current row at a byte of it, where the next file of a joined text begins.
func (c *csvRows) cut(at int) {
	next := c.begin[at:]
	c.rest, c.next = strings.TrimSuffix(c.begin[:at], bom), c.line
	c.read()
	c.rest, c.next = next, c.line
}

func (c *csvRows) readPlain() {
	end := lineEnd(c.rest)
	c.raw, c.rest = c.rest[:end], afterLineEnd(c.rest[end:])
	c.next++
	if c.fields == nil {
		c.fields = make([]string, 0, 32)
	}
	if !c.tooLong() {
		c.split()
	}
}

// lineEnd is the length of the first line of a text. It looks at few bytes behind it.
func lineEnd(text string) int {
	const chunk = 512
	for from := 0; from < len(text); from += chunk {
		part := text[from:min(from+chunk, len(text))]
		lf := strings.IndexByte(part, '\n')
		if lf >= 0 {
			part = part[:lf]
		}
		if cr := strings.IndexByte(part, '\r'); cr >= 0 {
			return from + cr
		} else if lf >= 0 {
			return from + lf
		}
	}
	return len(text)
}

func afterLineEnd(text string) string {
	return strings.TrimPrefix(strings.TrimLeft(text, "\r"), "\n")
}

// tooLong reports whether the current row exceeds the limit.
func (c *csvRows) tooLong() bool { return len(c.raw) > c.limit }

func rowTooLong(limit int) (kind, reason, remedy string) {
	return "row_too_long", fmt.Sprintf("the row exceeds the maximum of %d bytes", limit), "if this row is legitimate, raise --max-row-length"
}

// split splits a row that has no quotes.
func (c *csvRows) split() {
	row := c.raw
	for {
		comma := strings.IndexByte(row, c.comma)
		if comma < 0 {
			c.fields = append(c.fields, row)
			return
		}
		c.fields = append(c.fields, row[:comma])
		row = row[comma+1:]
	}
}

// readQuoted reads a row of a text with quotes. If a quote is never closed, the row
// ends with its first line, so that the following rows are not lost. In a text with many
// of these, a quote must be closed in its line, so that not all of it is read for each.
func (c *csvRows) readQuoted() {
	text, at := c.rest, 0
	if c.rereads < 0 {
		text = text[:lineEnd(text)]
	}
	for {
		field, length, ok := c.field(text[at:])
		if at += length; !ok {
			c.readPlain()
			c.broken = true
			c.rereads -= at
			return
		}
		if at <= c.limit {
			c.fields = append(c.fields, formulaText(field))
		}
		if at == len(text) || text[at] != c.comma {
			break
		}
		at++
	}
	c.raw, c.rest = text[:at], afterLineEnd(c.rest[at:])
	c.next += strings.Count(c.raw, "\n") + 1
}

// formulaText is the text of a formula such as ="0123", which keeps a spreadsheet from
// changing it.
func formulaText(field string) string {
	if len(field) > 2 && strings.HasPrefix(field, `="`) && strings.HasSuffix(field, `"`) {
		return field[2 : len(field)-1]
	}
	return field
}

// field reads the field at the beginning of text; length includes the quotes. ok is
// false if a quote is never closed or followed by text; length is then what was read.
func (c *csvRows) field(text string) (field string, length int, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		field = text[:c.fieldEnd(text)]
		return field, len(field), true
	}
	doubled := false
	for at := 1; ; at++ {
		quote := strings.IndexByte(text[at:], '"')
		if quote < 0 {
			return "", len(text), false
		}
		at += quote
		switch {
		case strings.HasPrefix(text[at+1:], `"`):
			doubled = true
			at++
		case at+1 < len(text) && text[at+1] != c.comma && text[at+1] != '\n' && text[at+1] != '\r':
			return "", at, false
		default:
			field = text[1:at]
			if doubled && len(field) <= c.limit {
				field = strings.ReplaceAll(field, `""`, `"`)
			}
			return field, at + 1, true
		}
	}
}

// fieldEnd is the length of a field without quotes.
func (c *csvRows) fieldEnd(text string) int {
	for i := range len(text) {
		if text[i] == c.comma || text[i] == '\n' || text[i] == '\r' {
			return i
		}
	}
	return len(text)
}

// csvHeader reads the header of a table: its columns as columnName writes them, and
// the separator. Semicolons and tabs separate cells only if a column has the name of
// the user.
func csvHeader(head []byte) (names []string, comma byte) {
	line, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
	for _, comma := range []byte(",;\t") {
		rows := newCSVRows(context.Background(), string(line), comma, len(line))
		rows.Next()
		names = columnNamesOf(rows.fields)
		if slices.Contains(names, "user") || slices.Contains(names, "user_name") {
			return names, comma
		}
	}
	return nil, ','
}

func columnNamesOf(fields []string) []string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = columnName(field)
	}
	return names
}

// columnName writes the name of a column as AWS does: in lower case, with underscores.
func columnName(name string) string {
	return strings.ToLower(blanks.Replace(strings.TrimSpace(name)))
}

var blanks = strings.NewReplacer(" ", "_", "-", "_")
