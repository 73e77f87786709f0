package ingest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"iamcensus/snapshots"
)

// issues are those of one file. Of each kind and column only the first hundred stand
// alone, and of all some hundred; the rest become one, so that no file can flood the
// database. The rows that they refuse always add up.
type issues struct {
	list  []countedIssue
	count map[issueKey]int // issues in the list so far
	rest  map[issueKey]int // index in list of the issue that stands for the rest
}

// countedIssue is an issue, or stands for the first of several and the others.
type countedIssue struct {
	snapshots.Issue
	n int // issues that it stands for; 0 for one that stands for itself
}

type issueKey struct{ kind, column string }

// Issues that stand alone.
const (
	maxIssues     = 100 // of one kind and column
	maxFileIssues = 400
)

// moreIssues stands for what is beyond maxFileIssues.
var moreIssues = issueKey{kind: "more_issues"}

func (c *issues) has(kind, column string) bool { return c.count[issueKey{kind, column}] > 0 }

func (c *issues) add(issue snapshots.Issue) { c.addCounted(countedIssue{Issue: issue}) }

func (c *issues) addCounted(issue countedIssue) {
	if c.count == nil {
		c.count, c.rest = map[issueKey]int{}, map[issueKey]int{}
	}
	issue.bound()
	if c.repeatsLast(issue.Issue) {
		c.list[len(c.list)-1].RowsRefused += issue.RowsRefused
		return
	}
	key := issueKey{issue.Kind, issue.Column}
	_, hasRest := c.rest[key]
	switch {
	case hasRest:
	case len(c.list) >= maxFileIssues:
		key = moreIssues
	case c.count[key] < maxIssues && issue.n == 0:
		c.count[key]++
		c.list = append(c.list, issue)
		return
	}
	c.addRest(key, issue)
}

// repeatsLast reports whether an issue says the same of the whole file as the last one.
func (c *issues) repeatsLast(issue snapshots.Issue) bool {
	if issue.Line > 0 || len(c.list) == 0 {
		return false
	}
	last := c.list[len(c.list)-1]
	issue.RowsRefused = last.RowsRefused
	return last.n == 0 && last.Issue == issue
}

// addRest counts an issue that does not stand alone.
func (c *issues) addRest(key issueKey, issue countedIssue) {
	n := max(issue.n, 1)
	if at, ok := c.rest[key]; ok {
		c.list[at].n += n
		c.list[at].RowsRefused += issue.RowsRefused
		return
	}
	c.rest[key] = len(c.list)
	issue.n = n
	if key == moreIssues {
		issue.Kind, issue.Column = key.kind, key.column
		issue.Remedy = "fix those listed, then ingest again"
	}
	c.list = append(c.list, issue)
}

// merge adds the issues of others.
func (c *issues) merge(others *issues) {
	for _, issue := range others.list {
		c.addCounted(issue)
	}
}

// all lists the issues, in the order of the file.
func (c *issues) all(yield func(snapshots.Issue) bool) {
	for _, issue := range c.list {
		switch {
		case issue.n == 0:
		case issue.Kind == moreIssues.kind:
			issue.Reason = fmt.Sprintf("%d more issues of this file; the first is on this line", issue.n)
		case issue.n == 1:
			issue.Reason = "1 more issue of this kind"
		default:
			issue.Reason = fmt.Sprintf("%d more issues of this kind; the first is on this line", issue.n)
		}
		if !yield(issue.Issue) {
			return
		}
	}
}

func invalidUTF8() snapshots.Issue {
	return snapshots.Issue{
		Kind: "invalid_utf8", Reason: "a name in this file is not valid UTF-8; its other bytes are replaced",
		Remedy: "export the file again as UTF-8",
	}
}

// Lengths of an issue's texts, in bytes: a message has at most some 150 and names of
// the input.
const (
	maxReason = 500
	maxColumn = 200
)

// bound cuts long texts, and makes all valid UTF-8.
func (c *countedIssue) bound() {
	c.Column, c.Reason = validText(cut(c.Column, maxColumn)), validText(cut(c.Reason, maxReason))
}

// cut shortens a text to at most n bytes and "...".
func cut(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return strings.Clone(text[:n]) + "..."
}
