package stats

import "gonum.org/v1/gonum/stat/distuv"

// upperTail is the upper quantile of a two-sided 95 % interval.
const upperTail = 0.975

// proportion is one rate r with the variance v of r, both as proportions, over n units with the given degrees of freedom.
type proportion struct{ r, v, n, degrees float64 }

// designEffect is v / (r(1-r)/n), the variance relative to n independent units. It is 0, undefined, at r = 0 and r = 1.
func (p proportion) designEffect() float64 {
	if p.r == 0 || p.r == 1 {
		return 0
	}
	return p.v * p.n / (p.r * (1 - p.r))
}

// effectiveN is n* = min(n, r(1-r)/v) in units: a design effect below 1 is treated as chance.
func (p proportion) effectiveN() float64 { return p.n / max(p.designEffect(), 1) }

// interval is Korn and Graubard's (Survey Methodology 24(2), 1998): Clopper and Pearson's at the effective size
// n* (t(n-1) / t(degrees))^2. Both ends are proportions.
func (p proportion) interval() (low, high float64) {
	t := studentT(p.n-1) / studentT(max(p.degrees, 1))
	return clopperPearson(p.r, p.effectiveN()*t*t)
}

// studentT is the 97.5 % quantile of Student's t distribution.
func studentT(degrees float64) float64 {
	return distuv.StudentsT{Sigma: 1, Nu: degrees}.Quantile(upperTail)
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
