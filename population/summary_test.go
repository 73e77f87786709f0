package population

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/stats"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// figureOf is a figure of some organizations.
func figureOf(clusters []stats.Cluster) report.Figure {
	sums := stats.SumsOf(clusters)
	f := report.Figure{ID: "x.violations", Unit: "user", Estimate: sums.Estimate()}
	f.Sums, f.InOrganizations = sums, sums.Organizations
	return f
}

// even is a figure of organizations of nearly one size and rate.
func even(organizations int, numerator, denominator, unknown int64) report.Figure {
	clusters := make([]stats.Cluster, organizations)
	n := int64(organizations)
	for i := range clusters {
		part := func(of int64) int64 { return of*int64(i+1)/n - of*int64(i)/n }
		clusters[i] = stats.Cluster{Numerator: part(numerator), Denominator: part(denominator), Unknown: part(unknown)}
	}
	return figureOf(clusters)
}

func TestWhatASummaryWithholds(t *testing.T) {
	const spreadOut = 20
	giant := func(c stats.Cluster) report.Figure {
		return figureOf(append(slices.Repeat([]stats.Cluster{{Numerator: 20, Denominator: 50}}, 19), c))
	}
	for name, test := range map[string]struct {
		figure report.Figure
		weight float64
		want   string
	}{
		"no units":                              {even(0, 0, 0, 0), spreadOut, withheldEmpty},
		"9 organizations":                       {even(9, 500, 1000, 0), spreadOut, withheldFew},
		"10 organizations":                      {even(10, 500, 1000, 0), spreadOut, ""},
		"no violation":                          {even(20, 0, 1000, 0), spreadOut, withheldCell},
		"1 violates":                            {even(20, 1, 1000, 0), spreadOut, withheldCell},
		"9 violate":                             {even(20, 9, 1000, 0), spreadOut, withheldCell},
		"10 violate":                            {even(20, 10, 1000, 0), spreadOut, ""},
		"9 do not":                              {even(20, 991, 1000, 0), spreadOut, withheldCell},
		"9 are known not to":                    {even(20, 800, 1000, 191), spreadOut, withheldCell},
		"10 are known not to":                   {even(20, 800, 1000, 190), spreadOut, ""},
		"all violate":                           {even(20, 1000, 1000, 0), spreadOut, withheldCell},
		"one holds more than half of the users": {giant(stats.Cluster{Numerator: 600, Denominator: 1200}), spreadOut, withheldDominated},
		"one holds most of the violations":      {even(20, 500, 1000, 0), 3.9, withheldDominated},
		"unknown over 31 points":                {even(20, 300, 1000, 310), spreadOut, withheldUnknown},
		"few users":                             {even(20, 10, 25, 0), spreadOut, withheldImprecise},
	} {
		if got := whyWithheld(test.figure, test.weight); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestReasonsHoldNoCount: why a rate is withheld must not say what it is.
func TestReasonsHoldNoCount(t *testing.T) {
	for _, f := range []report.Figure{even(9, 137, 251, 0), even(20, 3, 251, 0), even(20, 11, 23, 0)} {
		s := summarize(f, spread{}, nil)
		if s.Percent != nil || s.Low != nil || s.Withheld == "" {
			t.Errorf("%d of %d gives %+v", f.Numerator, f.Denominator, s)
		}
		if digits := strings.Trim(strings.ReplaceAll(s.Withheld, "10", ""), "abcdefghijklmnopqrstuvwxyz ,"); digits != "" {
			t.Errorf("the reason %q holds %q", s.Withheld, digits)
		}
	}
}

// TestFiguresThatDifferByFew: the difference of two figures of a practice is a
// count, too.
func TestFiguresThatDifferByFew(t *testing.T) {
	percents := func(figures ...report.Figure) (printed []bool) {
		for _, s := range summarizeAll(figures, map[string]spread{"x.violations": {weight: 20}}) {
			printed = append(printed, s.Percent != nil)
		}
		return printed
	}
	for name, test := range map[string]struct {
		got  []bool
		want string
	}{
		"none, as the threshold is a tier": {percents(even(20, 500, 1000, 0), even(20, 500, 1000, 0)), "[true true]"},
		"1 violation":                      {percents(even(20, 500, 1000, 0), even(20, 499, 1000, 0)), "[true false]"},
		"9 violations":                     {percents(even(20, 491, 1000, 0), even(20, 500, 1000, 0)), "[true false]"},
		"10 violations":                    {percents(even(20, 500, 1000, 0), even(20, 490, 1000, 0)), "[true true]"},
		"9 units":                          {percents(even(20, 500, 1000, 0), even(20, 500, 991, 0)), "[true false]"},
		"from the last that is printed":    {percents(even(20, 500, 1000, 0), even(20, 495, 1000, 0), even(20, 490, 1000, 0)), "[true false true]"},
	} {
		if got := fmt.Sprint(test.got); got != test.want {
			t.Errorf("%s: printed %s, want %s", name, got, test.want)
		}
	}
}

func TestDeciles(t *testing.T) {
	deciles := []int{0, 0, 0, 0, 0, 0, 0, 0, 14}
	for name, test := range map[string]struct {
		figure        report.Figure
		organizations int64
		want          int64
	}{
		"29 organizations": {even(40, 30, 1000, 0), 29, 0},
		"30 organizations": {even(40, 30, 1000, 0), 30, 30},
		"124":              {even(200, 300, 10000, 0), 124, 100},
		"3 violations":     {even(40, 3, 1000, 0), 40, 0},
		"no violation":     {even(40, 0, 1000, 0), 40, 0},
	} {
		s := summarize(test.figure, spread{weight: 20, organizations: test.organizations, deciles: deciles}, nil)
		if (s.Deciles != nil) != (test.want > 0) || s.SpreadOrganizations != test.want {
			t.Errorf("%s: deciles %v of %d organizations, want of %d", name, s.Deciles, s.SpreadOrganizations, test.want)
		}
	}
}

func TestUnknownShare(t *testing.T) {
	for unknown, want := range map[int64]string{0: "0", 4: "0", 5: "1", 14: "1", 15: "2", 995: "100", 1000: "100"} {
		if got, err := json.Marshal(unknownShare(even(20, 0, 1000, unknown))); err != nil || string(got) != want {
			t.Errorf("%d unknown: %s %v, want %s", unknown, got, err, want)
		}
	}
	if got := unknownShare(even(20, 500, 10_000, 60)); *got != 0.6 {
		t.Errorf("60 of 10,000 unknown: %g", *got)
	}
}

func TestUnknownShareOfFewOrganizationsIsWithheld(t *testing.T) {
	if got := unknownShare(even(9, 500, 1000, 300)); got != nil {
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

// spreads has the spread of one figure, and the weights of all of census.
func spreads() map[string]spread {
	return map[string]spread{
		"mfa.violations": {weight: 20, organizations: 34, deciles: []int{1, 2, 3, 4, 5, 6, 7, 8, 9}},
		"x.violations":   {weight: 20},
		"root.no_mfa":    {weight: 20},
	}
}

// census is a report with all that a summary reads, of some organizations.
func census(organizations int) *report.Report {
	r := &report.Report{
		Title:         "Census",
		Population:    report.Population{Organizations: int64(organizations), Accounts: 1143, Users: 12_478},
		Practices:     []report.Practice{{ID: "console_mfa", Title: "MFA", OverAll: even(organizations, 5000, 12_478, 0), OverApplicable: even(organizations, 5000, 9000, 0)}},
		Roots:         []report.AccountCheck{{Title: "Root", Figure: even(organizations, 500, 1143, 0)}},
		Coverage:      []report.Coverage{{Organization: "secret-org"}},
		ConfigDiffers: []report.ConfigDifference{{Organization: "secret-org", Account: "111122223333", User: "alice"}},
		Sources:       []report.Source{{Note: "secret-note"}},
		Settings:      []report.Setting{{ID: "key_rotation.days", Values: []float64{90}, Unit: "d", Meaning: "meaning"}},
	}
	r.Practices[0].OverAll.ID, r.Roots[0].ID = "mfa.violations", "root.no_mfa"
	return r
}

func TestSummaryHoldsNoNameAndNoExactCount(t *testing.T) {
	s, err := newSummary(census(40), spreads())
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
	r.Practices[0].OverAll.Estimate.EffectiveOrganizations = 3.9
	s, err := newSummary(r, nil)
	if err != nil || s.Users != nil || s.Accounts == nil {
		t.Errorf("%v %+v", err, s)
	}
}

func TestReadSummary(t *testing.T) {
	const head = `{"format": "iamcensus-population/2", "figures": [{"id": "mfa.violations", `
	for text, want := range map[string]string{
		head + `"percent": 6.2, "deciles": [0, 0, 1, 2, 3, 4, 5, 6, 7]}]}`:                                   "",
		head + `"percent": null, "deciles": null}]}`:                                                         "",
		`{"format": "iamcensus-population/3", "figures": "of another kind"}`:                                 `has format "iamcensus-population/3", this iamcensus reads "iamcensus-population/2"`,
		`{"figures": [{"id": "mfa.violations", "percent": 6.2}]}`:                                            `is not a population summary: no line "format"`,
		`{"format": "iamcensus-population/2"}`:                                                               "no figures",
		"# Report":                                                                                           "is not a population summary: invalid character",
		head + `"deciles": [0, 1]}]}`:                                                                        `deciles of "mfa.violations" are not nine`,
		head + `"deciles": [9, 8, 7, 6, 5, 4, 3, 2, 1]}]}`:                                                   "are not nine ascending percentages",
		head + `"deciles": [0, 0, 0, 0, 0, 0, 0, 0, 101]}]}`:                                                 "are not nine ascending percentages",
		head + `"deciles": [0, 0, 0, 0, 0, 0, 0, 0, 0.5]}]}`:                                                 "cannot unmarshal number 0.5",
		head + `"percent": 101}]}`:                                                                           `invalid percentage 101 in "mfa.violations"`,
		head + `"percent": 1, "ci_low": 0}]}`:                                                                `interval of "mfa.violations" has only one end`,
		head + `"percent": 1}` + strings.Repeat(",{}", 1000) + "]}":                                          "more than 1000 figures",
		head + `"percent": 1}], "settings": [{"id": "x", "values": [0` + strings.Repeat(",0", 1000) + "]}]}": `more than 1000 values of "x"`,
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
