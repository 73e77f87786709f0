package ingest

import (
	"context"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// Inspected says what one file was taken for, without a database.
type Inspected struct {
	Path      string             `json:"path"`
	Format    string             `json:"format"` // "" if nobody recognized it
	Contents  []InspectedContent `json:"contents"`
	RowsRead  int64              `json:"rows_read"`
	RowsTaken int64              `json:"rows_taken"`
	Issues    []InspectedIssue   `json:"issues"`
}

// InspectedContent is what a file tells of one account, or of an AWS
// Organization, at one time.
type InspectedContent struct {
	Organization string `json:"organization"`
	Account      string `json:"account"`     // "" if it speaks of an AWS Organization
	CapturedAt   string `json:"captured_at"` // RFC 3339
	Source       string `json:"captured_at_source"`
	Rows         int64  `json:"rows"`
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
	var names names
	for _, path := range o.Paths {
		err := files.Walk(ctx, path, o.walk(), func(batch files.Batch) error {
			for i := range batch.Files {
				if err := visit(inspected(read(&batch.Files[i], new(known), &names, o))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func inspected(r *result) Inspected {
	out := Inspected{Path: r.file.Path, Format: r.format, Contents: []InspectedContent{}, Issues: []InspectedIssue{}}
	for _, a := range r.parts {
		out.add(a.identity, a.rows())
	}
	for _, d := range r.documents {
		out.add(d.identity, int64(d.Rows))
	}
	out.RowsRead = out.RowsTaken
	for _, issue := range r.issues {
		out.RowsRead += int64(issue.RowsRefused)
		out.Issues = append(out.Issues, InspectedIssue(issue))
	}
	return out
}

func (i *Inspected) add(id identity, rows int64) {
	i.RowsTaken += rows
	content := InspectedContent{
		Organization: id.organization, Account: id.account, Source: id.source,
		CapturedAt: snapshots.Time{Unix: id.capturedAt, Missing: snapshots.Present}.String(),
	}
	if last := len(i.Contents) - 1; last >= 0 {
		before := i.Contents[last]
		before.Rows = 0
		if before == content {
			i.Contents[last].Rows += rows
			return
		}
	}
	content.Rows = rows
	i.Contents = append(i.Contents, content)
}
