package population

import (
	"iamcensus/report"
	"iamcensus/report/stats"
)

// The limits of disclosure control, and the reasons for withholding, which
// contain no number of the census.
const (
	minCell   = 10 // units with a violation, and units without; no violation at all may be printed
	minWeight = 4  // effective organizations; with as many, none can have more than half

	withheldEmpty     = "denominator 0"
	withheldFew       = "fewer than 10 organizations"
	withheldCell      = "fewer than 10 units with a violation, or fewer than 10 without"
	withheldDominated = "one organization may have more than half"
	withheldImprecise = "estimate too imprecise"
)

// unknownShare is the percentage of unknown units; nil: withheld.
func unknownShare(f report.Figure) *float64 {
	known := max(0, f.Denominator-f.Unknown) // in age tiers, unknown units may be outside of the denominator
	if f.Denominator < stats.MinSize || f.Organizations < stats.MinOrganizations || dominated(f.Denominator, f.SumNN) || isSmall(f.Unknown) || isSmall(known) {
		return nil
	}
	return decimal(100 - 100*float64(known)/float64(f.Denominator))
}

// whyWithheld is the reason for withholding a rate; "": none. The order is first
// disclosure, then precision.
func whyWithheld(f report.Figure) string {
	violations, rest := f.Numerator, f.Denominator-f.Numerator
	switch {
	case f.Denominator == 0:
		return withheldEmpty
	case f.Organizations < stats.MinOrganizations:
		return withheldFew
	case isSmall(violations), rest < minCell:
		return withheldCell
	case dominated(f.Denominator, f.SumNN), dominated(f.Numerator, f.SumYY):
		return withheldDominated
	case f.Estimate.Withheld != "":
		return withheldImprecise
	}
	return ""
}

// isSmall reports whether a count other than 0 is below the minimum.
func isSmall(n int64) bool { return n > 0 && n < minCell }

// dominated reports whether one organization may have more than half of a sum
// over organizations, given the sum of squares: if one has, the squares exceed a
// quarter of the square of the sum.
func dominated(sum int64, squares float64) bool {
	return minWeight*squares > float64(sum)*float64(sum)
}

// total is a figure's denominator, rounded.
func total(f report.Figure) *int64 {
	if dominated(f.Denominator, f.SumNN) {
		return nil
	}
	n := coarse(f.Denominator)
	return &n
}

// coarse rounds counts by the rules of the Disclosure Review Board of the US
// Census Bureau.
func coarse(n int64) int64 {
	step := int64(10)
	switch {
	case n >= 1_000_000: // to four significant digits
		for step = 1000; n/step >= 10_000; step *= 10 {
		}
	case n >= 100_000:
		step = 1000
	case n >= 10_000:
		step = 500
	case n >= 1000:
		step = 100
	case n >= 100:
		step = 50
	}
	return (n + step/2) / step * step
}
