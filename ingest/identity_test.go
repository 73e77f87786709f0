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

func TestIdentify(t *testing.T) {
	day := files.Attribution{Organization: "org-a", Account: "folder", CapturedAt: at("2021-01-24T00:00:00Z"), CapturedAtSource: "path"}
	for name, test := range map[string]struct {
		batch       snapshots.UserBatch
		attribution files.Attribution
		want        string // organization account time source, or the kind of issue
	}{
		"folders":                      {snapshots.UserBatch{ARNAccount: "arn"}, day, "org-a folder 1611446400 path"},
		"a column names the account":   {snapshots.UserBatch{Account: "column", ARNAccount: "arn"}, day, "org-a column 1611446400 path"},
		"the report's own time":        {snapshots.UserBatch{CapturedAt: at("2021-01-24T00:00:09Z")}, day, "org-a folder 1611446409 report"},
		"ARNs, where nothing else":     {snapshots.UserBatch{ARNAccount: "arn"}, files.Attribution{CapturedAt: day.CapturedAt, CapturedAtSource: "flag"}, "unnamed arn 1611446400 flag"},
		"no account":                   {snapshots.UserBatch{}, files.Attribution{CapturedAt: day.CapturedAt}, "no_account"},
		"no time":                      {snapshots.UserBatch{ARNAccount: "arn"}, files.Attribution{}, "no_captured_at"},
		"a manifest's organization":    {snapshots.UserBatch{ARNAccount: "arn"}, files.Attribution{Organization: "org-b", CapturedAt: day.CapturedAt, CapturedAtSource: "manifest"}, "org-b arn 1611446400 manifest"},
		"an empty word is not a time":  {snapshots.UserBatch{ARNAccount: "arn", CapturedAt: snapshots.Time{Missing: snapshots.Empty}}, files.Attribution{}, "no_captured_at"},
		"seconds before 1970 are none": {snapshots.UserBatch{Account: "column", CapturedAt: snapshots.Time{Unix: -1}}, files.Attribution{}, "no_captured_at"},
	} {
		id, issue := identify(&test.batch, test.attribution)
		got := strings.Join([]string{id.organization, id.account, time.Unix(id.capturedAt, 0).UTC().Format("2006-01-02T15:04:05Z"), id.source}, " ")
		want := test.want
		if issue != nil {
			got = issue.Kind
		} else {
			want = strings.NewReplacer("1611446400", "2021-01-24T00:00:00Z", "1611446409", "2021-01-24T00:00:09Z").Replace(want)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
