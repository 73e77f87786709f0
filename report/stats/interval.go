package stats

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat/distuv"
)

// When a proportion may be printed: the data presentation standards of the US National Center for Health Statistics
// (Parker et al., Vital and Health Statistics 2(175), 2017, table on page 2). Their floor of 8 degrees of freedom is
// met by MinOrganizations. The two caveat limits are ours, from docs/simulation/coverage.md.
const (
	MinOrganizations = 10   // fewer: no interval
	MinSize          = 30   // of the denominator n, and of the effective size n*
	MaxWidth         = 0.30 // of the interval, as a proportion
	SmallWidth       = 0.05 // an interval this narrow needs no relative width
	MaxRelativeWidth = 1.30 // interval width over the rate

	CaveatOrganizations = 30 // fewer effective organizations: the interval is likely too narrow
	CaveatRarerSide     = 3  // fewer of them times the smaller of r and 1-r: the same
)

// upperTail is the upper quantile of a two-sided 95 % interval.
const upperTail = 0.975

// ClusterSums is one rate as sums over organizations g, where n_g of the organization's units (users, keys) are in the
// denominator and y_g of them in the numerator, 0 <= y_g <= n_g. Only organizations with n_g >= 1 are counted.
type ClusterSums struct {
	Organizations int     // G
	Numerator     int64   // y = sum of y_g
	Denominator   int64   // n = sum of n_g
	SumYY         float64 // sum of y_g^2
	SumYN         float64 // sum of y_g n_g
	SumNN         float64 // sum of n_g^2
}

// Estimate is what a cell of the report prints. Percent, Low and High run from 0 to 100.
//
// The interval is about the organizations that these stand for, as if they were drawn at random; about the
// organizations in the data there is no doubt.
type Estimate struct {
	Percent                float64
	Low, High              float64 // 95 % interval; 0 without one
	DesignEffect           float64 // var(r) over r(1-r)/n; 0 without an interval, and at 0 % and 100 %, where it has no value
	EffectiveN             float64 // n*, before the adjustment for degrees of freedom; 0 without an interval
	EffectiveOrganizations float64 // so many organizations of equal size weigh as much; 1..G, 0 where n is 0

	NoInterval string // why there is no interval; empty: there is one
	Withheld   string // why Percent may not be printed; empty: it may
	Caveat     string // why the interval deserves less trust than 95 %; empty: nothing speaks against it
}

// Estimate gives the rate with Korn and Graubard's interval (Survey Methodology 24(2), 1998), or says why not.
func (s ClusterSums) Estimate() Estimate {
	if s.Denominator == 0 {
		return Estimate{NoInterval: "denominator 0", Withheld: "denominator 0"}
	}
	r := s.rate()
	e := Estimate{Percent: 100 * r, EffectiveOrganizations: s.effectiveOrganizations()}
	if s.Organizations < MinOrganizations {
		e.NoInterval = fmt.Sprintf("an interval needs %d organizations, here: %d", MinOrganizations, s.Organizations)
		e.Withheld = tooSmall("denominator", float64(s.Denominator))
		return e
	}
	low, high := s.interval()
	e.Low, e.High = 100*low, 100*high
	e.DesignEffect, e.EffectiveN = s.designEffect(), s.effectiveN()
	e.Withheld = whyWithheld(float64(s.Denominator), e.EffectiveN, r, high-low)
	e.Caveat = whyDoubt(r, e.EffectiveOrganizations)
	return e
}

func (s ClusterSums) rate() float64 { return float64(s.Numerator) / float64(s.Denominator) }

// variance is that of the ratio r = y/n over organizations: G/(G-1) sum (y_g - r n_g)^2 / n^2. It needs G >= 2.
// The square is taken apart into two differences, which keeps the rounding of large sums small; what is left of it
// below 0 is 0.
func (s ClusterSums) variance() float64 {
	r, g, n := s.rate(), float64(s.Organizations), float64(s.Denominator)
	squares := (s.SumYY - r*s.SumYN) - r*(s.SumYN-r*s.SumNN)
	return g / (g - 1) * max(squares, 0) / (n * n)
}

// designEffect is the variance over that of n independent units; 0 at r 0 and 1, which show no variance at all.
func (s ClusterSums) designEffect() float64 {
	r := s.rate()
	if r == 0 || r == 1 {
		return 0
	}
	return s.variance() * float64(s.Denominator) / (r * (1 - r))
}

// effectiveN is n* = n/deff, never more than n: a design effect under 1 is taken for chance, and r of 0 or 1 has none.
func (s ClusterSums) effectiveN() float64 {
	return float64(s.Denominator) / max(s.designEffect(), 1)
}

// effectiveOrganizations is Kish's n^2 / sum n_g^2: G where all are of one size, 1 where one holds all.
func (s ClusterSums) effectiveOrganizations() float64 {
	n := float64(s.Denominator)
	return n * n / s.SumNN
}

// interval is Clopper and Pearson's at the effective size, which is first adjusted for the variance having only G-1
// degrees of freedom. Both ends are proportions. It needs G >= 2.
func (s ClusterSums) interval() (low, high float64) {
	t := studentT(s.Denominator-1) / studentT(int64(s.Organizations)-1)
	return clopperPearson(s.rate(), s.effectiveN()*t*t)
}

func studentT(degrees int64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: float64(degrees)}.Quantile(upperTail)
}

// clopperPearson is the exact interval for rn of n (Biometrika 26, 1934), by beta quantiles; neither need be whole.
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

// whyWithheld applies the presentation standards, in their order; r and width are proportions. The effective size is
// n/deff without the adjustment for degrees of freedom: the standard speaks of the effective denominator sample size,
// and NCHS's own program tests min(n/deff, n). A rate of 0 is withheld unless its interval is small.
func whyWithheld(n, effective, r, width float64) string {
	switch {
	case n < MinSize:
		return tooSmall("denominator", n)
	case effective < MinSize:
		return tooSmall("effective size", effective)
	case width > MaxWidth:
		return fmt.Sprintf("interval of %.1f points, at most %.0f allowed", 100*width, 100*MaxWidth)
	case width > SmallWidth && width > MaxRelativeWidth*r:
		return fmt.Sprintf("interval of %.1f points, more than %.0f %% of a rate of %.1f %%", 100*width, 100*MaxRelativeWidth, 100*r)
	}
	return ""
}

// tooSmall is empty from MinSize on. It rounds down, lest 29.9 be called 30.
func tooSmall(what string, size float64) string {
	if size >= MinSize {
		return ""
	}
	return fmt.Sprintf("%s %.0f, at least %d needed", what, math.Floor(size), MinSize)
}

// whyDoubt names what made the interval too narrow in the simulation: users gathered in few organizations, and a rate so
// near 0 or 1 that few organizations can show it. Neither looks at the design effect: a data set in which it came out
// too small by chance is just the one to warn of.
func whyDoubt(r, organizations float64) string {
	var all []string
	if organizations < CaveatOrganizations {
		all = append(all, fmt.Sprintf("the organizations weigh like %.0f of equal size, fewer than %d", math.Floor(organizations), CaveatOrganizations))
	}
	switch rarer := organizations * min(r, 1-r); {
	case rarer == 0:
		all = append(all, "a rate of 0 % or 100 % does not show how much organizations differ")
	case rarer < CaveatRarerSide:
		all = append(all, fmt.Sprintf("the rarer side has the weight of %.1f organizations, fewer than %d", math.Floor(10*rarer)/10, CaveatRarerSide))
	}
	if all == nil {
		return ""
	}
	return "interval likely too narrow: " + strings.Join(all, "; ")
}
