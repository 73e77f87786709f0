package ingest_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

// largeReport has more users than a part of a file or a batch of rows, and the first
// one again at its end.
func largeReport(account string) string {
	var b strings.Builder
	b.WriteString(header)
	for i := range 65_000 {
		b.WriteString(row(account, fmt.Sprintf("user-%05d", i)))
	}
	return b.String() + row(account, "user-00000")
}

// TestLargeFiles: files that are handed on in parts, and rows of a file that reach the
// database in several batches, come out as if each were one.
func TestLargeFiles(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/a.csv", largeReport("111122223333"))
	c.file("2021-01-24/org-a/222233334444/a.csv", header+row("222233334444", "anna"))
	c.file("2021-01-24/org-a/333344445555/a.csv", largeReport("333344445555"))
	c.file("2021-01-24/org-a/333344445555/b.csv", largeReport("333344445555")+row("333344445555", "last"))
	if s := c.tested(); s.Files != 4 || s.Snapshots != 3 || s.RowsLoaded != 130_001 || s.RowsRefused != 65_004 {
		t.Errorf("%+v", s)
	}
	c.want("select file_id, outcome, n_rows_loaded, n_rows_refused from source_file order by file_id", `
1 loaded 65000 1
2 loaded 1 0
3 loaded 65000 1
4 refused 0 65002
`)
	c.want("select file_id, line, kind, n_rows_refused from ingest_issue where kind in ('duplicate_user', 'snapshot_conflict', 'more_issues') order by issue_id", `
1 65002 duplicate_user 1
3 65002 duplicate_user 1
4 65002 duplicate_user 1
4 <nil> snapshot_conflict 65001
`)
	c.want("select account_id, min(user_id), max(user_id) from iam_user join snapshot using (snapshot_id) group by all order by all", `
111122223333 1 65000
222233334444 65001 65001
333344445555 65002 130001
`)
}

// TestInterruptInALargeFile: what precedes a large file is kept, and nothing of it.
// The interruption comes while the large file is read, since its reader waits for the
// visit of the small one.
func TestInterruptInALargeFile(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/a.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-a/222233334444/b.csv", largeReport("222233334444"))
	c.file("2021-01-24/org-a/333344445555/c.csv", header+row("333344445555", "carl"))
	ctx, cancel := context.WithCancel(t.Context())
	s, err := ingest.Load(ctx, c.db, ingest.Options{
		Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 2, Now: c.now, Progress: func(ingest.Progress) { cancel() },
	})
	if !errors.Is(err, context.Canceled) || s.Files != 1 {
		t.Errorf("%d files: %v", s.Files, err)
	}
	const stored = "select user_name, org_id, account_id from iam_user join snapshot using (snapshot_id) where user_id not between 3 and 65000"
	c.want(stored, "anna org-a 111122223333\n")
	c.want("select count(*) from source_file union all select count(*) from account", "1\n1\n")
	if s := c.tested(); s.Files != 3 || s.Unchanged != 1 || s.RowsLoaded != 65_001 {
		t.Errorf("the load after it: %+v", s)
	}
	c.want(stored+" order by user_id", "anna org-a 111122223333\nuser-00000 org-a 222233334444\nuser-64999 org-a 222233334444\ncarl org-a 333344445555\n")
}

func TestUserNamesAreOfASnapshot(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/r.csv", header+row("111122223333", "anna")+row("222233334444", "anna")+row("111122223333", "bert")+row("222233334444", "anna"))
	c.tested()
	c.want("select line, kind from ingest_issue where kind = 'duplicate_user'", "5 duplicate_user\n")
	c.want("select count(*) from iam_user", "3\n")
}
