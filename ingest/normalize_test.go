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
		part snapshots.UserBatch
		hint files.Attribution
		want string // organization account time source, or the kind of issue
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
		id, issue := identify(&test.part, test.hint)
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

func TestCheckUser(t *testing.T) {
	captured := at("2021-01-24T00:00:00Z")
	never := snapshots.Time{Missing: snapshots.NotApplicable}
	for name, test := range map[string]struct {
		user snapshots.User
		want string // column and kind
	}{
		"nothing":                  {snapshots.User{CreatedAt: at("2020-01-01T00:00:00Z")}, ""},
		"the very second":          {snapshots.User{CreatedAt: captured}, ""},
		"one second later":         {snapshots.User{CreatedAt: at("2021-01-24T00:00:01Z")}, "user_creation_time after_captured_at"},
		"password used later":      {snapshots.User{PasswordLastUsed: at("2022-01-01T00:00:00Z")}, "password_last_used after_captured_at"},
		"key 2 rotated later":      {snapshots.User{Keys: [2]snapshots.AccessKey{{}, {LastRotated: at("2099-01-01T00:00:00Z")}}}, "access_key_2_last_rotated after_captured_at"},
		"next rotation may be":     {snapshots.User{PasswordNextRotation: at("2022-01-01T00:00:00Z")}, ""},
		"active key without date":  {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.Yes, LastRotated: never}}}, "access_key_1_last_rotated key_without_date"},
		"no key, no date":          {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.No, LastRotated: never}}}, ""},
		"certificate of later":     {snapshots.User{Certificates: [2]snapshots.Certificate{{LastRotated: at("2022-01-01T00:00:00Z")}}}, "cert_1_last_rotated after_captured_at"},
		"unknown date of a key":    {snapshots.User{Keys: [2]snapshots.AccessKey{{Active: snapshots.Yes}}}, ""},
		"password changed later":   {snapshots.User{PasswordLastChanged: at("2021-02-01T00:00:00Z")}, "password_last_changed after_captured_at"},
		"key 1 used later":         {snapshots.User{Keys: [2]snapshots.AccessKey{{LastUsed: at("2021-02-01T00:00:00Z")}}}, "access_key_1_last_used_date after_captured_at"},
		"certificate 2 before now": {snapshots.User{Certificates: [2]snapshots.Certificate{{}, {LastRotated: at("2020-01-01T00:00:00Z")}}}, ""},
	} {
		got := ""
		checkUser(&test.user, captured.Unix, func(i snapshots.Issue) {
			got = i.Column + " " + i.Kind
			if i.RowsRefused != 0 || i.Remedy == "" {
				t.Errorf("%s: %+v", name, i)
			}
		})
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestSplitUserARN(t *testing.T) {
	for arn, want := range map[string]string{
		"":                                    " / ",
		"arn:aws:iam::111122223333:user/anna": "/ / ",
		"arn:aws:iam::111122223333:user/teams/build/anna": "/teams/build/ / ",
		"arn:aws:iam::111122223333:user/joanna":           " / arn:aws:iam::111122223333:user/joanna",
		"arn:aws:iam::444455556666:user/anna":             " / arn:aws:iam::444455556666:user/anna",
		"arn:aws-cn:iam::111122223333:user/anna":          " / arn:aws-cn:iam::111122223333:user/anna",
		"arn:aws:iam::111122223333:anna":                  " / arn:aws:iam::111122223333:anna",
		"hash":                                            " / hash",
	} {
		path, irregular := splitUserARN(arn, "aws", "111122223333", "anna")
		if got := path + " / " + irregular; got != want {
			t.Errorf("splitUserARN(%q) = %q, want %q", arn, got, want)
		}
	}
}

func TestIssuesDoNotFlood(t *testing.T) {
	r := &fileReader{result: &result{}}
	for line := 1; line <= 1000; line++ {
		r.Issue(snapshots.Issue{Line: line, Kind: "field_count", RowsRefused: 1})
		r.Issue(snapshots.Issue{Line: line, Kind: "bad_time", Column: "mfa_active"})
	}
	refused := 0
	for _, issue := range r.issues {
		refused += issue.RowsRefused
	}
	if len(r.issues) != 2*(issuesShown+1) || refused != 1000 {
		t.Errorf("%d issues for %d rows, want %d for 1000", len(r.issues), refused, 2*(issuesShown+1))
	}
	if last := r.issues[len(r.issues)-2]; last.Reason != "900 more like this, the first on this line" || last.Line != 101 {
		t.Errorf("the rest: %+v", last)
	}
}
