package ingest

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// Inspected is how one file was read, without a database.
type Inspected struct {
	Path      string             `json:"path"`
	Format    string             `json:"format"` // "" if unrecognized
	Contents  []InspectedContent `json:"contents"`
	RowsRead  int64              `json:"rows_read"`
	RowsTaken int64              `json:"rows_taken"`
	Issues    []InspectedIssue   `json:"issues"`
}

// InspectedContent is what a file has about one account, or about an AWS
// Organization, at one time.
type InspectedContent struct {
	Organization string `json:"organization"`
	Account      string `json:"account"`     // "" for an AWS Organization
	CapturedAt   string `json:"captured_at"` // RFC 3339
	Source       string `json:"captured_at_source"`
	Rows         int64  `json:"rows"`
}

// InspectedIssue is an issue as scripts read it.
type InspectedIssue struct {
	Line        int    `json:"line,omitempty"`
	Column      string `json:"column,omitempty"`
	Kind        string `json:"kind"`
	Reason      string `json:"reason"`
	Remedy      string `json:"remedy"`
	RowsRefused int    `json:"rows_refused"`
}

// inspection is a batch of files that is read while earlier ones are visited.
type inspection struct {
	files.Batch
	results chan []*result // gets one, once all files are read
}

func (i *inspection) weight() int64 { return min(i.Bytes, inFlight) }

// Inspect reads every file below the paths, Jobs of them at a time, and visits
// each in the order of the walk. No database is needed.
func Inspect(ctx context.Context, o Options, visit func(Inspected) error) error {
	group, ctx := errgroup.WithContext(ctx)
	unread := make(chan *inspection)
	unvisited := make(chan *inspection, o.Jobs) // in the order of the walk
	room := semaphore.NewWeighted(inFlight)
	group.Go(func() error {
		defer close(unread)
		defer close(unvisited)
		return o.eachBatch(ctx, func(batch files.Batch) error {
			i := &inspection{batch, make(chan []*result, 1)}
			if err := room.Acquire(ctx, i.weight()); err != nil {
				return err
			}
			for _, next := range []chan<- *inspection{unread, unvisited} {
				select {
				case next <- i:
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			return nil
		})
	})
	for range o.Jobs {
		group.Go(func() error {
			var names names
			for i := range unread {
				results := make([]*result, len(i.Files))
				for at := range i.Files {
					results[at] = read(&i.Files[at], new(known), &names, o)
				}
				i.results <- results
			}
			return nil
		})
	}
	group.Go(func() error {
		var count inspectedCount
		for i := range unvisited {
			for _, r := range <-i.results {
				file := inspected(r)
				if err := visit(file); err != nil {
					return err
				}
				if o.Progress != nil {
					o.Progress(count.add(r.file, file.RowsRead))
				}
			}
			room.Release(i.weight())
		}
		return nil
	})
	return group.Wait()
}

// eachBatch walks all paths.
func (o *Options) eachBatch(ctx context.Context, visit func(files.Batch) error) error {
	for _, path := range o.Paths {
		if err := files.Walk(ctx, path, o.walk(), visit); err != nil {
			return err
		}
	}
	return nil
}

// inspectedCount is the progress so far; its Bytes are those of complete files
// and archives.
type inspectedCount Progress

// add takes a file. An archive follows its members and counts for all of them.
func (c *inspectedCount) add(file *files.File, rows int64) Progress {
	c.Files++
	c.Rows += rows
	now := Progress(*c)
	if file.Member && file.Path != files.Stdin {
		now.Bytes += file.Offset
		return now
	}
	c.Bytes += max(file.Size, 0)
	return Progress(*c)
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
