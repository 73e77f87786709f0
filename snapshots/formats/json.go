package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

	path         string
	data         []byte
	out          Sink
	decoder      *json.Decoder
	fields       map[string]fieldReader
	command      string // that prints such a response
	obtain       string // how to get the file, in a remedy
	allOrNothing bool   // an incomplete response is refused

	fieldName string // of the list or object that is being read
	index     int    // of the element in the list; -1 in an object
	hasField  bool   // the response has one of fields
	refused   int    // elements that were refused
	inData    bool   // inside the data of a recording

	isPage     bool // AWS states that more pages follow
	isComplete bool // the response is complete, and every element was accepted
}

// fieldReader reads the whole value of the field of this name.
type fieldReader func(name string) error

func newResponse(in Input, out Sink, command string) *response {
	data := trimBOM(in.Data)
	return &response{
		Document: &snapshots.Document{}, path: in.Path, data: data, out: out,
		decoder: json.NewDecoder(bytes.NewReader(data)), command: command, obtain: "save the output of " + command,
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
	refused := 0
	if r.allOrNothing {
		refused = r.Rows
	}
	switch {
	case err != nil:
		r.out.Issue(snapshots.Issue{
			Kind: "bad_json", RowsRefused: refused, Reason: "the file is not one JSON object: " + syntaxError(r.data, err),
			Remedy: r.obtain + " again",
		})
	case r.isPage:
		r.out.Issue(snapshots.Issue{
			Kind: "one_page", RowsRefused: refused, Reason: "the file is one page of a response; more pages follow",
			Remedy: r.obtain + " without --max-items, --no-paginate and --starting-token",
		})
	case !r.hasField:
		r.out.Issue(snapshots.Issue{
			Kind: "nothing_in_it", Reason: "the file has none of the fields that are read",
			Remedy: r.obtain + " again",
		})
		return false
	default:
		r.isComplete = r.refused == 0
		return r.isComplete || r.Rows > 0
	}
	return r.Rows > 0 && !r.allOrNothing
}

// readObject reads the fields of an object.
func (r *response) readObject() error {
	if _, err := r.decoder.Token(); err != nil {
		return err
	}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if err := r.readerOf(name)(name); err != nil {
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
			r.hasField = true
			return read
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
	return func(string) error { return r.decoder.Decode(&skipped{}) }
}

// skipped accepts any JSON value and stores nothing.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }

// nextByte is the first byte of the next value, 0 at the end.
func (r *response) nextByte() byte {
	rest := bytes.TrimLeft(r.data[r.decoder.InputOffset():], " \t\r\n:")
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
	var value any
	err := r.decoder.Decode(&value)
	r.isPage = r.isPage || value != nil && value != false && value != ""
	return err
}

// syntaxError says what is wrong with the JSON, and where.
func syntaxError(data []byte, err error) string {
	var wrong *json.SyntaxError
	if errors.As(json.Unmarshal(data, &skipped{}), &wrong) {
		return fmt.Sprintf("%s at byte %d", wrong, wrong.Offset)
	}
	return err.Error()
}
