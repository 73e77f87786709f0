package formats

import (
	"iamcensus/snapshots"
	"strings"
	"testing"
)

func TestRowTooLong(t *testing.T) {
	const cells = ",arn:aws:iam::111122223333:user/x,,false,,,,,,,,,,,,,,,,,,\n"
	row := strings.Repeat("x", 100) + cells
	text := standardHeader + "anna" + cells + row + "bert" + cells
	for limit, refused := range map[int]int{snapshots.DefaultTableLimits.RowBytes: 0, len(row) - 1: 0, len(row) - 2: 1} {
		g := &records{}
		in := input(t, []byte(text))
		in.Limits.RowBytes = limit
		credentialReportCSV.Read(in, g)
		got := 0
		for _, issue := range g.Issues {
			if issue.Kind == "row_too_long" && issue.Line == 3 {
				got += issue.RowsRefused
			}
		}
		if got != refused || len(g.Parts[0].Users) != 3-refused {
			t.Errorf("limit %d: %d refused and %d users, want %d and %d", limit, got, len(g.Parts[0].Users), refused, 3-refused)
		}
	}
}
