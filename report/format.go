package report

import (
	"bytes"
	"encoding/json"
	"io"

	"iamcensus/report/text"
)

// Format is one output format of documents of type T.
type Format[T any] struct {
	Name   string // of --format
	Suffix string // of files in this format, with the dot
	Render func(io.Writer, T) error
}

// The output formats of each kind of document; the first is the default.
var (
	Formats = []Format[*Report]{
		{"md", ".md", renderMarkdown},
		{"json", ".json", renderJSON},
	}
	TrendFormats = []Format[*Trend]{
		{"md", ".md", renderTrendMarkdown},
		{"json", ".json", RenderJSON[*Trend]},
	}
	EvidenceFormats = []Format[[]MFAEvidence]{
		{"md", ".md", renderEvidenceMarkdown},
		{"json", ".json", RenderJSON[[]MFAEvidence]},
	}
)

// RenderJSON writes a document with its JSON encoding, indented by two spaces.
// Characters that cannot be seen are escaped.
func RenderJSON[T any](w io.Writer, document T) error {
	return writeJSON(w, document, "  ")
}

// RenderJSONLine writes a document as RenderJSON does, in one line.
func RenderJSONLine[T any](w io.Writer, document T) error {
	return writeJSON(w, document, "")
}

func writeJSON(w io.Writer, document any, indent string) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(document); err != nil {
		return err
	}
	_, err := w.Write(text.JSON(out.Bytes()))
	return err
}
