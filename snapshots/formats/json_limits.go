package formats

import (
	"context"
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"io"
)

// limitError ends the reading of a file. The issue names the limit.
type limitError struct{ issue snapshots.Issue }

func (e *limitError) Error() string { return e.issue.Reason }

func tooManyColumns(limit int) *limitError {
	return &limitError{snapshots.Issue{
		Kind: "too_many_columns", Reason: fmt.Sprintf("the file has more than the maximum of %d columns or keys; the rest is not read", limit),
		Remedy: "if this file is legitimate, raise --max-columns",
	}}
}

func tooManyRows(limit, refused int) snapshots.Issue {
	return snapshots.Issue{
		Kind: "too_many_rows", Reason: fmt.Sprintf("the table has more than the maximum of %d rows; the rest is not loaded", limit),
		Remedy: "if this file is legitimate, raise --max-rows", RowsRefused: refused,
	}
}

// jsonLimits bound what a response can cost. However short its JSON is, an element that
// is kept costs up to 800 bytes, as much as some rows of a table, which are handed on.
type jsonLimits struct {
	keys     int // maximum in the objects that are read key by key, together
	elements int // maximum in all lists, together
	rows     int // --max-rows
}

const (
	fewElements    = 250_000 // any file may have: five times what AWS Organizations and IAM allow
	rowsPerElement = 8       // beyond these
	jsonValue      = 4 << 20 // maximum length of an element, or of a value that is skipped
)

func limitsOf(limits snapshots.TableLimits) jsonLimits {
	elements := min(limits.Rows, max(fewElements, limits.Rows/rowsPerElement))
	return jsonLimits{keys: limits.Columns, elements: elements, rows: limits.Rows}
}

func (l jsonLimits) tooManyElements(refused int) snapshots.Issue {
	issue := snapshots.Issue{
		Kind: "too_many_rows", RowsRefused: refused,
		Reason: fmt.Sprintf("the lists have more than the maximum of %d elements; the rest is not loaded", l.elements),
		Remedy: "if this file is legitimate, raise --max-rows",
	}
	if l.elements < l.rows {
		issue.Remedy = fmt.Sprintf("split the file, or raise --max-rows to %d times the number of elements", rowsPerElement)
	}
	return issue
}

// jsonInput gives a text to a decoder in chunks. The decoder holds the value that it
// reads as a whole; a value beyond the maximum is an error, and so is the end of the
// context.
type jsonInput struct {
	ctx     context.Context
	rest    []byte
	given   int64
	decoder *json.Decoder
}

func newDecoder(ctx context.Context, data []byte) *json.Decoder {
	in := &jsonInput{ctx: ctx, rest: data}
	in.decoder = json.NewDecoder(in)
	return in.decoder
}

func (in *jsonInput) Read(chunk []byte) (n int, err error) {
	switch {
	case in.ctx.Err() != nil:
		return 0, in.ctx.Err()
	case len(in.rest) == 0:
		return 0, io.EOF
	case in.given-in.decoder.InputOffset() > jsonValue:
		return 0, &limitError{snapshots.Issue{
			Kind:   "value_too_long",
			Reason: fmt.Sprintf("a value after byte %d exceeds the maximum of %d bytes; the rest is not read", in.decoder.InputOffset(), jsonValue),
			Remedy: "download the file again, or remove it",
		}}
	}
	n = copy(chunk[:min(len(chunk), 64<<10)], in.rest)
	in.rest = in.rest[n:]
	in.given += int64(n)
	return n, nil
}
