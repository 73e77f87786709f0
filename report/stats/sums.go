package stats

import "math"

// Sums is one rate over organizations g = 1..G. Organization g has n_g units (users or accounts) in the denominator, y_g of
// them in the numerator and u_g unknown, y_g + u_g <= n_g. Only organizations with n_g >= 1 count. The database computes
// all fields; SumsOf does the same in Go.
type Sums struct {
	Organizations int   // G
	Numerator     int64 // y = sum of y_g
	Denominator   int64 // n = sum of n_g
	Unknown       int64 // u = sum of u_g

	// Variance is CR2, the bias-reduced linearized variance of r = y/n (Bell and McCaffrey, Survey Methodology 28(2), 2002):
	// with h_g = n_g/n and e_g = y_g - r n_g, sum of e_g^2/(1-h_g), over n^2. VarianceUpper is that of (y+u)/n. Both are
	// of proportions, and 0 with fewer than two organizations.
	Variance, VarianceUpper float64

	// Degrees are Bell and McCaffrey's degrees of freedom: 1/(S + A^2 - B) with S = sum of h^2, A = sum of h^2/(1-h) and
	// B = sum of h^4/(1-h)^2; G-1 for organizations of one size. They depend on the sizes only, so they hold for both rates.
	// 0 with fewer than two organizations.
	Degrees float64

	// EffectiveOrganizations is Kish's n^2 / sum of n_g^2: G where all organizations have one size, 1 where one has all units.
	EffectiveOrganizations float64
}

// Cluster has the counts of one organization: units in the numerator, in the denominator, and unknown ones.
type Cluster struct{ Numerator, Denominator, Unknown int64 }

// SumsOf sums up organizations. It leaves out those without units.
func SumsOf(clusters []Cluster) Sums {
	var s Sums
	for _, c := range clusters {
		if c.Denominator > 0 {
			s.Organizations++
			s.Numerator += c.Numerator
			s.Denominator += c.Denominator
			s.Unknown += c.Unknown
		}
	}
	n := float64(s.Denominator)
	var squares, hh, a, b float64
	for _, c := range clusters {
		h := float64(c.Denominator) / n
		squares += float64(c.Denominator) * float64(c.Denominator)
		if c.Denominator == 0 || h == 1 {
			continue
		}
		e := float64(c.Numerator) - s.rate()*float64(c.Denominator)
		upper := float64(c.Numerator+c.Unknown) - s.upperRate()*float64(c.Denominator)
		s.Variance += e * e / (1 - h) / (n * n)
		s.VarianceUpper += upper * upper / (1 - h) / (n * n)
		hh, a, b = hh+h*h, a+h*h/(1-h), b+h*h*h*h/((1-h)*(1-h))
	}
	if s.Organizations > 0 {
		s.EffectiveOrganizations = n * n / squares
	}
	if s.Organizations > 1 {
		s.Degrees = 1 / (hh + a*a - b)
	}
	return s
}

// arePossible reports whether organizations can have these sums. Those of a database that was tampered with may not.
func (s Sums) arePossible() bool {
	for _, x := range []float64{s.Variance, s.VarianceUpper, s.Degrees, s.EffectiveOrganizations} {
		if math.IsInf(x, 1) || !(x >= 0) { // NaN
			return false
		}
	}
	return 0 <= s.Numerator && s.Numerator <= s.Denominator && 0 <= s.Unknown && 0 < s.Organizations && min(2, int64(s.Organizations)) <= s.Denominator
}

// rate is r = y/n, a proportion: the lowest possible rate where units are unknown.
func (s Sums) rate() float64 { return float64(s.Numerator) / float64(s.Denominator) }

// upperRate counts all unknown units as violations.
func (s Sums) upperRate() float64 {
	return min(1, float64(s.Numerator+s.Unknown)/float64(s.Denominator))
}
