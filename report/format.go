package report

import (
	"encoding/json"
	"io"
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
func RenderJSON[T any](w io.Writer, document T) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(document)
}
