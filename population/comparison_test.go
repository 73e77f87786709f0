package population

import (
	"iamcensus/report"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestRank(t *testing.T) {
	rising := []int{10, 20, 30, 40, 50, 60, 70, 80, 90}
	flat := []int{0, 0, 0, 0, 10, 20, 20, 20, 40}
	zero := []int{0, 0, 0, 0, 0, 0, 0, 0, 0}
	full := []int{40, 50, 60, 70, 80, 100, 100, 100, 100}
	for _, test := range []struct {
		name    string
		deciles []int
		pct     float64
		want    Rank
		text    string
	}{
		{"under the first", rising, 9.4, Rank{BetterThan: 90, Tenth: "best"}, "best tenth"},
		{"the first", rising, 9.5, Rank{BetterThan: 90}, "better than 90 %"},
		{"the middle", rising, 50, Rank{BetterThan: 50}, "better than 50 %"},
		{"between two", rising, 28, Rank{BetterThan: 72}, "better than 72 %"},
		{"the last", rising, 90, Rank{BetterThan: 10}, "better than 10 %"},
		{"over the last", rising, 91, Rank{Tenth: "worst"}, "worst tenth"},
		{"as many, none lower", flat, 0, Rank{BetterThan: 60, LevelWith: 40}, "better than 60 %, level with 40 %"},
		{"after those", flat, 5, Rank{BetterThan: 55}, "better than 55 %"},
		{"as many", flat, 20, Rank{BetterThan: 20, LevelWith: 20}, "better than 20 %, level with 20 %"},
		{"all the same", zero, 0, Rank{LevelWith: 90}, "level with at least 90 %"},
		{"worse than all", zero, 1, Rank{Tenth: "worst"}, "worst tenth"},
		{"none higher", full, 100, Rank{LevelWith: 30}, "level with at least 30 %"},
		{"almost", full, 90, Rank{BetterThan: 45}, "better than 45 %"},
		{"the only one at 100", []int{10, 20, 30, 40, 50, 60, 70, 80, 100}, 100, Rank{}, "better than 0 %"},
	} {
		got := newRank(test.deciles, test.pct)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
		if got.String() != test.text {
			t.Errorf("%s: %q, want %q", test.name, got, test.text)
		}
	}
}

func peers(percent float64, deciles ...int) *SummaryFigure {
	return &SummaryFigure{ID: "x", Percent: &percent, Deciles: deciles}
}

func TestPlacement(t *testing.T) {
	spread := peers(50, 10, 20, 30, 40, 50, 60, 70, 80, 90)
	withheld := &SummaryFigure{Withheld: "too few | of them"}
	for _, test := range []struct {
		name                            string
		numerator, denominator, unknown int64
		peers                           *SummaryFigure
		want                            string
	}{
		{"in the spread", 28, 100, 0, spread, "better than 72 %"},
		{"with unknown ones", 28, 100, 20, spread, "from better than 52 % to better than 72 %"},
		{"unknown ones from end to end", 0, 100, 99, spread, "from worst tenth to best tenth"},
		{"nothing but unknown ones", 0, 100, 100, spread, "unknown"},
		{"more unknown than fit", 90, 100, 30, spread, "from worst tenth to better than 10 %"},
		{"four units", 2, 4, 0, spread, "fewer than 5 own units"},
		{"five units", 2, 5, 0, spread, "better than 60 %"},
		{"no units", 0, 0, 0, spread, "no units"},
		{"below", 1, 10, 0, peers(50), "below the rate"},
		{"above", 9, 10, 0, peers(50), "above the rate"},
		{"at", 5, 10, 0, peers(50), "at the rate"},
		{"perhaps above", 5, 10, 1, peers(50), "below or above the rate"},
		{"withheld", 5, 10, 0, withheld, `withheld: too few \| of them`},
	} {
		p := newPlacement(report.Figure{ID: "x", Unit: "user"}, Placement{Numerator: test.numerator, Denominator: test.denominator, Unknown: test.unknown}, test.peers)
		if got := p.String(); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestFixTargets(t *testing.T) {
	own := Placement{Numerator: 60, Denominator: 120}
	for _, test := range []struct {
		name  string
		peers *SummaryFigure
		want  string // for the rate, the median, the best tenth
	}{
		{"no such figure", nil, "unknown unknown unknown"},
		{"no spread", peers(6.2), "53 unknown unknown"},
		{"exactly at the rate", peers(50), "0 unknown unknown"},
		{"one person in 120 is 0.83 %", peers(49.9), "1 unknown unknown"},
		{"spread", peers(40, 10, 20, 30, 40, 45, 60, 70, 80, 90), "12 6 48"},
		{"better already", peers(90, 60, 60, 60, 60, 60, 60, 60, 60, 60), "0 0 0"},
		{"none may be left", peers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), "60 60 60"},
	} {
		m := newFixTargets(report.Practice{ID: "x"}, own, test.peers)
		if got := strings.Join([]string{orUnknown(m.ToRate), orUnknown(m.ToMedian), orUnknown(m.ToBest)}, " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// TestNamesAreEscaped: text from files does not become Markdown.
func TestNamesAreEscaped(t *testing.T) {
	days := int64(1826)
	c := &Comparison{
		Organization: "a|b\n# c", Population: ReferencePopulation{Title: "<b>*x*", FirstCaptured: "`d`", LastCaptured: "`d`"},
		FixFirst: []UserToFix{{"a|b\n# c", "1\x1b[31m", "user|x", []string{"key_rotation", "unused_user"}, &days}},
	}
	page := c.markdown()
	for _, want := range []string{
		`# Comparison of a\|bU+000A# c with a population`, `*&lt;b&gt;\*x\**: as of ` + "\\`d\\`.",
		`| a\|bU+000A# c | 1U+001B\[31m | user\|x |`, "|          2 | `key_rotation`, `unused_user` | 1,826 d |",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not contain %s:\n%s", want, page)
		}
	}
}
