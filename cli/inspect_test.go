package cli

import (
	"strings"
	"testing"

	"iamcensus/ingest"
	"iamcensus/report/golden"
)

// TestInspectedIsInert: no format prints invisible characters of a file.
func TestInspectedIsInert(t *testing.T) {
	file := ingest.Inspected{
		Path: "a.csv", Format: "credential_report", RowsRead: 1,
		Contents: []ingest.InspectedContent{{Organization: "org-a", Account: "111122223333", CapturedAt: "2021-01-24", Source: "flag"}},
		Issues:   []ingest.InspectedIssue{{Line: 2, Column: "user", Kind: "field_count", Reason: "reason", Remedy: "remedy"}},
	}
	for _, format := range inspectionFormats {
		golden.Inert(t, &file, false, func() string {
			var page strings.Builder
			if err := format.Render(&page, file); err != nil {
				t.Error(err)
			}
			return page.String()
		})
	}
}
