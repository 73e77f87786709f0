package files

import (
	"fmt"
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
		{"secret as a key", `{"AKIA7Q3XYZ": 1, "hunter2!": 2}`, Attribution{}, "unknown_key , unknown_key "},
		{"Latin-1", "{\"account\": \"caf\xe9\"}", Attribution{Account: "caf\ufffd", AccountSource: "manifest"}, "invalid_utf8 "},
		{"UTF-16", "\xff\xfe{\x00}\x00", Attribution{}, ""},
		{"unknown key", `{"organisation": "acme", "account": "1-2345-6789"}`, Attribution{Account: "000123456789", AccountSource: "manifest"}, "unknown_key organisation"},
		{"bad time", `{"captured_at": "yesterday", "account": "prod"}`, Attribution{Account: "prod", AccountSource: "manifest"}, "bad_manifest captured_at"},
		{"bad types", `{"organization": 1, "standalone": "yes", "accounts_expected": "many"}`, Attribution{},
			"bad_manifest accounts_expected, bad_manifest organization, bad_manifest standalone"},
		{"negative number", `{"accounts_expected": -1}`, Attribution{}, "bad_manifest accounts_expected"},
		{"too many accounts", `{"accounts_expected": 9223372036854775807}`, Attribution{}, "bad_manifest accounts_expected"},
		{"texts as long as possible", `{"organization": "` + long(256) + `", "source": "` + long(1024) + `"}`,
			Attribution{Organization: long(256), OrganizationSource: "manifest", Source: long(1024)}, ""},
		{"texts too long", `{"organization": "` + long(257) + `", "account": "` + long(257) + `", "source": "` + long(1025) + `"}`, Attribution{},
			"bad_manifest account, bad_manifest organization, bad_manifest source"},
		{"NUL", `{"organization": "a\u0000b", "account": "\u0000"}`, Attribution{}, "bad_manifest account, bad_manifest organization"},
		{"a key with escapes", `{"\u001b[2J": 1}`, Attribution{}, "unknown_key "},
		{"a key too long for a column", `{"` + long(61) + `": 1}`, Attribution{}, "unknown_key "},
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

func long(n int) string { return strings.Repeat("x", n) }

// TestManyUnknownKeys: a manifest adds a limited number of issues.
func TestManyUnknownKeys(t *testing.T) {
	var keys strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&keys, `"k%04d": %d, `, i, i)
	}
	a, issues := readManifest([]byte("{" + keys.String() + `"organization": "acme"}`))
	if a.Organization != "acme" || len(issues) != unknownKeysShown+1 {
		t.Fatalf("%+v, %d issues", a, len(issues))
	}
	if last := issues[unknownKeysShown].Reason; last != "4900 more unknown keys in the manifest" {
		t.Error(last)
	}
}

// TestManifestShowsNoContent: what a manifest holds where it should not is not repeated.
func TestManifestShowsNoContent(t *testing.T) {
	for _, text := range []string{
		`hunter2`, `{"organization": 4815162342}`, `{"account": ["hunter2"]}`, `{"captured_at": "hunter2"}`, `{"captured_at": 4815162342}`,
		`{"standalone": "hunter2"}`, `{"accounts_expected": "hunter2"}`, `{"source": {"hunter2": 1}}`, `{"other": "hunter2"}`,
	} {
		_, issues := readManifest([]byte(text))
		if shown := fmt.Sprint(issues); len(issues) != 1 || strings.Contains(shown, "hunter2") || strings.Contains(shown, "4815162342") {
			t.Errorf("%s: %s", text, shown)
		}
	}
}

// TestOverrule: the flag's organization is that of all files, and each manifest that
// states another is an issue.
func TestOverrule(t *testing.T) {
	report := entry{name: "111122223333/r.csv", body: "a"}
	foreign := entry{name: "manifest.json", body: `{"organization": "victim", "source": "s"}`}
	root := write(t,
		entry{name: "a/manifest.json", body: `{"organization": "acme"}`}, entry{name: "a/r.csv", body: "a"},
		entry{name: "b/manifest.json", body: foreign.body}, entry{name: "b/" + report.name, body: "a"},
		entry{name: "c.zip", body: zipOf(foreign, report)}, entry{name: "victim/" + report.name, body: "a"})
	o := defaults()
	o.Fallback, o.Overrule = Attribution{Organization: "acme", OrganizationSource: FromFlag}, true
	var err error
	if o.Layout, err = ParseLayout("{organization}"); err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := Walk(t.Context(), root, o, each(func(f File) error {
		n++
		a := f.Attribution
		if a.Organization != "acme" || a.OrganizationSource != FromOverrulingFlag {
			t.Errorf("%s: %+v", f.Path, a)
		}
		states := f.Manifest && !strings.Contains(f.Path, "/a/")
		if states != (len(f.Issues) == 1 && f.Issues[0].Kind == "overruled") {
			t.Errorf("%s: %+v", f.Path, f.Issues)
		}
		return nil
	})); err != nil || n != 8 {
		t.Fatal(n, err)
	}
}
