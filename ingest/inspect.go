package ingest

import (
	"context"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// Inspected says how one file was read, without a database.
type Inspected struct {
	Path      string             `json:"path"`
	Format    string             `json:"format"` // "" if it is unrecognized; "ignored" if it is litter
	Contents  []InspectedContent `json:"contents"`
	RowsRead  int64              `json:"rows_read"`
	RowsTaken int64              `json:"rows_taken"`
	Issues    []InspectedIssue   `json:"issues"`
}

// InspectedContent is what a file holds of one account, or of an AWS
// Organization, at one time.
type InspectedContent struct {
	Organization string `json:"organization"`
	Account      string `json:"account"`     // "" for an AWS Organization
	CapturedAt   string `json:"captured_at"` // RFC 3339
	Source       string `json:"captured_at_source"`
	Rows         int64  `json:"rows"`
}

// InspectedIssue is a snapshots.Issue with names for scripts.
type InspectedIssue struct {
	Line        int    `json:"line,omitempty"`
	Column      string `json:"column,omitempty"`
	Kind        string `json:"kind"`
	Reason      string `json:"reason"`
	Remedy      string `json:"remedy"`
	RowsRefused int    `json:"rows_refused"`
}

// Inspect reads every file below the paths and visits what it found, in the
// order of the walk. Of the options it uses Paths, Fallback, Layout, Limits, Stdin, Jobs,
// Now and Progress.
func Inspect(ctx context.Context, o Options, visit func(Inspected) error) error {
	t := tally{report: o.Progress}
	walk := func(ctx context.Context, visit func(files.Batch) error) error {
		for _, path := range o.Paths {
			if err := files.Walk(ctx, path, o.walk(), visit); err != nil {
				return err
			}
		}
		return nil
	}
	r := o.reading()
	r.walk, r.lookup = walk, func(*files.File) ledger.Match { return ledger.Match{} }
	i := Inspected{}
	return r.inOrder(ctx, func(results []*result) error {
		for _, r := range results {
			i.take(r)
			if r.continues {
				continue
			}
			if err := visit(i); err != nil {
				return err
			}
			t.file(r.file, Summary{RowsLoaded: i.RowsTaken, RowsRefused: i.RowsRead - i.RowsTaken})
			i = Inspected{}
		}
		return nil
	})
}

// take adds a file, or a part of one.
func (i *Inspected) take(r *result) {
	if i.Contents == nil {
		i.Path, i.Contents, i.Issues = r.file.Path, []InspectedContent{}, []InspectedIssue{}
	}
	i.Format = r.format
	for _, a := range r.users {
		i.add(a.identity, a.rows())
	}
	for _, d := range r.documents {
		i.add(d.identity, int64(d.Rows))
	}
	if r.continues {
		return
	}
	i.RowsRead = i.RowsTaken
	for issue := range r.issues.all {
		i.RowsRead += int64(issue.RowsRefused)
		i.Issues = append(i.Issues, InspectedIssue(issue))
	}
}

// add adds rows to the last content if they have the same identity.
func (i *Inspected) add(id identity, rows int64) {
	i.RowsTaken += rows
	content := InspectedContent{
		Organization: id.organization, Account: id.account, Source: id.source,
		CapturedAt: snapshots.Time{Unix: id.capturedAt, Missing: snapshots.Present}.String(),
	}
	if last := len(i.Contents) - 1; last >= 0 {
		previous := i.Contents[last]
		previous.Rows = 0
		if previous == content {
			i.Contents[last].Rows += rows
			return
		}
	}
	content.Rows = rows
	i.Contents = append(i.Contents, content)
}
