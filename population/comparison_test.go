package population

import (
	"iamcensus/report"
	"iamcensus/report/golden"
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
		{"as many, none lower", flat, 0, Rank{BetterThan: 50, LevelWith: 40}, "better than at least 50 %, level with at least 40 %"},
		{"after those", flat, 5, Rank{BetterThan: 55}, "better than 55 %"},
		{"as many", flat, 20, Rank{BetterThan: 10, LevelWith: 20}, "better than at least 10 %, level with at least 20 %"},
		{"the last but one", []int{0, 0, 0, 0, 10, 20, 20, 30, 30}, 30, Rank{LevelWith: 10}, "level with at least 10 %"},
		{"the lowest possible, one decile", []int{0, 10, 20, 30, 40, 50, 60, 70, 80}, 0, Rank{BetterThan: 80, LevelWith: 10}, "better than at least 80 %, level with at least 10 %"},
		{"all the same", zero, 0, Rank{LevelWith: 90}, "level with at least 90 %"},
		{"worse than all", zero, 1, Rank{Tenth: "worst"}, "worst tenth"},
		{"none higher", full, 100, Rank{LevelWith: 40}, "level with at least 40 %"},
		{"almost", full, 90, Rank{BetterThan: 45}, "better than 45 %"},
		{"the last one at 100", []int{10, 20, 30, 40, 50, 60, 70, 80, 100}, 100, Rank{LevelWith: 10}, "level with at least 10 %"},
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

// partly has a rate of 20 % and an unknown share.
func partly(unknown float64) *SummaryFigure {
	f := peers(20)
	f.Unknown = &unknown
	return f
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
		{"with unknown ones", 28, 100, 5, spread, "from better than 67 % to better than 72 %"},
		{"with more than 5 % unknown", 28, 100, 6, spread, "unknown for more than 5 %: look at 6 first"},
		{"nothing but unknown ones", 0, 100, 100, spread, "unknown: look at all"},
		{"from the worst on", 90, 100, 5, spread, "from worst tenth to better than 10 %"},
		{"19 units", 8, 19, 0, spread, "fewer than 20 own units"},
		{"19 unknown units", 0, 19, 19, spread, "unknown: look at all"},
		{"20 units", 8, 20, 0, spread, "better than 60 %"},
		{"no units", 0, 0, 0, spread, "no units"},
		{"below", 1, 10, 0, peers(50), "below the rate"},
		{"above", 9, 10, 0, peers(50), "above the rate"},
		{"at", 5, 10, 0, peers(50), "at the rate"},
		{"perhaps above", 5, 10, 1, peers(50), "below or above the rate"},
		{"below the least", 1, 10, 0, partly(10), "below the rate"},
		{"perhaps below", 2, 10, 0, partly(10), "below or above the rate"},
		{"perhaps above the most", 3, 10, 0, partly(10), "below or above the rate"},
		{"above the most", 4, 10, 0, partly(10), "above the rate"},
		{"withheld", 5, 10, 0, withheld, "withheld: too few `|` of them"},
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
		{"of which 5 % more may be", partly(5), "36 unknown unknown"},
		{"of which too many more may be", partly(5.1), "unknown unknown unknown"},
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

func TestOwnRate(t *testing.T) {
	for want, p := range map[string]Placement{
		"none": {}, "unknown": {Denominator: 4, Unknown: 4}, "25.0 %": {Numerator: 1, Denominator: 4}, "25.0 % to 50.0 %": {Numerator: 1, Denominator: 4, Unknown: 1},
	} {
		if got := p.Rate(); got != want {
			t.Errorf("%+v: %q, want %q", p, got, want)
		}
	}
}

func TestFixTargetsOfUnknownUsers(t *testing.T) {
	for unknown, known := range map[int64]bool{6: true, 7: false, 120: false} {
		m := newFixTargets(report.Practice{ID: "x"}, Placement{Numerator: 0, Denominator: 120, Unknown: unknown}, peers(50))
		if m.Unknown != unknown || (m.ToRate != nil) != known {
			t.Errorf("%d of 120 unknown: %+v", unknown, m)
		}
	}
}

// TestInert: no format prints a string of a document as it is, whatever it has.
func TestInert(t *testing.T) {
	summary, err := newSummary(census(40), spreads())
	if err != nil {
		t.Fatal(err)
	}
	inert(t, SummaryFormats, summary)
	inert(t, ComparisonFormats, fixedComparison())
}

func inert[T any](t *testing.T, formats []report.Format[T], document T) {
	for _, format := range formats {
		golden.Inert(t, document, format.Name == "md", func() string {
			var page strings.Builder
			if err := format.Render(&page, document); err != nil {
				t.Errorf("in format %s: %v", format.Name, err)
			}
			return page.String()
		})
	}
}
