package formats

import (
	"bytes"
	"context"
	"fmt"
	"iamcensus/snapshots"
	"unicode/utf8"
)

// Format is an input format. To add one, write a file with its Format, a line in
// Formats, and a folder testdata/formats/<name>/ with examples.
type Format struct {
	Name  string                 // short and stable: it is stored in the database
	Title string                 // one line for people: what it is, and where it comes from
	Rows  bool                   // rows of a table; other JSON files are responses, of which a file may have several
	Match func(head []byte) bool // recognizes a file by its first bytes, without a byte order mark
	Read  func(in Input, out Sink)
}

// Input is a file to read. Data is its unpacked content. The path has what some
// responses of AWS lack, such as the account whose parents they list.
type Input struct {
	Context context.Context // its end ends reading; what was read until then is incomplete
	Path    string
	Data    []byte
	Limits  snapshots.TableLimits

	nesting int // of the files around it: base64, strings, arrays
}

// Sink receives what a reader finds, in the order of the file, and owns it.
type Sink interface {
	Recognized(format string) // precedes what a Format finds; several times in a file of several responses
	Users(*snapshots.UserBatch)
	Document(*snapshots.Document)
	Issue(snapshots.Issue)
}

// Formats are tried in this order; the first that matches reads the file.
var Formats = []Format{
	prowlerFindings,
	steampipe,
	cloudquery,
	credentialReportTable,
	credentialReportParquet,
	credentialReportCSV,
	credentialReportJSON,
	credentialReportBase64,
	authorizationDetails,
	accountSummary,
	passwordPolicy,
	organizations,
	configSnapshot,
	configItems,
	configCompliance,
	errorResponse,
}

// headSize is the number of bytes that Match gets.
const headSize = 4096

// Read recognizes a file by its content, and reads it within the limits.
func Read(in Input, out Sink) {
	bounded := &boundedSink{Sink: out, limit: in.Limits.Rows, rows: in.Limits.Rows}
	readInput(in, bounded)
	bounded.report()
}

// readInput is Read for a file, or what is inside of one.
func readInput(in Input, out *boundedSink) {
	if !bytes.HasPrefix(in.Data, []byte(standardHeader)) {
		in.Data = plainText(in.Data)
	}
	format := Recognize(in.Data)
	in.nesting++
	if (format == nil || !format.Rows) && in.nesting <= maxNestedInputs {
		if parts := responses(in.Data); len(parts) > 0 {
			readEach(parts, in, out)
			return
		}
	}
	if format == nil && in.nesting <= maxNestedInputs {
		if inner := unwrapped(in); inner != nil {
			in.Data = inner
			readInput(in, out)
			return
		}
	}
	if format == nil {
		out.Issue(unrecognized(in.Data))
		return
	}
	out.Recognized(format.Name)
	format.Read(in, out)
	if !isParquet(in.Data) && !utf8.Valid(in.Data) {
		out.reportUTF8()
	}
}

// readEach reads several responses of one file.
func readEach(parts [][]byte, in Input, out *boundedSink) {
	for i, part := range parts {
		switch {
		case in.Context.Err() != nil:
			return
		case i == maxResponses:
			out.Issue(snapshots.Issue{
				Kind: "too_many_rows", Reason: fmt.Sprintf("the file has more than the maximum of %d responses; the rest is not read", maxResponses),
				Remedy: "if this file is legitimate, split it",
			})
			return
		}
		in.Data = part
		readInput(in, out)
	}
}

// Recognize gives the format of a plain text by its content, nil if it is unrecognized.
func Recognize(data []byte) *Format {
	head := headOf(data)
	if bytes.HasPrefix(head, []byte(standardHeader)) {
		return &credentialReportCSV // nearly all files; other formats have further columns
	}
	for i := range Formats {
		if Formats[i].Match(head) {
			return &Formats[i]
		}
	}
	return nil
}
