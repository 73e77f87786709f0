package ingest

import (
	"fmt"

	"iamcensus/snapshots"
)

// issues are those of one file. Of each kind and column only the first hundred
// stand alone; the rest become one, so that no file can flood the database.
type issues struct {
	list  []snapshots.Issue
	count map[issueKey]int // issues so far
	rest  map[issueKey]int // index in list of the issue that stands for the rest
}

type issueKey struct{ kind, column string }

const maxIssues = 100 // of one kind and column

func (c *issues) has(kind, column string) bool { return c.count[issueKey{kind, column}] > 0 }

func (c *issues) add(issue snapshots.Issue) {
	if c.count == nil {
		c.count, c.rest = map[issueKey]int{}, map[issueKey]int{}
	}
	key := issueKey{issue.Kind, issue.Column}
	c.count[key]++
	switch n := c.count[key] - maxIssues; {
	case n <= 0:
		c.list = append(c.list, issue)
	case n == 1:
		c.rest[key] = len(c.list)
		issue.Reason = "1 more issue of this kind"
		c.list = append(c.list, issue)
	default:
		rest := &c.list[c.rest[key]]
		rest.RowsRefused += issue.RowsRefused
		rest.Reason = fmt.Sprintf("%d more issues of this kind; the first is on this line", n)
	}
}
