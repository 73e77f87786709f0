package stats

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// When a proportion may be printed: the NCHS data presentation standards for proportions (Parker et al., Vital and Health
// Statistics 2(175), 2017, table on page 2). Their minimum of 8 degrees of freedom follows from MinOrganizations. The two
// limits for caveats are from docs/simulation/coverage.md.
const (
	MinOrganizations = 10   // organizations; fewer: no interval
	MinSize          = 30   // units, of the denominator n and of the effective size n*
	MaxWidth         = 0.30 // width of the interval, as a proportion
	SmallWidth       = 0.05 // width up to which the relative width does not matter
	MaxRelativeWidth = 1.30 // width of the interval over the rate

	CaveatOrganizations = 30 // effective organizations; fewer: caveat
	CaveatRarerSide     = 3  // effective organizations times min(r, 1-r); fewer: caveat
)

// upperTail is the upper quantile of a two-sided 95 % interval.
const upperTail = 0.975

// ClusterSums is one rate as sums over organizations g = 1..G. Organization g has n_g units (users or accounts) in the
// denominator and y_g of them in the numerator, 0 <= y_g <= n_g. Only organizations with n_g >= 1 count.
type ClusterSums struct {
	Organizations int     // G
	Numerator     int64   // y = sum of y_g
	Denominator   int64   // n = sum of n_g
	SumYY         float64 // sum of y_g^2
	SumYN         float64 // sum of y_g n_g
	SumNN         float64 // sum of n_g^2
}

// Estimate is a rate with its interval. Percent, Low and High are percentages, 0 to 100, unrounded.
//
// The interval expresses the sampling error for a larger population that these organizations represent, as if they had
// been drawn at random from it. Statements about the organizations in the data have no sampling error.
type Estimate struct {
	Percent                float64 // 100 y/n; 0 where n = 0
	Low, High              float64 // ends of the 95 % interval; 0 without one
	DesignEffect           float64 // var(r) / (r(1-r)/n); 0 without an interval, and undefined (0) at r = 0 and r = 1
	EffectiveN             float64 // n* in units, before the adjustment for degrees of freedom; 0 without an interval
	EffectiveOrganizations float64 // Kish's n^2 / sum n_g^2, 1 to G; 0 where n = 0

	NoInterval string // why there is no interval; empty: there is one
	Withheld   string // why Percent must not be printed; empty: it may be
	Caveat     string // why the interval is likely too narrow; empty: no known reason
}

// Estimate computes the rate and Korn and Graubard's interval (Survey Methodology 24(2), 1998), or the reasons why there
// is none.
func (s ClusterSums) Estimate() Estimate {
	if s.Denominator == 0 {
		return Estimate{NoInterval: "denominator 0", Withheld: "denominator 0"}
	}
	r := s.rate()
	e := Estimate{Percent: 100 * r, EffectiveOrganizations: s.effectiveOrganizations()}
	if s.Organizations < MinOrganizations {
		e.NoInterval = fmt.Sprintf("too few organizations (%d, minimum %d)", s.Organizations, MinOrganizations)
		e.Withheld = tooSmall("denominator", float64(s.Denominator))
		return e
	}
	low, high := s.interval()
	e.Low, e.High = 100*low, 100*high
	e.DesignEffect, e.EffectiveN = s.designEffect(), s.effectiveN()
	e.Withheld = whyWithheld(float64(s.Denominator), e.EffectiveN, r, high-low)
	e.Caveat = whyTooNarrow(r, e.EffectiveOrganizations)
	return e
}

// rate is r = y/n, a proportion.
func (s ClusterSums) rate() float64 { return float64(s.Numerator) / float64(s.Denominator) }

// variance is the linearized variance of the ratio r = y/n: G/(G-1) sum_g (y_g - r n_g)^2 / n^2. It needs G >= 2. The
// sum of squares is computed as two differences, which keeps the rounding error of large sums small; a negative
// remainder is rounding error and becomes 0.
func (s ClusterSums) variance() float64 {
	r, g, n := s.rate(), float64(s.Organizations), float64(s.Denominator)
	squares := (s.SumYY - r*s.SumYN) - r*(s.SumYN-r*s.SumNN)
	return g / (g - 1) * max(squares, 0) / (n * n)
}

