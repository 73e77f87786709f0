package population

import (
	"iamcensus/report"
	"io"
)

// The output formats of each kind of document; the first is the default.
var (
	SummaryFormats = []report.Format[*Summary]{
		{Name: "json", Suffix: ".json", Render: report.RenderJSON[*Summary]},
	}
	ComparisonFormats = []report.Format[*Comparison]{
		{Name: "md", Suffix: ".md", Render: renderMarkdown},
		{Name: "json", Suffix: ".json", Render: report.RenderJSON[*Comparison]},
	}
)

func renderMarkdown(w io.Writer, c *Comparison) error {
	_, err := io.WriteString(w, c.markdown())
	return err
}
