package files

import (
	"iamcensus/snapshots"
	"path"
	"strings"
	"testing"
)

// attributed is what a file says as <path>: organization, account and time with
// their sources. A folder whose name ends in ! is an archive.
func attributed(top scope, name string) Attribution {
	s := top.merged()
	folders, file := path.Split(name)
	for folder := range strings.SplitSeq(strings.TrimSuffix(folders, "/"), "/") {
		if archive, ok := strings.CutSuffix(folder, "!"); ok {
			s = s.enterArchive(archive)
		} else if folder != "" {
			s = s.enter(folder)
		}
	}
	return s.of(file)
}

// TestNames: what the names in a path say, without manifest, layout and flags.
func TestNames(t *testing.T) {
	const day, second = "2021-01-24T00:00:00Z", "2021-01-24T09:38:09Z"
	tests := []struct{ path, organization, account, at string }{
		{"r.csv", "", "", ""},
		{"2021-01-24/r.csv", "", "", day},

		// position
		{"2021-01-24/acme/r.csv", "acme guess", "", day},
		{"2021-01-24/acme/prod/r.csv", "acme guess", "prod guess", day},
		{"a/b/c/d/r.csv", "c guess", "d guess", ""},
		{"./a/../b/r.csv", "a guess", "b guess", ""},

		// twelve digits
		{"2021-01-24/acme/111122223333/r.csv", "acme", "111122223333", day},
		{"acme/111122223333/2021-01-24/r.csv", "acme", "111122223333", day},
		{"acme/2021-01-24/111122223333/r.csv", "acme", "111122223333", day},
		{"acme/111122223333/credential-reports/csv/r.csv", "acme", "111122223333", ""},
		{"111122223333/r.csv", "", "111122223333", ""},
		{"acme/1111-2222-3333/r.csv", "acme", "111122223333", ""},
		{"acme/prod-111122223333/r.csv", "acme", "111122223333", ""},
		{"acme/1111-2222-3333.csv", "acme guess", "111122223333", ""},
		{"account_id=11122223333/r.csv", "", "011122223333", ""},
		{"acme/year=11122223333/r.csv", "acme guess", "11122223333 guess", ""},
		{"acme/111122223333-2021-01-24-09-38.csv", "acme guess", "111122223333", "2021-01-24T09:38:00Z"},
		{"acme/credentialReport_111122223333.csv", "acme guess", "111122223333", ""},
		{"acme/111122223333/444455556666.csv", "acme", "444455556666 not 111122223333", ""},
		{"acme/11112222333/r.csv", "acme guess", "11112222333 guess", ""},
		{"acme/54d7fcfc-c014-4f0a-8d70-111122223333/r.csv", "acme guess", "54d7fcfc-c014-4f0a-8d70-111122223333 guess", ""},

		// looked through
		{"acme/us-east-1/111122223333/r.csv", "acme", "111122223333", ""},
		{"acme/us-gov-west-1/r.csv", "acme guess", "", ""},
		{"region=eu-central-1/r.csv", "", "", ""},
		{"acme/AWSLogs/111122223333/Config/cn-north-1/2021/1/24/ConfigSnapshot/r.json", "acme", "111122223333", day},
		{"2021-01-24/09-38-09/acme/r.csv", "acme guess", "", second},
		{"2021/01/24/09:38/acme/r.csv", "acme guess", "", "2021-01-24T09:38:00Z"},
		{"2021-01-24/acme/09-38-09/r.csv", "acme guess", "09-38-09 guess", day},
		{"2021-01-24/093809/r.csv", "093809 guess", "", day},
		{"2021-01-24t09:38:09z/acme/r.csv", "acme guess", "", second},
		{"acme_202101.zip!/r.csv", "acme guess", "", ""},
		{"acme/us-east/r.csv", "acme guess", "us-east guess", ""},
		{"acme/2021-01/r.csv", "acme guess", "", ""},
		{"acme/202101/r.csv", "acme guess", "", ""},
		{"2021/acme/r.csv", "acme guess", "", ""},
		{"2021/01/acme/r.csv", "acme guess", "", ""},

		// a date in several folders
		{"2021/01/24/acme/111122223333/r.csv", "acme", "111122223333", day},
		{"acme/2021/1/24/r.csv", "acme guess", "", day},
		{"acme/2021/01/24/09/38/r.csv", "acme guess", "", day},
		{"2021-01/24/acme/r.csv", "acme guess", "", day},
		{"year=2021/month=01/day=24/acme/r.csv", "acme guess", "", day},
		{"acme/y=2021/m=1/d=24/hour=09/r.csv", "acme guess", "", day},
		{"dt=2021-01-24/org=acme/account=111122223333/r.csv", "acme", "111122223333", day},
		{"2021/02/30/acme/r.csv", "30 guess", "acme guess", ""},
		{"24/01/r.csv", "24 guess", "01 guess", ""},

		// a date with a time, and dates beside other text
		{"2021-01-24T09:38:09+00:00/acme/r.csv", "acme guess", "", second},
		{"20210124T093809Z/acme/r.csv", "acme guess", "", second},
		{"acme-2021-01-24/r.csv", "acme guess", "", day},
		{"acme_2021-01/r.csv", "acme guess", "", ""},
		{"2021-01-24/status_reports_2021-01-24T09-38-09+00-00.csv", "", "", second},          // refines the day
		{"2021-01-24/status_reports_2021-01-21T09-38-09+00-00.csv", "", "", day},             // another day
		{"2021-01-24T09:38:09Z/r_2021-01-24T11-00-00.csv", "", "", second},                   // a folder precedes
		{"2021-01-24/r_2021-01-23.csv", "", "", day},                                         //
		{"acme-2021-01-01/r_2021-01-24.csv", "acme guess", "", day},                          // nearer
		{"2021-01-24/2020-12-31/acme/r.csv", "acme guess", "", "2020-12-31T00:00:00Z"},       // the last one
		{"2021-13-45/acme/r.csv", "2021-13-45 guess", "acme guess", ""},                      //
		{"acme-2021-01-24/2021-01-25/r.csv", "acme guess", "", "2021-01-25T00:00:00Z"},       // a whole name precedes
		{"2021-01-24/run-2021-01-24T09-38-09/acme/r.csv", "run guess", "acme guess", second}, //

		// archives
		{"2021-01-24/acme.zip!/111122223333/r.csv", "acme guess", "111122223333", day},
		{"acme-2021-01-24.zip!/r.csv", "acme guess", "", day},
		{"acme_20210124.tar.gz!/r.csv", "acme guess", "", day},
		{"acme-2021-01.TGZ!/r.csv", "acme guess", "", ""},
		{"acme-export.zip!/r.csv", "acme-export guess", "", ""},
		{"acme (1).zip!/r.csv", "acme guess", "", ""},
		{"2021-01-24.zip!/acme/111122223333/r.csv", "acme", "111122223333", day},
		{"acme.zip!/prod/r.csv", "acme guess", "prod guess", ""},
		{"acme.zip!/export/aws/prod/r.csv", "aws guess", "prod guess", ""},
		{"customers/acme.zip!/r.csv", "acme guess", "", ""}, // an archive is no account
		{"acme/111122223333.zip!/r.csv", "acme", "111122223333", ""},
		{"acme_111122223333.zip!/r.csv", "acme guess", "111122223333", ""},
		{"-!/r.csv", "", "", ""},
	}
	for _, test := range tests {
		a := attributed(scope{}, test.path)
		organization, account := a.Organization, a.Account
		if a.OrganizationSource == FromPosition {
			organization += " guess"
		}
		if a.AccountSource == FromPosition {
			account += " guess"
		}
		if a.OtherAccount != "" {
			account += " not " + a.OtherAccount
		}
		if organization != test.organization || account != test.account || a.CapturedAt.String() != test.at {
			t.Errorf("%q: %q %q %s, want %q %q %s", test.path, organization, account, a.CapturedAt, test.organization, test.account, test.at)
		}
		if (a.CapturedAtSource == FromPath) != a.CapturedAt.Known() || a.CapturedAtIsDate != strings.HasSuffix(test.at, "T00:00:00Z") {
			t.Errorf("%q: the time is from %q, only a date: %v", test.path, a.CapturedAtSource, a.CapturedAtIsDate)
		}
	}
}

