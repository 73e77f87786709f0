package files

import (
	"iamcensus/snapshots"
	"testing"
)

func TestFolderNames(t *testing.T) {
	const day = "2021-01-24T00:00:00Z"
	tests := []struct {
		path                              string
		organization, account, capturedAt string
	}{
		{"", "", "", ""},
		{"2021-01-24", "", "", day},
		{"2021-01-24/acme", "acme", "", day},
		{"2021-01-24/acme/111122223333", "acme", "111122223333", day},
		{"2021-01-24/acme/prod", "acme", "prod", day},
		{"acme/111122223333/2021-01-24", "acme", "111122223333", day},
		{"acme/2021-01-24/111122223333", "acme", "111122223333", day},
		{"acme/111122223333/credential-reports/csv", "acme", "111122223333", ""},
		{"111122223333", "", "111122223333", ""},
		{"a/b/c/d", "c", "d", ""},
		{"./a/../b", "a", "b", ""},
		{"20210124T000000Z/acme", "acme", "", day},
		{"2021-01-24T00:00:00Z/acme", "acme", "", day},
		{"captured_at=2021-01-24/org=acme/account=111122223333", "acme", "111122223333", day},
		{"2021-01-24/2020-12-31/acme", "acme", "", "2020-12-31T00:00:00Z"}, // the last one
		{"acme-2021-01-24", "acme-2021-01-24", "", ""},                     // the whole name is a date, or it is none
		{"2021-13-45/acme", "2021-13-45", "acme", ""},
		{"11112222333", "11112222333", "", ""},
	}
	for _, test := range tests {
		got := foldersOf(test.path).attribution()
		if got.Organization != test.organization || got.Account != test.account || got.CapturedAt.String() != test.capturedAt {
			t.Errorf("%q: %+v, want %q %q %s", test.path, got, test.organization, test.account, test.capturedAt)
		}
		if source := got.CapturedAtSource; (source == "path") != got.CapturedAt.Known() {
			t.Errorf("%q: the time is from %q", test.path, source)
		}
	}
}

// TestScope: the nearest folder counts; manifests precede folder names, these the
// name of the file, and the fallback is last.
func TestScope(t *testing.T) {
	at := func(text string) snapshots.Time {
		at, err := snapshots.ParseCapturedAt(text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	fallback := scope{fallback: Attribution{Organization: "flag", CapturedAt: at("2001-01-01"), CapturedAtSource: "flag"}}.merged()
	dated := fallback.withDate(at("2002-01-01"))
	folder := dated.enter("2003-01-01").enter("acme")
	manifest := folder.withManifest(Attribution{CapturedAt: at("2004-01-01"), CapturedAtSource: "manifest", Standalone: snapshots.Yes})
	below := manifest.withManifest(Attribution{Organization: "sub"}).enter("111122223333")
	tests := []struct {
		scope                                   scope
		file, organization, account, at, source string
	}{
		{fallback, "a.csv", "flag", "", "2001-01-01T00:00:00Z", "flag"},
		{fallback, "2009-01-01.csv", "flag", "", "2009-01-01T00:00:00Z", "path"},
		{dated, "a.csv", "flag", "", "2002-01-01T00:00:00Z", "path"},
		{dated, "2009-01-01.csv", "flag", "", "2009-01-01T00:00:00Z", "path"},
		{folder, "2009-01-01.csv", "acme", "", "2003-01-01T00:00:00Z", "path"},
		{manifest, "2009-01-01.csv", "acme", "", "2004-01-01T00:00:00Z", "manifest"},
		{below, "a.csv", "sub", "111122223333", "2004-01-01T00:00:00Z", "manifest"},
	}
	for i, test := range tests {
		got := test.scope.of(test.file)
		if got.Organization != test.organization || got.Account != test.account ||
			got.CapturedAt.String() != test.at || got.CapturedAtSource != test.source {
			t.Errorf("%d: %+v, want %+v", i, got, test)
		}
	}
	if below.attribution.Standalone != snapshots.Yes {
		t.Error("a nearer manifest without standalone hides the one above")
	}
}
