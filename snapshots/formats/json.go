package formats

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"iamcensus/snapshots"
	"io"
	"strings"
	"time"
)

// response is a JSON response of AWS while it is read element by element, so that
// a large list is never in memory as a whole. Recordings of boto3 (placebo) wrap a
// response in {"status_code", "data"}. encoding/json limits the nesting.
type response struct {
	*snapshots.Document // what was read; Rows counts the elements that were accepted

	ctx          context.Context
	path         string
	data         []byte
	out          Sink
	limits       jsonLimits
	decoder      *json.Decoder
	fields       map[string]fieldReader
	command      string // that prints such a response
	obtain       string // how to get the file, in a remedy
	allOrNothing bool   // an incomplete response is refused

	fieldName string          // of the list or object that is being read
	index     int             // of the element in the list; -1 in an object
	seen      map[string]bool // fields that were read
	keys      int             // of the objects that are read key by key
	refused   int             // elements that were refused
	beyond    int             // of these, elements beyond the maximum
	inData    bool            // inside the data of a recording

	isPage     bool // AWS states that more pages follow
	isComplete bool // the response is complete, and every element was accepted
}

// fieldReader reads the whole value of the field of this name.
type fieldReader func(name string) error

func newResponse(in Input, out Sink, command string) *response {
	data := trimBOM(in.Data)
	return &response{
		Document: &snapshots.Document{}, ctx: in.Context, path: in.Path, data: data, out: out,
		limits: limitsOf(in.Limits), decoder: newDecoder(in.Context, data),
		command: command, obtain: "save the output of " + command, seen: map[string]bool{},
	}
}

// read reads the response. The names of fields are compared without regard to
// case; other fields are skipped. ok is false if there is no document to emit.
func (r *response) read(fields map[string]fieldReader) (ok bool) {
	r.fields = fields
	err := r.readObject()
	if err == nil {
		err = r.expectEnd()
	}
	if r.ctx.Err() != nil {
		return false
	}
	issues := r.incomplete(err)
	if r.allOrNothing && len(issues) > 0 {
		issues[0].RowsRefused += r.Rows
	}
	for _, issue := range issues {
		r.out.Issue(issue)
	}
	r.isComplete = len(issues) == 0 && r.refused == 0
	return r.isComplete || r.Rows > 0 && !(r.allOrNothing && len(issues) > 0)
}

// readObject reads the fields of an object.
func (r *response) readObject() error {
	return r.eachKey(func(name string) error { return r.readerOf(name)(name) })
}

// eachKey reads an object whose values read reads.
func (r *response) eachKey(read fieldReader) error {
	if _, err := r.decoder.Token(); err != nil {
		return err
	}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		if r.keys++; r.keys > r.limits.keys {
			return tooManyColumns(r.limits.keys)
		}
		name, _ := token.(string)
		if err := read(name); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return err
}

// readerOf gives the reader of the next field.
func (r *response) readerOf(name string) fieldReader {
	for known, read := range r.fields {
		if strings.EqualFold(name, known) {
			return r.once(known, read)
		}
	}
	switch {
	case name == "data" && !r.inData && r.nextByte() == '{':
		r.inData = true
		return func(string) error { return r.readObject() }
	case name == "ResponseMetadata":
		return r.readMetadata
	case strings.EqualFold(name, "NextToken"):
		return r.readPageToken
	}
	return func(string) error { return r.skip() }
}

// once gives the reader of a field, which gets the name as AWS writes it.
func (r *response) once(name string, read fieldReader) fieldReader {
	if r.seen[name] {
		read = refuseAll(r, "duplicate_field", "the file has "+name+" twice; the first counts", r.obtain+" again")
	}
	r.seen[name] = true
	return func(string) error { return read(name) }
}

// skip reads any JSON value and stores nothing. A list may be longer than a value.
func (r *response) skip() error {
	if r.nextByte() != '[' {
		return r.decoder.Decode(&skipped{})
	}
	if _, err := r.decoder.Token(); err != nil {
		return err
	}
	for r.decoder.More() {
		if err := r.decoder.Decode(&skipped{}); err != nil {
			return err
		}
	}
	_, err := r.decoder.Token()
	return err
}

// skipped accepts any JSON value and stores nothing.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }

// nextByte is the first byte of the next value, 0 at the end.
func (r *response) nextByte() byte {
	rest := bytes.TrimLeft(r.data[r.decoder.InputOffset():], " \t\r\n:,")
	if len(rest) == 0 {
		return 0
	}
	return rest[0]
}

func (r *response) expectEnd() error {
	if _, err := r.decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more data follows the object")
	}
	return nil
}

// readMetadata takes the time of the response from the HTTP headers that boto3
// stores with it.
func (r *response) readMetadata(string) error {
	var metadata struct{ HTTPHeaders struct{ Date string } }
	if err := r.decoder.Decode(&metadata); isSyntaxError(err) {
		return err
	}
	if t, err := time.Parse(time.RFC1123, metadata.HTTPHeaders.Date); err == nil && t.Unix() >= 0 {
		r.CapturedAt = snapshots.TimeAt(t)
	}
	return nil
}

// readPageToken reads a field that has a value in every page but the last.
func (r *response) readPageToken(string) error {
	var value json.RawMessage
	err := r.decoder.Decode(&value)
	switch string(value) {
	case "", "null", "false", `""`:
	default:
		r.isPage = true
	}
	return err
}
