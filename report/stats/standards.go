package stats

import (
	"fmt"
	"math"
	"strings"
)

// When a proportion may be printed: the NCHS data presentation standards for proportions (Parker et al., Vital and Health
// Statistics 2(175), 2017, table on page 2). The two limits for caveats are from docs/simulation/coverage.md.
const (
	MinOrganizations = 10   // organizations; fewer: no interval
	MinSize          = 30   // units, of the denominator n and of the effective size n*
	MaxWidth         = 0.30 // width of the interval, as a proportion, not reached
	SmallWidth       = 0.05 // width up to which the relative width does not matter
	MaxRelativeWidth = 1.30 // width of the interval over the rate

	CaveatDegrees   = 8 // degrees of freedom; fewer: caveat
	CaveatRarerSide = 3 // effective organizations times min(r, 1-r); fewer: caveat

	tolerance = 1e-9 // of comparisons with these limits, for rounding errors
)

// whyWithheld applies the presentation standards in their order; r and width are proportions, n and effective units. The
// effective size is n/deff without the adjustment for degrees of freedom, as in NCHS's own program, which tests
// min(n/deff, n). The reason does not tell the rate: it has no width and no effective size.
func whyWithheld(n, effective, r, width float64) string {
	switch {
	case n < MinSize:
		return tooSmall("denominator", n)
	case effective < MinSize-tolerance:
		return fmt.Sprintf("effective size too small (minimum %d)", MinSize)
	case width >= MaxWidth-tolerance:
		return fmt.Sprintf("95 %% interval too wide (%.0f points or more)", 100*MaxWidth)
	case isImprecise(r, width):
		return fmt.Sprintf("95 %% interval too wide for the rate (more than %.0f %% of it)", 100*MaxRelativeWidth)
	}
	return ""
}

// isImprecise compares the width of the interval with the rate.
func isImprecise(r, width float64) bool {
	return width > SmallWidth+tolerance && width > MaxRelativeWidth*r+tolerance
}

// noteOnComplement applies the relative width to 1-r.
func noteOnComplement(r, width float64) string {
	if !isImprecise(1-r, width) {
		return ""
	}
	return "too imprecise for statements about the units without a violation"
}

// tooSmall is empty from MinSize on.
func tooSmall(what string, size float64) string {
	if size >= MinSize {
		return ""
	}
	return fmt.Sprintf("%s too small (%.0f, minimum %d)", what, size, MinSize)
}

// whyTooNarrow gives the conditions under which the interval was too narrow in the simulation: users concentrated in few
// organizations, and a rate so near 0 or 1 that few organizations show it. The design effect is not among them: a data
// set in which it is too small by chance needs the caveat most. Of a range, both ends count.
func whyTooNarrow(degrees, organizations, lower, upper float64) string {
	var reasons []string
	if degrees < CaveatDegrees-tolerance {
		reasons = append(reasons, fmt.Sprintf("users concentrated in few organizations (%.1f degrees of freedom, minimum %d)", roundedDown(degrees), CaveatDegrees))
	}
	r, side := lower, "with"
	if 1-upper < lower {
		r, side = 1-upper, "without"
	}
	switch rarer := organizations * r; {
	case rarer == 0:
		reasons = append(reasons, "a rate of 0 % or 100 % does not show how organizations differ")
	case rarer < CaveatRarerSide-tolerance:
		reasons = append(reasons, fmt.Sprintf("too few organizations %s violations (effective %.1f, minimum %d)", side, roundedDown(rarer), CaveatRarerSide))
	}
	if reasons == nil {
		return ""
	}
	return "interval likely too narrow: " + strings.Join(reasons, "; ")
}

// roundedDown has one decimal, so that 2.96 is not printed as 3.0.
func roundedDown(x float64) float64 { return math.Floor(10*x+tolerance) / 10 }
