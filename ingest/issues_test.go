package ingest

import (
	"testing"

	"iamcensus/snapshots"
)

func TestIssuesOfOneKindAreLimited(t *testing.T) {
	var c issues
	for line := 1; line <= 1000; line++ {
		c.add(snapshots.Issue{Line: line, Kind: "field_count", RowsRefused: 1})
		c.add(snapshots.Issue{Line: line, Kind: "bad_time", Column: "mfa_active"})
	}
	refused := 0
	for _, issue := range c.list {
		refused += issue.RowsRefused
	}
	if len(c.list) != 2*(maxIssues+1) || refused != 1000 {
		t.Errorf("%d issues for %d rows, want %d for 1000", len(c.list), refused, 2*(maxIssues+1))
	}
	if rest := c.list[len(c.list)-2]; rest.Reason != "900 more issues of this kind; the first is on this line" || rest.Line != 101 {
		t.Errorf("the rest: %+v", rest)
	}
}
