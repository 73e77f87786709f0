package report

import "strings"

// sumColumns are the columns of a mart that a rate is estimated from; sums has
// their destinations.
const sumColumns = "n_organizations, n_clusters, numerator, denominator, n_unknown, variance, variance_upper, degrees, effective_clusters"

// sums are the destinations of sumColumns, and of more columns after them.
func (f *Figure) sums(more ...any) []any {
	return append([]any{&f.InOrganizations, &f.Organizations, &f.Numerator, &f.Denominator, &f.Unknown,
		&f.Variance, &f.VarianceUpper, &f.Degrees, &f.EffectiveOrganizations}, more...)
}

// estimated returns the figure with its estimate. The reasons in it name the
// sampling unit, organization or account.
func (f Figure) estimated(samplingUnit string) Figure {
	f.Estimate = f.Sums.Estimate()
	e := &f.Estimate
	for _, reason := range []*string{&e.NoInterval, &e.Withheld, &e.Caveat} {
		*reason = strings.ReplaceAll(*reason, "organizations", samplingUnit+"s")
	}
	return f
}

// isWithheld reports whether there is a rate that must not be printed.
func (f Figure) isWithheld() bool {
	return f.Estimate.Withheld != "" && f.Denominator > 0 && !f.Estimate.NothingKnown
}

// isRange reports whether the range of possible rates is printed in place of
// "at least": it is wide, or "at least" would be 0 %.
func (f Figure) isRange() bool {
	return f.Estimate.WideRange || f.isPartial() && f.Numerator == 0
}

// isPartial reports whether some units are unknown, so that the rate is a range.
func (f Figure) isPartial() bool { return f.Estimate.UpperPercent > f.Estimate.Percent }
