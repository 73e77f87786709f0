package files

import "testing"

func TestLayout(t *testing.T) {
	const day = "2021-01-24T00:00:00Z"
	tests := []struct{ layout, path, organization, account, at string }{
		{"{date}/{organization}.zip/{account}", "2021-01-24/acme.zip!/prod/r.csv", "acme", "prod", day},
		{"{date}/{organization}.zip/{account}", "2021-01-24/acme.zip!/r.csv", "acme", "", day},
		{"{date}/{organization}.zip/{account}", "2021-01-24/acme.tar!/prod/r.csv", "", "", day},
		{"{date}/{organization}/{account}/", "2021-01-24/acme.zip!/prod/r.csv", "acme", "prod", day},
		{"./{organization}-{date}.tar.gz", "acme-2021-01-24.tar.gz!/prod/r.csv", "acme", "", day},
		{"{organization}_*/{account}", "acme_north_2/prod/r.csv", "acme", "prod", ""},
		{"delivery-*/*/{organization}", "delivery-7/x/acme/r.csv", "acme", "", ""},
		{"delivery-*/*/{organization}", "other/x/acme/r.csv", "", "", ""},
		{"{organization}/{account}.csv", "acme/1111-2222-3333.csv", "acme", "111122223333", ""},
		{"{organization}/{account}.csv", "acme/r.json", "acme", "", ""},
		{"{organization}/{account}", "acme/r.csv", "acme", "", ""}, // a file needs an ending
		{"{account}.{date}.csv", "prod.20210124.csv", "", "prod", day},
	}
	for _, test := range tests {
		layout, err := ParseLayout(test.layout)
		if err != nil {
			t.Errorf("%s: %v", test.layout, err)
			continue
		}
		a := attributed(scope{layout: layoutMatch{rest: layout.elements}}, test.path)
		for _, value := range []struct{ what, got, source, want string }{
			{"organization", a.Organization, a.OrganizationSource, test.organization},
			{"account", a.Account, a.AccountSource, test.account},
			{"time", a.CapturedAt.String(), a.CapturedAtSource, test.at},
		} {
			if value.source != FromLayout {
				value.got = ""
			}
			if value.got != value.want {
				t.Errorf("%s, %s: %s %q, want %q", test.layout, test.path, value.what, value.got, value.want)
			}
		}
	}
}

func TestBadLayouts(t *testing.T) {
	for _, text := range []string{
		"", "/", "a/b", "{}", "{customer}/{account}", "{organization}/{organization}", "{organization}{account}",
		"{organization}//{account}", "{organization", "organization}/{account}", "{date}/{{organization}}",
	} {
		if layout, err := ParseLayout(text); err == nil {
			t.Errorf("%q: %v", text, layout)
		}
	}
}
