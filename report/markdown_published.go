package report

import (
	"cmp"
	"iamcensus/report/text"
)

func comparisonTable(c *PublishedComparison) string {
	var rows [][]string
	for _, row := range c.Rows {
		rows = append(rows, []string{text.Code(row.Published.ID), row.published(), row.computed(), row.difference()})
	}
	return text.Table([]string{"Figure", "Published#", "Computed#", "Difference#"}, rows)
}

// Equal says how many of the published figures are reproduced: All 30 figures
// equal the published ones. If not all, it says how the others are compared.
func (c *PublishedComparison) Equal() string {
	equal, all := int64(0), int64(len(c.Rows))
	for _, row := range c.Rows {
		if row.isEqual() {
			equal++
		}
	}
	if equal == all {
		return "All " + text.Quantity(all, "figure") + " equal the published ones."
	}
	return text.Count(equal) + " of " + text.Quantity(all, "figure") + " equal the published ones. " +
		"Other differences are in percentage points, in parentheses with the 95 % interval of the computed rate."
}

func (c ComparedFigure) published() string {
	p := c.Published
	if p.Month != "" {
		return text.Cell(p.Month)
	}
	published := "no count"
	if p.Numerator != nil && p.Denominator != nil {
		published = text.Count(*p.Numerator) + " of " + text.Count(*p.Denominator)
	}
	if p.Percent != nil {
		published += " (" + text.Number(*p.Percent) + " %)"
	}
	return published
}

func (c ComparedFigure) computed() string {
	switch {
	case c.Published.Month != "":
		return cmp.Or(text.Cell(c.Month), "none")
	case c.Computed == nil:
		return "no such figure"
	}
	return c.Computed.OutOf() + " (" + c.Computed.Rate() + ")"
}

// difference is that of the rates in percentage points with its interval, which
// expresses the sampling error of the computed rate alone. Counts of populations
// of different sizes are not compared.
func (c ComparedFigure) difference() string {
	rate, ok := c.Published.rate()
	switch {
	case c.isEqual():
		return "equal"
	case c.Published.Month != "":
		return "differs"
	case c.Computed == nil || !ok || c.Computed.Estimate.NothingKnown:
		return "unknown"
	case c.Computed.Estimate.Withheld != "":
		return "withheld"
	}
	return c.Computed.pointsFrom(rate)
}

// pointsFrom is the difference of the rate to another one, in percent.
func (f Figure) pointsFrom(rate float64) string {
	e := f.Estimate
	var points string
	switch {
	case f.isRange():
		points = text.PointsRange(e.Percent-rate, e.UpperPercent-rate) + " points"
	case f.isPartial():
		points = "at least " + text.Points(e.Percent-rate)
	default:
		points = text.Points(e.Percent - rate)
	}
	if e.NoInterval != "" {
		return points
	}
	return points + " (" + text.PointsRange(e.Low-rate, e.High-rate) + ")"
}
