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

// answer is a JSON answer of AWS while it is read, element by element, so
// that a large list is never in memory as a whole. The recorders of boto wrap
// answers in {"status_code", "data"}; nesting is bound by encoding/json.
type answer struct {
	*snapshots.Document // what was read; Rows counts the elements that were taken

	path    string
	data    []byte
	out     Sink
	decoder *json.Decoder
	known   map[string]field
	command string // that prints such an answer
	whole   bool   // a part of the answer is worth nothing

	place   string // the list or object that is read now
	index   int    // of the element in it; -1 in an object
	found   bool   // one of the known fields was there
	refused int    // elements that were not taken
	wrapped bool   // we are in a recorder's data

	isPage     bool // AWS says that more follows
	isComplete bool // the answer is all there, and every element was taken
}

// field reads the value of the field of this name, and leaves none of it.
type field func(name string) error

func newAnswer(in Input, out Sink, command string) *answer {
	data := trimBOM(in.Data)
	return &answer{
		Document: &snapshots.Document{}, path: in.Path, data: data, out: out,
		decoder: json.NewDecoder(bytes.NewReader(data)), command: command,
	}
}

func trimBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\ufeff")) }

// read reads the answer with the known fields, whose names are found without
// regard to case. ok is false if there is nothing to hand over.
func (a *answer) read(known map[string]field) (ok bool) {
	a.known = known
	err := a.object()
	if err == nil {
		err = a.end()
	}
	refused := 0
	if a.whole {
		refused = a.Rows
	}
	switch {
	case err != nil:
		a.out.Issue(snapshots.Issue{
			Kind: "bad_json", RowsRefused: refused, Reason: "the file is not one JSON object: " + syntax(a.data, err),
			Remedy: "get it again with " + a.command,
		})
	case a.isPage:
		a.out.Issue(snapshots.Issue{
			Kind: "one_page", RowsRefused: refused, Reason: "the answer is one page: AWS says that more follows",
			Remedy: "save what " + a.command + " prints without --max-items, --no-paginate and --starting-token",
		})
	case !a.found:
		a.out.Issue(snapshots.Issue{
			Kind: "nothing_in_it", Reason: "the answer has none of the fields that are read",
			Remedy: "get the whole file again with " + a.command,
		})
		return false
	default:
		a.isComplete = a.refused == 0
		return a.isComplete || a.Rows > 0
	}
	return a.Rows > 0 && !a.whole
}

// object reads the fields of an object; the unknown ones are skipped.
func (a *answer) object() error {
	if _, err := a.decoder.Token(); err != nil {
		return err
	}
	for a.decoder.More() {
		token, err := a.decoder.Token()
		if err != nil {
			return err
		}
		name, _ := token.(string)
		if err := a.field(name)(name); err != nil {
			return err
		}
	}
	_, err := a.decoder.Token()
	return err
}

// field finds who reads the field that comes next.
func (a *answer) field(name string) field {
	for known, read := range a.known {
		if strings.EqualFold(name, known) {
			a.found = true
			return read
		}
	}
	switch {
	case name == "data" && !a.wrapped && a.next() == '{':
		a.wrapped = true
		return func(string) error { return a.object() }
	case name == "ResponseMetadata":
		return a.metadata
	case strings.EqualFold(name, "NextToken"):
		return a.more
	}
	return func(string) error { return a.decoder.Decode(&skipped{}) }
}

// skipped takes any value and keeps none.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }

// next is the first byte of the value that follows, 0 at the end.
func (a *answer) next() byte {
	rest := bytes.TrimLeft(a.data[a.decoder.InputOffset():], " \t\r\n:")
	if len(rest) == 0 {
		return 0
	}
	return rest[0]
}

func (a *answer) end() error {
	if _, err := a.decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows it")
	}
	return nil
}

// metadata takes the time at which AWS answered from the headers that boto
// keeps beside the answer.
func (a *answer) metadata(string) error {
	var metadata struct{ HTTPHeaders struct{ Date string } }
	if err := a.decoder.Decode(&metadata); isSyntax(err) {
		return err
	}
	if t, err := time.Parse(time.RFC1123, metadata.HTTPHeaders.Date); err == nil && t.Unix() >= 0 {
		a.CapturedAt = snapshots.TimeAt(t)
	}
	return nil
}

// more reads a field that has a value if this is only a page of the answer.
func (a *answer) more(string) error {
	var value any
	err := a.decoder.Decode(&value)
	a.isPage = a.isPage || value != nil && value != false && value != ""
	return err
}

// syntax says what breaks the JSON, and where.
func syntax(data []byte, err error) string {
	var wrong *json.SyntaxError
	if errors.As(json.Unmarshal(data, &skipped{}), &wrong) {
		return fmt.Sprintf("%s at byte %d", wrong, wrong.Offset)
	}
	return err.Error()
}
