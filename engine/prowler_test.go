package engine_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

// TestProwler compares the rule set prowler with Prowler itself, finding by
// finding. scripts/prowler-oracle made random users and recorded the findings of
// Prowler.
func TestProwler(t *testing.T) {
	db := open(t)
	t.Cleanup(func() { db.Close() })
	_, err := ingest.Load(t.Context(), db, ingest.Options{
		Paths:  []string{"testdata/prowler"},
		Limits: files.DefaultLimits,
		Jobs:   1,
		Now:    time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	recorded, err := os.ReadFile("testdata/prowler/verdicts.csv")
	if err != nil {
		t.Fatal(err)
	}
	verdicts := strings.Fields(string(recorded))[1:] // without the header
	ours := strings.Fields(lines(t, db, `select
			v.rule || ',' || coalesce(u.user_name, '<root_account>') || ',' || coalesce(cast(v.slot as varchar), '')
			|| case when v.is_violation then ',FAIL' when not v.is_violation then ',PASS' else ',unknown' end
		from ruleset_verdict v
		left join iam_user u on u.user_id = v.user_id
		where v.ruleset_id = 'prowler'`))
	slices.Sort(verdicts)
	slices.Sort(ours)

	checks := map[string]int{}
	for _, verdict := range verdicts {
		check, rest, _ := strings.Cut(verdict, ",")
		checks[check+rest[strings.LastIndex(rest, ","):]]++
	}
	if len(checks) != 12 {
		t.Errorf("%d outcomes of six checks, not 12: %v", len(checks), checks)
	}
	if diff := cmp.Diff(verdicts, ours); diff != "" {
		t.Errorf("Prowler's findings (-) and ours (+):\n%s", diff)
	}
	t.Log(len(verdicts), "findings:", checks)
}
