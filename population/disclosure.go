package population

import (
	"iamcensus/report"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"math"
)

// The limits of disclosure control, and the reasons for withholding, which
// contain no number of the census.
const (
	minCell   = 10   // units with a violation, units without, and units between two figures of a practice
	minWeight = 4    // effective organizations; with as many, none can have more than half
	minSpread = 30   // organizations of a decile; with as many, three are beyond the first and the last
	fineUnits = 2000 // units of a denominator; fewer: percentages are of rounded counts

	withheldEmpty     = "denominator 0"
	withheldFew       = "fewer than 10 organizations"
	withheldCell      = "fewer than 10 units with a violation, or fewer than 10 known to have none"
	withheldDominated = "one organization may have more than half"
	withheldUnknown   = "too many units unknown"
	withheldImprecise = "estimate too imprecise"
	withheldNear      = "fewer than 10 units from another figure of the practice"
)

// whyWithheld is the reason for withholding a rate; "": none. A weight is the
// number of effective organizations with violations. The order is first
// disclosure, then precision.
func whyWithheld(f report.Figure, weight float64) string {
	rest := f.Denominator - f.Numerator - f.Unknown
	switch {
	case f.Denominator == 0:
		return withheldEmpty
	case f.InOrganizations < stats.MinOrganizations:
		return withheldFew
	case f.Numerator < minCell, rest < minCell: // 0 too: it says of each organization that it has none
		return withheldCell
	case f.Estimate.EffectiveOrganizations < minWeight, weight < minWeight:
		return withheldDominated
	case f.Estimate.WideRange:
		return withheldUnknown
	case f.Estimate.Withheld != "":
		return withheldImprecise
	}
	return ""
}

// isNear reports whether the difference of two figures of a practice, as of two
// tiers, is a count of 1 to 9 units.
func isNear(a, b report.Figure) bool {
	return isSmall(a.Numerator-b.Numerator) || isSmall(a.Denominator-b.Denominator)
}

// isSmall reports whether a difference other than 0 is below the minimum.
func isSmall(n int64) bool { return n != 0 && -minCell < n && n < minCell }

// unknownShare is the percentage of unknown units; nil: withheld.
func unknownShare(f report.Figure) *float64 {
	if f.Denominator < stats.MinSize || f.InOrganizations < stats.MinOrganizations || f.Estimate.EffectiveOrganizations < minWeight {
		return nil
	}
	unknown := min(f.Unknown, f.Denominator) // in age tiers, unknown units may be outside of the denominator
	return percentage(tens(unknown), tens(f.Denominator))
}

// rate is the percentage of units with a violation.
func rate(f report.Figure) *float64 {
	if f.Denominator < fineUnits {
		return percentage(tens(f.Numerator), tens(f.Denominator))
	}
	return percentage(f.Numerator, f.Denominator)
}

// percentage has one decimal, or none where the denominator is small.
func percentage(numerator, denominator int64) *float64 {
	digits := 1
	if denominator < fineUnits {
		digits = 0
	}
	p := text.Round(100*float64(numerator)/float64(denominator), digits)
	return &p
}

// interval moves an interval to the rounded rate, and widens it by the largest
// error of that rate, so that it contains the interval without saying where in
// it the exact rate is. The ends are rounded outward.
func interval(f report.Figure, rate float64) (low, high *float64) {
	below, above, step := f.Estimate.Percent-f.Estimate.Low, f.Estimate.High-f.Estimate.Percent, 0.1
	if f.Denominator < fineUnits {
		step = 1
		n := float64(tens(f.Denominator))
		widened := 100*(5+5*rate/100)/n + 0.5 // numerator and denominator are off by up to 5, the percentage by a half
		below, above = below+widened, above+widened
	}
	down := text.Round(math.Floor(max(0, rate-below)/step)*step, 1)
	up := text.Round(math.Ceil(min(100, rate+above)/step)*step, 1)
	return &down, &up
}

// tens rounds a count to tens.
func tens(n int64) int64 { return (n + 5) / 10 * 10 }

// total is a figure's denominator, rounded; nil: one organization may have more
// than half.
func total(f report.Figure) *int64 {
	if f.Estimate.EffectiveOrganizations < minWeight {
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
