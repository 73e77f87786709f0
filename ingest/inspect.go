package ingest

import (
	"context"

	"iamcensus/snapshots"
)

// Inspected says what one file was taken for, without a database.
type Inspected struct {
	Path      string           `json:"path"`
	Format    string           `json:"format"` // "" if nobody recognized it
	Accounts  []InspectedPart  `json:"accounts"`
	RowsRead  int64            `json:"rows_read"`
	RowsTaken int64            `json:"rows_taken"`
	Issues    []InspectedIssue `json:"issues"`
}

// InspectedPart is an account at a time that a file tells of.
type InspectedPart struct {
	Organization string `json:"organization"`
	Account      string `json:"account"`
	CapturedAt   string `json:"captured_at"` // RFC 3339
	Source       string `json:"captured_at_source"`
	Users        int    `json:"users"`
}

// InspectedIssue is an issue as a script wants it.
type InspectedIssue struct {
	Line        int    `json:"line,omitempty"`
	Column      string `json:"column,omitempty"`
	Kind        string `json:"kind"`
	Reason      string `json:"reason"`
	Remedy      string `json:"remedy"`
	RowsRefused int    `json:"rows_refused"`
}

// Inspect reads every file below the paths, one after the other, and visits
// what became of it.
func Inspect(ctx context.Context, o Options, visit func(Inspected) error) error {
	for _, path := range o.Paths {
		err := snapshots.Walk(ctx, path, o.Fallback, o.Limits, func(file snapshots.File) error {
			return visit(inspected(read(file, nil)))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func inspected(r *result) Inspected {
	out := Inspected{Path: r.file.Path, Format: r.format, Accounts: []InspectedPart{}, Issues: []InspectedIssue{}}
	at := map[identity]int{}
	for _, a := range r.parts {
		i, ok := at[a.identity]
		if !ok {
			i = len(out.Accounts)
			at[a.identity] = i
			out.Accounts = append(out.Accounts, InspectedPart{
				Organization: a.organization, Account: a.account, Source: a.source,
				CapturedAt: snapshots.Time{Unix: a.capturedAt, Word: snapshots.At}.String(),
			})
		}
		out.Accounts[i].Users += len(a.Users)
		out.RowsTaken += a.rows()
	}
	out.RowsRead = out.RowsTaken
	for _, issue := range r.issues {
		out.RowsRead += int64(issue.RowsRefused)
		out.Issues = append(out.Issues, InspectedIssue(issue))
	}
	return out
}
