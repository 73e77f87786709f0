package report

import (
	"iamcensus/report/text"
	"strings"
	"testing"
)

func TestRate(t *testing.T) {
	for want, f := range map[string]Figure{
		"6.2 %":             figure("", "user", 40, 773, 12_478),
		"< 0.1 %":           figure("", "user", 40, 1, 5000),
		"> 99.9 %":          figure("", "user", 40, 4999, 5000),
		"at least 6.2 %":    partial("", "user", 40, 773, 12_478, 90),
		"0.0 to 20.0 %":     partial("", "user", 12, 0, 600, 120),
		"10.0 to 41.0 %":    partial("", "user", 12, 60, 600, 186),
		"unknown":           partial("", "user", 12, 0, 110, 110),
		"withheld":          figure("", "user", 12, 3, 29),
		"none":              figure("", "user", 0, 0, 0),
		"at least 10.0 %":   partial("", "user", 12, 60, 600, 180), // 30 points
		"90.8 to 100.0 %":   figure("", "user", 12, 590, 600).withRange(90.8, 100),
		"at least > 99.9 %": partial("", "user", 12, 599_999, 600_000, 1),
	} {
		if got := f.Rate(); got != want {
			t.Errorf("%d of %d, %d unknown: %s, want %s", f.Numerator, f.Denominator, f.Unknown, got, want)
		}
	}
}

func (f Figure) withRange(low, high float64) Figure {
	f.Estimate.WideRange, f.Estimate.Percent, f.Estimate.UpperPercent = true, low, high
	return f
}

// TestWithheldStandsNowhere: neither JSON nor the page has a number that tells a
// withheld rate.
func TestWithheldStandsNowhere(t *testing.T) {
	f := figure("", "user", 12, 24, 420)
	f.Estimate.Withheld, f.Estimate.DesignEffect = "95 % interval too wide for the rate (more than 130 % of it)", 4
	f.P10, f.Median, f.P90, f.TopTenthShare = float(5.7), float(5.7), float(5.7), float(0.5)
	f.Missing, f.MissingAccounts = 100, 3
	out := newJSONFigure(f)
	for what, x := range map[string]*float64{
		"percent": out.Percent, "ci_low": out.CILow, "ci_high": out.CIHigh, "lower_bound": out.LowerBound, "upper_bound": out.UpperBound,
		"design_effect": out.DesignEffect, "median_org": out.MedianOrg, "top_decile_share": out.TopDecileShare,
	} {
		if x != nil {
			t.Errorf("%s is %v", what, *x)
		}
	}
	cells := append(f.cells(), f.SpreadCell(), f.TopTenth(), f.Deff(), f.BoundsInText(), f.Subject(), f.Share())
	if all := strings.Join(cells, " "); strings.Contains(all, " %") {
		t.Error(all)
	}
	rate, computed := 50.0, f
	if got := (ComparedFigure{Published: PublishedFigure{Percent: &rate}, Computed: &computed}).difference(); got != "withheld" {
		t.Error(got)
	}
}

func TestChange(t *testing.T) {
	before := figure("", "user", 12, 100, 1000)
	for _, test := range []struct {
		name          string
		before, after Figure
		none          text.Markdown
		hasRange      bool
	}{
		{"known", before, figure("", "user", 12, 130, 1000), "", true},
		{"unknown moved less", before, partial("", "user", 12, 130, 1000, 29), "", true},
		{"unknown moved more", before, partial("", "user", 12, 130, 1000, 31), "unknown users changed by more", false},
		{"unknown moved, the rate did not", before, partial("", "user", 12, 100, 1000, 1), "unknown users changed by more", false},
		{"unknown stayed", partial("", "user", 12, 100, 1000, 200), partial("", "user", 12, 130, 1000, 200), "", true},
		{"withheld", before, figure("", "user", 12, 3, 29), noRate, false},
		{"nine organizations", figure("", "user", 9, 100, 1000), figure("", "user", 9, 130, 1000), "", false},
	} {
		c := newChange(test.before, test.after, 0.0001, 12)
		if c.None != test.none || c.HasRange != test.hasRange {
			t.Errorf("%s: %+v", test.name, c)
		}
		if c.HasRange && (text.Round(c.Points, 6) != 3 || text.Round(c.Low, 1) != 0.8 || text.Round(c.High, 1) != 5.2) {
			t.Errorf("%s: %+v", test.name, c)
		}
	}
}

// TestNoKnownViolation: 0 of 1,000 with unknown units is not 0 %, neither in JSON nor in text.
func TestNoKnownViolation(t *testing.T) {
	f := partial("", "user", 12, 0, 1000, 100)
	if out := newJSONFigure(f); out.Percent != nil || len(out.Range) != 2 || out.Range[1] != 10 || out.CIHigh == nil {
		t.Errorf("%+v", out)
	}
	if got := f.Rate(); got != "0.0 to 10.0 %" {
		t.Error(got)
	}
}

// TestChangeWithoutVariance: the first date is compared with itself, and no organization has a violation at either date.
func TestChangeWithoutVariance(t *testing.T) {
	before := figure("", "user", 12, 100, 1000)
	none := figure("", "user", 12, 0, 1000)
	for _, c := range []Change{newChange(before, before, 0, 0), newChange(none, none, 0, 12)} {
		if c.None != "" || c.HasRange || c.Points != 0 {
			t.Errorf("%+v", c)
		}
	}
	if c := newChange(before, figure("", "user", 12, 130, 1000), 0, 12); !c.HasRange || text.Round(c.Low, 6) != 3 || text.Round(c.High, 6) != 3 {
		t.Errorf("all organizations change alike: %+v", c)
	}
}