// TestPrecedence: manifests precede the layout, that what names state, that flags,
// and these what positions suggest.
func TestPrecedence(t *testing.T) {
	flags := AttributionByFlags("flag", "999988887777", date(t, "2001-01-01"))
	manifest := Attribution{
		Organization: "by-manifest", OrganizationSource: FromManifest, Account: "444455556666", AccountSource: FromManifest,
	}.dated(date(t, "2004-01-01"), FromManifest)
	layout, err := ParseLayout("{date}/{organization}/*/{account}")
	if err != nil {
		t.Fatal(err)
	}
	matched := layoutMatch{rest: layout.elements}
	tests := []struct {
		name                                          string
		top                                           scope
		path, organization, account, otherAccount, at string
	}{
		{"flags", scope{fallback: flags}, "r.csv", "flag flag", "999988887777 flag", "", "2001-01-01"},
		{"flags before positions", scope{fallback: flags}, "acme/prod/r.csv", "flag flag", "999988887777 flag", "", "2001-01-01"},
		{"flags before an archive", scope{fallback: flags}, "acme.zip!/111122223333/r.csv", "flag flag", "111122223333 path", "", "2001-01-01"},
		{"names before flags", scope{fallback: flags}, "2021-01-24/acme/111122223333/r.csv", "acme path", "111122223333 path", "", "2021-01-24"},
		{"a file's name before flags", scope{fallback: flags}, "111122223333-2021-01-24.csv", "flag flag", "111122223333 path", "", "2021-01-24"},
		{"the layout before names", scope{fallback: flags, layout: matched}, "2021-01-24/acme/eu/prod/globex/111122223333/r.csv",
			"acme layout", "prod layout", "", "2021-01-24"},
		{"a part of the layout", scope{fallback: flags, layout: matched}, "2021-01-24/acme/r.csv", "acme layout", "999988887777 flag", "", "2021-01-24"},
		{"the manifest before all", scope{fallback: flags, layout: matched, manifests: manifest}, "2021-01-24/acme/eu/111122223333/r.csv",
			"by-manifest manifest", "444455556666 manifest", "111122223333", "2004-01-01"},
		{"the manifest before a file's name", scope{manifests: manifest}, "111122223333-2021-01-24.csv",
			"by-manifest manifest", "444455556666 manifest", "111122223333", "2004-01-01"},
	}
	for _, test := range tests {
		a := attributed(test.top, test.path)
		if a.Organization+" "+a.OrganizationSource != test.organization || a.Account+" "+a.AccountSource != test.account ||
			a.OtherAccount != test.otherAccount || a.CapturedAt.String() != test.at+"T00:00:00Z" {
			t.Errorf("%s: %+v", test.name, a)
		}
	}
}

