package report

import (
	"fmt"
	"iamcensus/report/text"
	"strconv"
	"strings"
)

// BoundsCell writes the bounds, or none if no unit is unknown or missing.
func (f Figure) BoundsCell() string {
	if !f.HasBounds() {
		return "none"
	}
	return text.Range(f.Bounds())
}

// BoundsInText says what part of the bounds is from unknown users, and what part
// from missing accounts; empty without either.
func (f Figure) BoundsInText() string {
	var sentences []string
	if f.Unknown > 0 {
		sentences = append(sentences, f.unknownInText())
	}
	if f.Missing > 0 && f.HasBounds() {
		missing := text.Quantity(f.MissingAccounts, "missing account")
		sentences = append(sentences, fmt.Sprintf("With the %s, %s.", missing, text.Range(f.Bounds())))
	}
	return strings.Join(sentences, " ")
}

func (f Figure) unknownInText() string {
	e := f.Estimate
	switch {
	case e.NothingKnown:
		return "Unknown for all."
	case e.Withheld != "" || f.isRange():
		return "Unknown for " + text.Quantity(f.Unknown, "more user") + "."
	}
	return fmt.Sprintf("Unknown for %s: the rate is %s.", text.Quantity(f.Unknown, "more user"), text.Range(e.Percent, e.UpperPercent))
}

// SpreadCell writes the 10th percentile, median and 90th percentile of the
// organizations' rates.
func (f Figure) SpreadCell() string {
	switch {
	case f.isWithheld():
		return "withheld"
	case !f.Median.Valid:
		return "none"
	}
	return fmt.Sprintf("%s / %s / %s", text.Percent(f.P10.Float64), text.Percent(f.Median.Float64), text.Percent(f.P90.Float64))
}

// TopTenth writes the share of the numerator in the top tenth of organizations.
func (f Figure) TopTenth() string {
	switch {
	case f.isWithheld():
		return "withheld"
	case !f.TopTenthShare.Valid:
		return "none"
	}
	return text.Percent(100 * f.TopTenthShare.Float64)
}

// Deff writes the design effect.
func (f Figure) Deff() string {
	switch {
	case f.isWithheld():
		return "withheld"
	case f.Estimate.DesignEffect == 0:
		return "none"
	}
	return strconv.FormatFloat(text.Round(f.Estimate.DesignEffect, 1), 'f', 1, 64)
}
