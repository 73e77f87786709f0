package formats

import (
	"bytes"
	"iamcensus/snapshots"
)

// Format is one kind of input. Adding one is a file with its Format in it and
// a line in Formats.
type Format struct {
	Name  string // short and stable: it is in the database
	Title string // one line for people
	Match func(head []byte) bool
	Read  func(in Input, out Sink)
}

// Input is a file to read. Data is its unpacked content; the path tells what
// some answers of AWS leave out, such as whose parents they list.
type Input struct {
	Path     string
	Data     []byte
	RowBytes int // most bytes of a row of CSV; 0 = snapshots.DefaultRowBytes
}

// Sink takes what a reader finds, in the order of the file. What is handed
// over is the sink's.
type Sink interface {
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
}

// headSize is how much of a file Match gets to see.
const headSize = 4096

// Recognize gives the format of a file by its content, and nil if nobody
// knows it.
func Recognize(data []byte) *Format {
	head := bytes.TrimPrefix(data[:min(len(data), headSize)], []byte("\ufeff"))
	if bytes.HasPrefix(head, []byte(standardHeader)) {
		return &credentialReportCSV // nearly all files; no format adds nothing to AWS's own columns
	}
	for i := range Formats {
		if Formats[i].Match(head) {
			return &Formats[i]
		}
	}
	return nil
}
