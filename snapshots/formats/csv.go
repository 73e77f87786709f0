package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"strings"
)

// csvRows goes through comma-separated text, RFC 4180 with LF or CRLF ends.
// Its fields share the text's memory; only a field with a doubled quote is
// copied.
type csvRows struct {
	rest   string
	quotes bool // the text has a quote somewhere
	next   int  // line on which rest begins, the first is 1

	line   int      // on which the current row begins
	raw    string   // the current row as it stands, without its line end
	fields []string // of the current row; reused by the next
	broken bool     // a quote of the current row is never closed
	most   int      // bytes of a row
}

func newCSVRows(text string, most int) *csvRows {
	if most == 0 {
		most = snapshots.DefaultRowBytes
	}
	return &csvRows{
		most:   most,
		rest:   strings.TrimPrefix(text, "\ufeff"),
		quotes: strings.IndexByte(text, '"') >= 0,
		next:   1,
	}
}

// Next reads one row into fields. It passes over empty lines, and is false at
// the end of the text.
func (c *csvRows) Next() bool {
	for len(c.rest) > 0 {
		c.line, c.broken = c.next, false
		c.fields = c.fields[:0]
		if c.quotes {
			c.readQuoted()
		} else {
			c.readPlain()
		}
		if c.raw != "" {
			return true
		}
	}
	return false
}

func (c *csvRows) readPlain() {
	row := c.rest
	if end := strings.IndexByte(row, '\n'); end >= 0 {
		row, c.rest = row[:end], row[end+1:]
	} else {
		c.rest = ""
	}
	c.next++
	c.raw = strings.TrimSuffix(row, "\r")
	if c.fields == nil {
		c.fields = make([]string, 0, 32)
	}
	c.fields = splitComma(c.fields, c.raw)
}

// tooLong reports whether the current row is longer than allowed.
func (c *csvRows) tooLong() bool { return len(c.raw) > c.most }

func rowTooLong(most int) (kind, reason, remedy string) {
	return "row_too_long", fmt.Sprintf("the row has more than the %d bytes allowed", most), "raise --max-row-length if it is what it should be"
}

// splitComma appends the fields of one row that has no quotes.
func splitComma(fields []string, row string) []string {
	for {
		comma := strings.IndexByte(row, ',')
		if comma < 0 {
			return append(fields, row)
		}
		fields = append(fields, row[:comma])
		row = row[comma+1:]
	}
}

// readQuoted reads a row of a text that has quotes. A quote that opens and is
// never closed ends the row at its first line, so that one bad row does not
// swallow the others.
func (c *csvRows) readQuoted() {
	text, at := c.rest, 0
	for {
		field, length, ok := csvField(text[at:])
		if !ok {
			c.readPlain()
			c.broken = true
			return
		}
		c.fields = append(c.fields, field)
		at += length
		if at == len(text) || text[at] != ',' {
			break
		}
		at++
	}
	end := at
	if strings.HasPrefix(text[at:], "\r") {
		at++
	}
	if strings.HasPrefix(text[at:], "\n") {
		at++
	}
	c.raw, c.rest = text[:end], text[at:]
	c.next += strings.Count(text[:at], "\n")
}

// csvField reads the field at the beginning of text and its length with the
// quotes. ok is false if a quote is never closed or something follows it.
func csvField(text string) (field string, length int, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		end := strings.IndexAny(text, ",\n")
		if end < 0 {
			end = len(text)
		}
		field = strings.TrimSuffix(text[:end], "\r")
		return field, len(field), true
	}
	doubled := false
	for at := 1; ; at++ {
		quote := strings.IndexByte(text[at:], '"')
		if quote < 0 {
			return "", 0, false
		}
		at += quote
		switch {
		case strings.HasPrefix(text[at+1:], `"`):
			doubled = true
			at++
		case at+1 < len(text) && text[at+1] != ',' && text[at+1] != '\n' && text[at+1] != '\r':
			return "", 0, false
		default:
			field = text[1:at]
			if doubled {
				field = strings.ReplaceAll(field, `""`, `"`)
			}
			return field, at + 1, true
		}
	}
}
