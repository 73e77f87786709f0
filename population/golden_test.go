package population

import (
	"flag"
	"strings"
	"testing"

	"iamcensus/report"
	"iamcensus/report/golden"
)

var update = flag.Bool("update", false, "write the golden files")

// TestGolden renders one document of each kind in each of its formats. A format
// without a golden file fails: run the test with -update and read the file.
func TestGolden(t *testing.T) {
	summary, err := newSummary(census(40), spreads())
	if err != nil {
		t.Fatal(err)
	}
	goldens(t, "summary", SummaryFormats, summary)
	goldens(t, "comparison", ComparisonFormats, fixedComparison())
}

func goldens[T any](t *testing.T, name string, formats []report.Format[T], document T) {
	for _, format := range formats {
		var got strings.Builder
		if err := format.Render(&got, document); err != nil {
			t.Errorf("%s in format %s: %v", name, format.Name, err)
		}
		golden.Compare(t, name+format.Suffix, got.String(), *update)
	}
}

// fixedComparison has figures with and without a spread, and one that the
// population does not have.
func fixedComparison() *Comparison {
	spread := peers(50, 10, 20, 30, 40, 50, 60, 70, 80, 90)
	low, high, unknown, one, days := 45.0, 55.0, 0.5, int64(1), int64(664)
	spread.Low, spread.High, spread.Unknown, spread.SpreadOrganizations = &low, &high, &unknown, 350
	place := func(id, unit string, numerator, denominator, unknown int64, peers *SummaryFigure) Placement {
		own := Placement{Numerator: numerator, Denominator: denominator, Unknown: unknown}
		return newPlacement(report.Figure{ID: id, Unit: unit}, own, peers)
	}
	rotation := report.Practice{ID: "key_rotation", Title: "Access key rotation", Finding: "Users with an unrotated access key"}
	unused := report.Practice{ID: "unused_user", Title: "Unused users", Finding: "Unused users"}
	return &Comparison{
		Organization: "org-a", Organizations: 1, Accounts: 1, Users: 100,
		Population: ReferencePopulation{Title: "Our customers", FirstCaptured: "2021-01-01", LastCaptured: "2021-01-24", Organizations: 40, Users: &one},
		Placements: []Placement{
			place("rotation.violations", "user", 28, 100, 5, spread),
			place("rotation.applicable", "user", 28, 100, 6, spread),
			place("unused.violations", "user", 2, 4, 0, peers(6.2)),
			place("root.no_mfa", "account", 0, 1, 0, &SummaryFigure{Withheld: withheldFew}),
			place("other", "user", 1, 1, 0, nil),
		},
		FixTargets: []FixTargets{
			newFixTargets(rotation, Placement{Numerator: 60, Denominator: 100, Unknown: 7}, spread),
			newFixTargets(unused, Placement{Numerator: 2, Denominator: 4}, peers(6.2)),
		},
		FixFirst: []UserToFix{
			{"org-a", "111122223333", "alice", []string{"key_rotation", "unused_user"}, &days},
			{"org-a", "111122223333", "bob", []string{"one_active_key"}, nil},
		},
		LookAt:   []UserToFix{{"org-a", "111122223333", "carol", []string{"console_mfa"}, nil}},
		Settings: []report.Setting{{ID: "key_rotation.days", Values: []float64{90}, Unit: "d", Meaning: "an active key that is older is not rotated"}},
	}
}
