package ingest

import (
	"strings"
	"testing"
	"time"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

func at(text string) snapshots.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return snapshots.TimeAt(t)
}

const (
	one, two, three = "111122223333", "222233334444", "333344445555"
	day             = "2021-01-24T00:00:00Z"
)

// by is an attribution of the day with an account of a source.
func by(source, account string) files.Attribution {
	return files.Attribution{Organization: "org-a", Account: account, AccountSource: source, CapturedAt: at(day), CapturedAtSource: "path"}
}

func TestAccount(t *testing.T) {
	other := by(files.FromManifest, one)
	other.OtherAccount = two
	for name, test := range map[string]struct {
		column, arn string
		attribution files.Attribution
		want        string // account, and ! if there is an account_mismatch
	}{
		"a column precedes ARNs":                     {one, two, by("", ""), one + "!"},
		"a column precedes all":                      {one, one, by(files.FromManifest, two), one + "!"},
		"twelve digits in ARNs precede a manifest":   {"", one, by(files.FromManifest, two), one + "!"},
		"twelve digits in ARNs precede a pseudonym":  {"", one, by(files.FromManifest, "prod"), one},
		"twelve digits in ARNs precede a folder":     {"", one, by(files.FromPath, two), one + "!"},
		"twelve digits in ARNs precede a flag":       {"", one, by(files.FromFlag, two), one},
		"twelve digits in ARNs precede a guess":      {"", one, by(files.FromPosition, "prod"), one},
		"a manifest precedes a pseudonym in ARNs":    {"", "hash", by(files.FromManifest, "prod"), "prod"},
		"a layout precedes a pseudonym in ARNs":      {"", "hash", by(files.FromLayout, "prod"), "prod"},
		"twelve digits in the path, then pseudonyms": {"", "hash", by(files.FromPath, one), one},
		"a pseudonym in ARNs precedes a flag":        {"", "hash", by(files.FromFlag, one), "hash"},
		"a pseudonym in ARNs precedes a guess":       {"", "hash", by(files.FromPosition, "prod"), "hash"},
		"a flag where nothing else":                  {"", "", by(files.FromFlag, one), one},
		"a guess where nothing else":                 {"", "", by(files.FromPosition, "prod"), "prod"},
		"a manifest and another path":                {"", "", other, one + "!"},
		"the same everywhere":                        {one, one, by(files.FromPath, one), one},
		"a pseudonym in a column":                    {"prod", one, by(files.FromPath, two), "prod"},
	} {
		batch := &snapshots.UserBatch{Account: test.column, ARNAccount: test.arn}
		id, issue := identify(batch, test.attribution)
		if issue != nil {
			t.Errorf("%s: %v", name, issue)
		}
		got := id.account
		if accountMismatch(&id, batch, &test.attribution) != nil {
			got += "!"
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestIdentify(t *testing.T) {
	path := by(files.FromPath, one)
	path.CapturedAtIsDate = true
	unnamed := path
	unnamed.Organization = ""
	for name, test := range map[string]struct {
		batch       snapshots.UserBatch
		attribution files.Attribution
		want        string // organization, account, latest time, source; or the kind of issue
	}{
		"a day":                        {snapshots.UserBatch{}, path, "org-a " + one + " 2021-01-24T23:59:59Z path"},
		"the report's own time":        {snapshots.UserBatch{CapturedAt: at("2021-01-24T00:00:09Z")}, path, "org-a " + one + " 2021-01-24T00:00:09Z report"},
		"no organization":              {snapshots.UserBatch{}, unnamed, "unnamed " + one + " 2021-01-24T23:59:59Z path"},
		"no account":                   {snapshots.UserBatch{}, by("", ""), "no_account"},
		"no time":                      {snapshots.UserBatch{ARNAccount: one}, files.Attribution{}, "no_captured_at"},
		"an empty word is not a time":  {snapshots.UserBatch{ARNAccount: one, CapturedAt: snapshots.Time{Missing: snapshots.Empty}}, files.Attribution{}, "no_captured_at"},
		"seconds before 1970 are none": {snapshots.UserBatch{Account: one, CapturedAt: snapshots.Time{Unix: -1}}, files.Attribution{}, "no_captured_at"},
	} {
		id, issue := identify(&test.batch, test.attribution)
		got := strings.Join([]string{id.organization, id.account, time.Unix(id.latest(), 0).UTC().Format(time.RFC3339), id.source}, " ")
		if issue != nil {
			got = issue.Kind
		}
		if got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

func TestTimeMismatch(t *testing.T) {
	for _, test := range []struct {
		report, source string
		want           bool
	}{
		{"2021-01-26T00:00:00Z", "path", false}, // exactly two days
		{"2021-01-26T00:00:01Z", "path", true},
		{"2021-01-22T00:00:00Z", "path", false},
		{"2021-01-21T23:59:59Z", "manifest", true},
		{"2020-01-01T00:00:00Z", "flag", false}, // for files without a time
	} {
		a := by("", "")
		a.CapturedAtSource = test.source
		if issue := timeMismatch(&snapshots.UserBatch{CapturedAt: at(test.report)}, &a); (issue != nil) != test.want {
			t.Errorf("%s by %s: %v", test.report, test.source, issue)
		}
	}
	a := by("", "")
	if issue := timeMismatch(&snapshots.UserBatch{}, &a); issue != nil {
		t.Error("a report without a time: ", issue)
	}
}
