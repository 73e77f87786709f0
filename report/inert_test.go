package report

import (
	"strings"
	"testing"

	"iamcensus/report/golden"
	"iamcensus/report/stats"
)

// TestInert: no format prints a string of a document as it is, whatever it has.
func TestInert(t *testing.T) {
	inert(t, Formats, fixedReport())
	inert(t, TrendFormats, fixedTrend())
	inert(t, EvidenceFormats, fixedEvidence())
}

func inert[T any](t *testing.T, formats []Format[T], document T) {
	for _, format := range formats {
		golden.Inert(t, document, format.Name == "md", func() string {
			var page strings.Builder
			if err := format.Render(&page, document); err != nil {
				t.Errorf("in format %s: %v", format.Name, err)
			}
			return page.String()
		}, stats.Estimate{})
	}
}
