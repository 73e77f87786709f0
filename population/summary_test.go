package population

import (
	"encoding/json"
	"errors"
	"iamcensus/report"
	"iamcensus/report/stats"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// even is a figure of organizations of one size, each with the same rate.
func even(organizations int, numerator, denominator int64) report.Figure {
	y, n := float64(numerator), float64(denominator)
	g := float64(organizations)
	sums := stats.ClusterSums{
		Organizations: organizations, Numerator: numerator, Denominator: denominator,
		SumYY: y * y / g, SumYN: y * n / g, SumNN: n * n / g,
	}
	return report.Figure{ID: "x.violations", Unit: "user", ClusterSums: sums, Estimate: sums.Estimate()}
}

func TestWhatASummaryWithholds(t *testing.T) {
	large := func(change func(*report.Figure)) report.Figure {
		f := even(20, 500, 1000)
		change(&f)
		return f
	}
	for name, test := range map[string]struct {
		figure report.Figure
		want   string
	}{
		"no units":                              {even(0, 0, 0), withheldEmpty},
		"9 organizations":                       {even(9, 500, 1000), withheldFew},
		"10 organizations":                      {even(10, 500, 1000), ""},
		"no violation":                          {even(20, 0, 1000), ""},
		"1 violates":                            {even(20, 1, 1000), withheldCell},
		"9 violate":                             {even(20, 9, 1000), withheldCell},
		"10 violate":                            {even(20, 10, 1000), ""},
		"9 do not":                              {even(20, 991, 1000), withheldCell},
		"all violate":                           {even(20, 1000, 1000), withheldCell},
		"one holds more than half of the users": {large(func(f *report.Figure) { f.SumNN = 501 * 501 }), withheldDominated},
		"one holds most of the violations":      {large(func(f *report.Figure) { f.SumYY = 400 * 400 }), withheldDominated},
		"few users":                             {even(20, 10, 25), withheldImprecise},
	} {
		if got := whyWithheld(test.figure); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestReasonsHoldNoCount: why a rate is withheld must not say what it is.
func TestReasonsHoldNoCount(t *testing.T) {
	for _, f := range []report.Figure{even(9, 137, 251), even(20, 3, 251), even(20, 11, 23)} {
		s := summarize(f, nil)
		if s.Percent != nil || s.Low != nil || s.Withheld == "" {
			t.Errorf("%d of %d gives %+v", f.Numerator, f.Denominator, s)
		}
		if digits := strings.Trim(strings.ReplaceAll(s.Withheld, "10", ""), "abcdefghijklmnopqrstuvwxyz ,"); digits != "" {
			t.Errorf("the reason %q holds %q", s.Withheld, digits)
		}
	}
}

func TestDecilesOfASmallCellAreWithheld(t *testing.T) {
	deciles := []int{0, 0, 0, 0, 0, 0, 0, 0, 14}
	if s := summarize(even(20, 3, 1000), deciles); s.Deciles != nil {
		t.Error("3 violations have deciles")
	}
	if s := summarize(even(20, 30, 1000), deciles); s.Deciles == nil {
		t.Error("30 violations have no deciles")
	}
}

func TestUnknownShare(t *testing.T) {
	for unknown, want := range map[int64]string{0: "0", 1: "null", 9: "null", 10: "1", 995: "null", 1000: "100", 1500: "100"} {
		f := even(20, 0, 1000)
		f.Unknown = unknown
		if got, err := json.Marshal(summarize(f, nil).Unknown); err != nil || string(got) != want {
			t.Errorf("%d unknown: %s %v, want %s", unknown, got, err, want)
		}
	}
}

func TestUnknownShareOfFewOrganizationsIsWithheld(t *testing.T) {
	f := even(9, 500, 1000)
	f.Unknown = 300
	if got := unknownShare(f); got != nil {
		t.Errorf("9 organizations have an unknown share of %g", *got)
	}
}

func TestCoarse(t *testing.T) {
	for n, want := range map[int64]int64{
		10: 10, 14: 10, 15: 20, 99: 100, 124: 100, 125: 150, 999: 1000, 1143: 1100, 12_478: 12_500, 123_456: 123_000,
		1_234_567: 1_235_000, 12_345_678: 12_350_000, 123_456_789: 123_500_000,
	} {
		if got := coarse(n); got != want {
			t.Errorf("coarse(%d) = %d, want %d", n, got, want)
		}
	}
}

// census is a report with all that a summary reads, of some organizations.
func census(organizations int) *report.Report {
	r := &report.Report{
		Title:         "Census",
		Population:    report.Population{Organizations: int64(organizations), Accounts: 1143, Users: 12_478},
		Practices:     []report.Practice{{ID: "console_mfa", Title: "MFA", OverAll: even(organizations, 5000, 12_478), OverApplicable: even(organizations, 5000, 9000)}},
		Roots:         []report.AccountCheck{{Title: "Root", Figure: even(organizations, 500, 1143)}},
		Coverage:      []report.Coverage{{Organization: "secret-org"}},
		ConfigDiffers: []report.ConfigDifference{{Organization: "secret-org", Account: "111122223333", User: "alice"}},
		Sources:       []report.Source{{Note: "secret-note"}},
		Settings:      []report.Setting{{ID: "key_rotation.days", Values: []float64{90}, Unit: "d", Meaning: "meaning"}},
	}
	r.Practices[0].OverAll.ID, r.Roots[0].ID = "mfa.violations", "root.no_mfa"
	return r
}

func TestSummaryHoldsNoNameAndNoExactCount(t *testing.T) {
	s, err := newSummary(census(20), map[string][]int{"mfa.violations": {1, 2, 3, 4, 5, 6, 7, 8, 9}})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, needle := range []string{"secret", "1111", "alice", "1143", "12478", "5000", "numerator", "denominator"} {
		if strings.Contains(string(text), needle) {
			t.Errorf("the summary holds %q: %s", needle, text)
		}
	}
	for _, needle := range []string{`"users":12500`, `"accounts":1100`, `"percent":40.1`, `"deciles":[1,2,3,4,5,6,7,8,9]`, `"key_rotation.days"`} {
		if !strings.Contains(string(text), needle) {
			t.Errorf("the summary does not hold %q: %s", needle, text)
		}
	}
}

func TestSummaryOfFewIsRefused(t *testing.T) {
	if _, err := newSummary(census(9), nil); !errors.Is(err, ErrFewOrganizations) {
		t.Errorf("9 organizations give %v", err)
	}
}

func TestUsersOfOneLargeOrganizationAreWithheld(t *testing.T) {
	r := census(20)
	r.Practices[0].OverAll.SumNN = 12_000 * 12_000
	s, err := newSummary(r, nil)
	if err != nil || s.Users != nil || s.Accounts == nil {
		t.Errorf("%v %+v", err, s)
	}
}

func TestReadSummary(t *testing.T) {
	const head = `{"format": "iamcensus-population/1", "figures": [{"id": "mfa.violations", `
	for text, want := range map[string]string{
		head + `"percent": 6.2, "deciles": [0, 0, 1, 2, 3, 4, 5, 6, 7]}]}`:   "",
		head + `"percent": null, "deciles": null}]}`:                         "",
		`{"format": "iamcensus-population/2", "figures": "of another kind"}`: `has format "iamcensus-population/2", this iamcensus reads "iamcensus-population/1"`,
		`{"figures": [{"id": "mfa.violations", "percent": 6.2}]}`:            `is not a population summary: no line "format"`,
		`{"format": "iamcensus-population/1"}`:                               "no figures",
		"# Report":                                                           "is not a population summary: invalid character",
		head + `"deciles": [0, 1]}]}`:                                        `deciles of "mfa.violations" are not nine`,
		head + `"deciles": [9, 8, 7, 6, 5, 4, 3, 2, 1]}]}`:                   "are not nine ascending percentages",
		head + `"deciles": [0, 0, 0, 0, 0, 0, 0, 0, 101]}]}`:                 "are not nine ascending percentages",
		head + `"deciles": [0, 0, 0, 0, 0, 0, 0, 0, 0.5]}]}`:                 "cannot unmarshal number 0.5",
		head + `"percent": 101}]}`:                                           `invalid percentage 101 in "mfa.violations"`,
		head + `"percent": 1, "ci_low": 0}]}`:                                `interval of "mfa.violations" has only one end`,
	} {
		name := filepath.Join(t.TempDir(), "population.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadSummary(name)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s\n gives %v, want %q", text, err, want)
		}
	}
	if _, err := ReadSummary("nowhere.json"); err == nil || !strings.Contains(err.Error(), "or article") {
		t.Errorf("a missing file gives %v", err)
	}
}

// TestArticleIsAPopulation: counts become figures, months do not.
func TestArticleIsAPopulation(t *testing.T) {
	s, err := ReadSummary("article")
	if err != nil {
		t.Fatal(err)
	}
	f := s.figure("rotation.violations")
	if f == nil || *f.Percent != 60.7 || f.Low != nil || f.Deciles != nil || *s.Users != 12_478 || s.Set() != nil {
		t.Errorf("%+v %+v", s, f)
	}
	if s.figure("rotation.oldest_key") != nil {
		t.Error("a month is a figure")
	}
}
