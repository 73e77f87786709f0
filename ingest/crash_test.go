package ingest

import (
	"context"
	"errors"
	"strings"
	"testing"

	"iamcensus/ingest/ledger"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// crashing reads two files of a walk. The first one's reader crashes.
func crashing(t *testing.T, walk func(func(files.Batch) error) error, visit func([]*result) error) error {
	t.Helper()
	r := reading{
		readers: 2,
		walk:    func(_ context.Context, visit func(files.Batch) error) error { return walk(visit) },
		lookup: func(f *files.File) ledger.Match {
			if f.Path == "a" {
				panic("a bug")
			}
			return ledger.Match{Unchanged: true}
		},
	}
	return r.inOrder(t.Context(), visit)
}

func TestCrashOfAReader(t *testing.T) {
	var read []string
	err := crashing(t,
		func(visit func(files.Batch) error) error {
			return visit(files.Batch{Files: []files.File{{Path: "a"}, {Path: "b"}}})
		},
		func(results []*result) error {
			for _, r := range results {
				read = append(read, r.file.Path)
				for issue := range r.issues.all {
					read = append(read, issue.Kind, issue.Reason)
				}
			}
			return nil
		})
	if got := strings.Join(read, ", "); err != nil || got != "a, internal_error, internal error: a bug; please report this, b" {
		t.Errorf("%v, %s", err, got)
	}
}

func TestCrashOfTheWalkOrTheVisit(t *testing.T) {
	one := func(visit func(files.Batch) error) error { return visit(files.Batch{Files: []files.File{{Path: "a"}}}) }
	for name, err := range map[string]error{
		"walk":  crashing(t, func(func(files.Batch) error) error { panic("a bug") }, func([]*result) error { return nil }),
		"visit": crashing(t, one, func([]*result) error { panic("a bug") }),
	} {
		if crash := (*snapshots.Crash)(nil); !errors.As(err, &crash) || !strings.Contains(string(crash.Stack), "crash_test.go") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
