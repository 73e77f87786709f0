package stats

import "fmt"

// MaxRange is the width in points up to which a range of possible rates is printed as "at least" its lower end.
const MaxRange = 30

// Estimate is a rate with its interval. Percentages are 0 to 100, unrounded.
//
// Where units are unknown, the rate is a range (Horowitz and Manski, Journal of the American Statistical Association
// 95(449), 2000): Percent counts none of them as violations, UpperPercent all. The interval is that of the range: its low
// end belongs to Percent, its high end to UpperPercent.
//
// The interval expresses the sampling error for a larger population that these organizations represent, as if they had
// been drawn at random from it.
type Estimate struct {
	Percent                float64 // 100 y/n; 0 where n = 0
	UpperPercent           float64 // 100 (y+u)/n, at most 100; equal to Percent where nothing is unknown
	Low, High              float64 // ends of the 95 % interval; 0 without one
	DesignEffect           float64 // of Percent: var(r) / (r(1-r)/n); 0 without an interval, and undefined (0) at r = 0 and r = 1
	EffectiveN             float64 // n* in units, the smaller of both ends of a range; 0 without an interval
	EffectiveOrganizations float64 // Kish's n^2 / sum n_g^2, 1 to G; 0 where n = 0

	NothingKnown bool // all units are unknown: there is no rate, no range and no interval
	WideRange    bool // the range exceeds MaxRange points: it is printed without a rate

	NoInterval string // why there is no interval; empty: there is one
	Withheld   string // why neither rate nor range nor interval may be printed; empty: they may be
	Caveat     string // why the interval is likely too narrow; empty: no known reason, or nothing to print
	Note       string // why 100 % minus the rate must not be printed, though the rate may be; empty: it may be
}

// HasRate reports whether Percent may be printed, as "at least" where units are unknown.
func (e Estimate) HasRate() bool { return e.Withheld == "" && !e.WideRange }

// Estimate computes the rate or the range, and its interval, or the reasons why there is none.
func (s Sums) Estimate() Estimate {
	switch {
	case s.Denominator == 0:
		return Estimate{NoInterval: "denominator 0", Withheld: "denominator 0"}
	case !s.arePossible():
		return Estimate{NoInterval: "impossible counts", Withheld: "impossible counts"}
	case s.Numerator == 0 && s.Unknown >= s.Denominator:
		return Estimate{UpperPercent: 100, EffectiveOrganizations: s.EffectiveOrganizations,
			NothingKnown: true, NoInterval: "all unknown", Withheld: "all unknown"}
	}
	e := Estimate{Percent: 100 * s.rate(), UpperPercent: 100 * s.upperRate(), EffectiveOrganizations: s.EffectiveOrganizations}
	e.WideRange = e.UpperPercent-e.Percent > MaxRange
	if s.Organizations < MinOrganizations {
		e.NoInterval = fmt.Sprintf("too few organizations (%d, minimum %d)", s.Organizations, MinOrganizations)
		e.Withheld = tooSmall("denominator", float64(s.Denominator))
		return e
	}
	s.fillInterval(&e)
	return e
}

// fillInterval adds the interval, and applies the presentation standards to both ends of the range.
func (s Sums) fillInterval(e *Estimate) {
	n := float64(s.Denominator)
	lower, upper := proportion{s.rate(), s.Variance, n, s.Degrees}, proportion{s.upperRate(), s.VarianceUpper, n, s.Degrees}
	low, lowerEnd := lower.interval()
	upperEnd, high := upper.interval()
	e.Low, e.High = 100*low, 100*high
	e.DesignEffect, e.EffectiveN = lower.designEffect(), min(lower.effectiveN(), upper.effectiveN())
	e.Withheld = first(whyWithheld(n, e.EffectiveN, lower.r, lowerEnd-low), whyWithheld(n, e.EffectiveN, upper.r, high-upperEnd))
	if e.Withheld == "" {
		e.Caveat = whyTooNarrow(s.Degrees, s.EffectiveOrganizations, lower.r, upper.r)
		e.Note = first(noteOnComplement(lower.r, lowerEnd-low), noteOnComplement(upper.r, high-upperEnd))
	}
}

// first is the first text that is not empty.
func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