// designEffect is variance / (r(1-r)/n), the variance relative to n independent units. It is 0 at r = 0 and r = 1, where
// both are 0.
func (s ClusterSums) designEffect() float64 {
	r := s.rate()
	if r == 0 || r == 1 {
		return 0
	}
	return s.variance() * float64(s.Denominator) / (r * (1 - r))
}

// effectiveN is n* = n / max(deff, 1), in units. A design effect below 1 is treated as chance, so n* never exceeds n.
func (s ClusterSums) effectiveN() float64 {
	return float64(s.Denominator) / max(s.designEffect(), 1)
}

// effectiveOrganizations is Kish's n^2 / sum n_g^2: G where all have one size, 1 where one has all units.
func (s ClusterSums) effectiveOrganizations() float64 {
	n := float64(s.Denominator)
	return n * n / s.SumNN
}

// interval is Clopper and Pearson's at the effective size n* (t(n-1) / t(G-1))^2: the variance has only G-1 degrees of
// freedom. Both ends are proportions. It needs G >= 2.
func (s ClusterSums) interval() (low, high float64) {
	t := studentT(s.Denominator-1) / studentT(int64(s.Organizations)-1)
	return clopperPearson(s.rate(), s.effectiveN()*t*t)
}

// studentT is the 97.5 % quantile of Student's t distribution.
func studentT(degrees int64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: float64(degrees)}.Quantile(upperTail)
}

// clopperPearson is the exact binomial interval for r n successes of n (Biometrika 26, 1934), by beta quantiles, as
// proportions. Neither n nor r n has to be an integer.
func clopperPearson(r, n float64) (low, high float64) {
	low, high = 0, 1
	if r > 0 {
		low = distuv.Beta{Alpha: r * n, Beta: n - r*n + 1}.Quantile(1 - upperTail)
	}
	if r < 1 {
		high = distuv.Beta{Alpha: r*n + 1, Beta: n - r*n}.Quantile(upperTail)
	}
	return low, high
}

// whyWithheld applies the presentation standards in their order; r and width are proportions, n and effective units. The
// effective size is n/deff without the adjustment for degrees of freedom, as in NCHS's own program, which tests
// min(n/deff, n). The reason does not contain the rate.
func whyWithheld(n, effective, r, width float64) string {
	switch {
	case n < MinSize:
		return tooSmall("denominator", n)
	case effective < MinSize:
		return tooSmall("effective size", effective)
	case width > MaxWidth:
		return fmt.Sprintf("95 %% interval too wide (%.1f points, maximum %.0f)", 100*width, 100*MaxWidth)
	case width > SmallWidth && width > MaxRelativeWidth*r:
		return fmt.Sprintf("95 %% interval too wide for the rate (%.1f points, maximum %.0f %% of the rate)", 100*width, 100*MaxRelativeWidth)
	}
	return ""
}

// tooSmall is empty from MinSize on. The size is rounded down, so that 29.9 is not printed as 30.
func tooSmall(what string, size float64) string {
	if size >= MinSize {
		return ""
	}
	return fmt.Sprintf("%s too small (%.0f, minimum %d)", what, math.Floor(size), MinSize)
}

// whyTooNarrow gives the conditions under which the interval was too narrow in the simulation: users concentrated in few
// organizations, and a rate so near 0 or 1 that few organizations show it. The design effect is not among them: a data
// set in which it is too small by chance needs the caveat most.
func whyTooNarrow(r, organizations float64) string {
	var reasons []string
	if organizations < CaveatOrganizations {
		reasons = append(reasons, fmt.Sprintf("too few organizations (effective %.0f, minimum %d)", math.Floor(organizations), CaveatOrganizations))
	}
	side := "with"
	if r > 0.5 {
		side = "without"
	}
	switch rarer := organizations * min(r, 1-r); {
	case rarer == 0:
		reasons = append(reasons, "a rate of 0 % or 100 % does not show how organizations differ")
	case rarer < CaveatRarerSide:
		reasons = append(reasons, fmt.Sprintf("too few organizations %s violations (effective %.1f, minimum %d)", side, math.Floor(10*rarer)/10, CaveatRarerSide))
	}
	if reasons == nil {
		return ""
	}
	return "interval likely too narrow: " + strings.Join(reasons, "; ")
}
