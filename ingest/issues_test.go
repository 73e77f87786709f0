package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"iamcensus/snapshots"
)

func TestIssuesOfOneKindAreLimited(t *testing.T) {
	var c issues
	for line := 1; line <= 1000; line++ {
		c.add(snapshots.Issue{Line: line, Kind: "field_count", RowsRefused: 1})
		c.add(snapshots.Issue{Line: line, Kind: "bad_time", Column: "mfa_active"})
	}
	list := slices.Collect(c.all)
	if len(list) != 2*(maxIssues+1) || refused(list) != 1000 {
		t.Errorf("%d issues for %d rows, want %d for 1000", len(list), refused(list), 2*(maxIssues+1))
	}
	if rest := list[len(list)-2]; rest.Reason != "900 more issues of this kind; the first is on this line" || rest.Line != 101 {
		t.Errorf("the rest: %+v", rest)
	}
}

func TestIssuesOfAFileAreLimited(t *testing.T) {
	var c, others issues
	for line := 1; line <= 1_000_000; line++ {
		c.add(snapshots.Issue{Line: line, Kind: "bad_time", Column: fmt.Sprint("column ", line), RowsRefused: 1})
		others.add(snapshots.Issue{Line: line, Kind: "other", RowsRefused: 1})
	}
	c.merge(&others)
	list := slices.Collect(c.all)
	if len(list) != maxFileIssues+1 || refused(list) != 2_000_000 {
		t.Errorf("%d issues for %d rows, want %d for 2000000", len(list), refused(list), maxFileIssues+1)
	}
	if rest := list[maxFileIssues]; rest.Kind != "more_issues" || rest.Line != maxFileIssues+1 ||
		rest.Reason != fmt.Sprintf("%d more issues of this file; the first is on this line", 2_000_000-maxFileIssues) {
		t.Errorf("the rest: %+v", rest)
	}
	if n := len(c.count); n > maxFileIssues {
		t.Errorf("%d kinds and columns are counted", n)
	}
}

func TestTextsOfIssuesAreLimited(t *testing.T) {
	var c issues
	c.add(snapshots.Issue{Kind: "bad_time", Column: strings.Repeat("x", 1000), Reason: strings.Repeat("\u00e9", 10_000)})
	for issue := range c.all {
		if len(issue.Column) > maxColumn+3 || len(issue.Reason) > maxReason+3 || !utf8.ValidString(issue.Reason) {
			t.Errorf("%d and %d bytes: %q", len(issue.Column), len(issue.Reason), issue.Reason)
		}
	}
}

func refused(list []snapshots.Issue) (n int) {
	for _, issue := range list {
		n += issue.RowsRefused
	}
	return n
}
