package files

import (
	"iamcensus/snapshots"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadManifest(t *testing.T) {
	tests := []struct {
		name, text string
		want       Attribution
		issues     string // kind and column of each
	}{
		{"all keys", `{"organization": "acme", "account": "111122223333", "captured_at": "2021-01-24T00:00:00Z",
			"standalone": true, "accounts_expected": 12, "source": "by hand"}`,
			Attribution{
				Organization: "acme", OrganizationSource: "manifest", Account: "111122223333", AccountSource: "manifest",
				CapturedAt: snapshots.Time{Unix: 1611446400, Missing: snapshots.Present}, CapturedAtSource: "manifest",
				Standalone: snapshots.Yes, AccountsExpected: 12, Source: "by hand",
			}, ""},
		{"nothing", `{}`, Attribution{}, ""},
		{"not standalone", `{"standalone": false}`, Attribution{Standalone: snapshots.No}, ""},
		{"a day", `{"captured_at": "2021-01-24"}`, Attribution{CapturedAt: snapshots.Time{Unix: 1611446400, Missing: snapshots.Present}, CapturedAtIsDate: true, CapturedAtSource: "manifest"}, ""},
		{"an account as a number", `{"account": 11122223333}`, Attribution{Account: "011122223333", AccountSource: "manifest"}, ""},
		{"an account with dashes", `{"account": "1111-2222-3333"}`, Attribution{Account: "111122223333", AccountSource: "manifest"}, ""},
		{"byte order mark", "\ufeff" + `{"account": "1111-2222-3333"}`, Attribution{Account: "111122223333", AccountSource: "manifest"}, ""},
		{"UTF-16", "\xff\xfe{\x00}\x00", Attribution{}, ""},
		{"unknown key", `{"organisation": "acme", "account": "1-2345-6789"}`, Attribution{Account: "000123456789", AccountSource: "manifest"}, "unknown_key organisation"},
		{"bad time", `{"captured_at": "yesterday", "account": "prod"}`, Attribution{Account: "prod", AccountSource: "manifest"}, "bad_manifest captured_at"},
		{"bad types", `{"organization": 1, "standalone": "yes", "accounts_expected": "many"}`, Attribution{},
			"bad_manifest accounts_expected, bad_manifest organization, bad_manifest standalone"},
		{"negative number", `{"accounts_expected": -1}`, Attribution{}, "bad_manifest accounts_expected"},
		{"a list", `[]`, Attribution{}, "bad_manifest "},
		{"nothing at all", ``, Attribution{}, "bad_manifest "},
		{"no JSON", `organization: acme`, Attribution{}, "bad_manifest "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, issues := readManifest([]byte(test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			var kinds []string
			for _, issue := range issues {
				kinds = append(kinds, issue.Kind+" "+issue.Column)
			}
			if got := strings.Join(kinds, ", "); got != test.issues {
				t.Errorf("issues %q, want %q", got, test.issues)
			}
		})
	}
}
