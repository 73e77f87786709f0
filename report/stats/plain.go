package stats

import "fmt"

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
	e.Caveat = whyTooNarrow(float64(s.Organizations-1), e.EffectiveOrganizations, r, r)
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
	t := studentT(float64(s.Denominator-1)) / studentT(float64(s.Organizations)-1)
	return clopperPearson(s.rate(), s.effectiveN()*t*t)
}