// TestNearestManifest: a nearer manifest takes precedence key by key.
func TestNearestManifest(t *testing.T) {
	above := scope{}.withManifest(Attribution{Organization: "above", Standalone: snapshots.Yes}.dated(date(t, "2004-01-01"), FromManifest))
	below := above.enter("x").withManifest(Attribution{Organization: "below"})
	a := below.of("r.csv")
	if a.Organization != "below" || a.Standalone != snapshots.Yes || a.CapturedAtSource != FromManifest {
		t.Errorf("%+v", a)
	}
}

// TestRoot: the path of the root tells a date, and an account by its twelve digits.
func TestRoot(t *testing.T) {
	inside := scope{folders: foldersOf("/data/2021/01/24/acme/111122223333")}.enter("csv")
	if a := inside.of("r.csv"); a.Organization != "" || a.Account != "111122223333" || a.CapturedAt.String() != "2021-01-24T00:00:00Z" {
		t.Errorf("%+v", a)
	}
	outside := scope{folders: foldersOf("/tmp/run-111122223333/acme")}.merged()
	if a := outside.of("r.csv"); a.Account != "" || a.Organization != "" {
		t.Errorf("%+v", a)
	}
}

func date(t *testing.T, text string) snapshots.Date {
	t.Helper()
	date, err := snapshots.ParseCapturedAt(text)
	if err != nil {
		t.Fatal(err)
	}
	return date
}

func TestArchiveOf(t *testing.T) {
	for name, want := range map[string]string{
		"in/acme.zip!/111122223333/r.csv":         "in/acme",
		"in/2021-01-24/acme.zip!/r.csv":           "in/acme",
		"in/2021/01/24/acme-2021-01-24.zip!/r":    "in/acme",
		"in/2021-02/acme_20210224.tar.gz!/r":      "in/acme",
		"in/all.zip!/acme.zip!/r":                 "in/all/acme",
		"in/acme/r.csv":                           "",
		"-!/2021-01-24/acme/111122223333/r.csv":   "",
		"-!/acme.zip!/2021-01-24/111122223333/r.": "-/acme",
	} {
		if got := ArchiveOf(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
