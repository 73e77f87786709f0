package ingest_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/ingest"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

const notable = "select kind, column_name, n_rows_refused from ingest_issue where kind not in ('missing_column', 'no_root_row') order by issue_id"

// TestImplausibleTimes: no time outside AWS's years moves a date of the census. The
// next source counts, or the rows are refused, with one issue either way.
func TestImplausibleTimes(t *testing.T) {
	c := newCensus(t)
	c.now = func() time.Time { return time.Date(2021, 1, 24, 23, 0, 0, 0, time.UTC) }
	c.file("2021-01-26/org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	c.file("2021-01-27/org-a/222233334444/r.csv", header+row("222233334444", "bert"))
	c.file("1999-01-01/org-a/333344445555/r.csv", header+row("333344445555", "carl"))
	c.file("2099-01-01/org-a/444455556666/policy.json", `{"PasswordPolicy": {"MinimumPasswordLength": 14}}`)
	c.file("reports/org-a/r.csv", "generated_time,"+header+"9999-12-31T00:00:00Z,"+row("555566667777", "dora"))
	c.file("reports/2021-01-24/org-a/r.csv", "generated_time,"+header+"9999-12-31T00:00:00Z,"+row("666677778888", "emil"))
	c.tested()
	c.want("select account_id, captured_at_source from snapshot order by all", "111122223333 path\n666677778888 path\n")
	c.want("select max(captured_at)::date::varchar from snapshot", "2021-01-26\n")
	c.want(notable, `
implausible_time captured_at 1
implausible_time captured_at 1
implausible_time captured_at 1
implausible_time captured_at 0
implausible_time captured_at 1
`)
}

// TestTimeThatHasCome: a file is read again on the day on which its times no longer lie
// ahead, and not before.
func TestTimeThatHasCome(t *testing.T) {
	c, fresh := newCensus(t), newCensus(t)
	day := func(c *census, day int) {
		c.now = func() time.Time { return time.Date(2021, 1, day, 23, 0, 0, 0, time.UTC) }
	}
	for _, census := range []*census{c, fresh} {
		census.file("2021-01-27/org-a/111122223333/r.csv", header+row("111122223333", "anna"))
		census.file("a.zip", zipOf(t, "2021-01-28/org-a/222233334444/r.csv", header+row("222233334444", "bert")))
		census.file("1999-01-01/org-a/333344445555/r.csv", header+row("333344445555", "carl"))
	}
	for _, load := range []struct{ day, snapshots int64 }{{24, 0}, {24, 0}, {25, 1}, {25, 0}, {26, 1}, {27, 0}} {
		day(c, int(load.day))
		if s := c.tested(); s.Snapshots != load.snapshots || load.snapshots == 0 && load.day != 24 && s.Unchanged != s.Files {
			t.Errorf("on day %d: %+v", load.day, s)
		}
	}
	day(fresh, 27)
	fresh.tested()
	if diff := cmp.Diff(fresh.contents(), c.contents()); diff != "" {
		t.Errorf("after several loads (-one load +several):\n%s", diff)
	}
}

func TestImplausibleFlagAndManifest(t *testing.T) {
	c := newCensus(t)
	c.file("org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	c.file("org-b/manifest.json", `{"captured_at": "2099-01-01", "accounts_expected": 3}`)
	c.file("org-b/222233334444/r.csv", header+row("222233334444", "bert"))
	flag := func(at string) files.Attribution {
		date, err := snapshots.ParseCapturedAt(at)
		if err != nil {
			t.Fatal(err)
		}
		return files.AttributionByFlags("", "", date)
	}
	c.ingestAs(flag("2021-01-24"), c.dir)
	c.want("select account_id, captured_at_source from snapshot order by all", "111122223333 flag\n222233334444 flag\n")
	c.want("select captured_at, n_accounts from account_expectation", "<nil> 3\n")
	c.want(notable, "implausible_time captured_at 0\nimplausible_time captured_at 0\n")
	other := newCensus(t)
	other.file("org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	if s := other.ingestAs(flag("2099-01-01"), other.dir); s.RowsRefused != 1 {
		t.Errorf("%+v", s)
	}
	other.want(notable, "implausible_time captured_at 1\n")
}

func TestImplausibleTimesInDocuments(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/accounts.json", `{"Accounts": [
		{"Id": "111122223333", "Arn": "arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/111122223333", "Status": "ACTIVE", "JoinedTimestamp": 1},
		{"Id": "222233334444", "Arn": "arn:aws:organizations::111122223333:account/o-a1b2c3d4e5/222233334444", "Status": "ACTIVE", "JoinedTimestamp": "2020-01-01T00:00:00Z"}]}`)
	c.tested()
	c.want("select account_id, joined_at is null from aws_member order by all", "111122223333 true\n222233334444 false\n")
	c.want(notable, "implausible_time JoinedTimestamp 0\n")
}

// TestInvalidUTF8: a text that is not UTF-8 is an issue of its file, and does not end
// the load.
func TestInvalidUTF8(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/r.csv", "Pr\xe9nom,"+header+",arn:aws:iam::111122223333:user/anna,2020-01-01T00:00:00Z,true,false,false,N/A\n")
	c.file("2021-01-24/org-a/222233334444/r.csv", "Pr\xe9nom,"+header+"x,"+row("222233334444", "bert"))
	c.file("2021-01-24/org-a/333344445555/r.csv", header+row("333344445555", "carl"))
	_, err := ingest.Load(c.Context(), c.db, ingest.Options{
		Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 2, Now: c.now, Arguments: "caf\xe9",
	})
	if err != nil {
		t.Fatal(err)
	}
	c.want("select user_name, unknown_columns from iam_user join snapshot using (snapshot_id) order by user_name", "bert ?\ncarl <nil>\n")
	c.want("select file_id, kind from ingest_issue where kind = 'invalid_utf8'", "1 invalid_utf8\n2 invalid_utf8\n")
	c.want("select arguments from ingest_run", "caf\ufffd\n")
}
