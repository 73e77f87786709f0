package report

import (
	"fmt"
	"iamcensus/report/text"
	"strings"
)

// OutOf writes numerator and denominator: 830 of 12,478.
func (f Figure) OutOf() string { return text.Count(f.Numerator) + " of " + text.Count(f.Denominator) }

// Rate writes the rate, or that it is withheld: 6.2 %.
func (f Figure) Rate() string {
	if f.Estimate.Withheld != "" {
		return "withheld"
	}
	return text.Percent(f.Estimate.Percent)
}

// RateInText is Rate for use in parentheses: 6.2 %, or rate withheld.
func (f Figure) RateInText() string {
	if f.Estimate.Withheld != "" {
		return "rate withheld"
	}
	return f.Rate()
}

// Subject begins a sentence on users: **773 of 12,478 IAM users (6.2 %)**.
func (f Figure) Subject() string {
	return fmt.Sprintf("**%s of %s (%s)**", text.Count(f.Numerator), text.Quantity(f.Denominator, "IAM user"), f.RateInText())
}

// Share writes the count with its rate unless withheld: 4,931 (39.5 %).
func (f Figure) Share() string {
	if f.Estimate.Withheld != "" {
		return text.Count(f.Numerator)
	}
	return text.Count(f.Numerator) + " (" + f.Rate() + ")"
}

// Interval writes the 95 % interval, with an asterisk for a caveat, or none.
func (f Figure) Interval() string {
	e := f.Estimate
	if e.NoInterval != "" || e.Withheld != "" {
		return "none"
	}
	interval := fmt.Sprintf("%.1f to %.1f %%", text.Round(e.Low, 1), text.Round(e.High, 1))
	if e.Caveat != "" {
		interval += " *"
	}
	return interval
}

// BoundsInText writes the bounds: 6.2 % and 7.0 %.
func (f Figure) BoundsInText() string {
	low, high := f.Bounds()
	return text.Percent(low) + " and " + text.Percent(high)
}

// Spread writes the 10th percentile, median and 90th percentile of the
// organizations' rates.
func (f Figure) Spread() string {
	if !f.Median.Valid {
		return "none"
	}
	return fmt.Sprintf("%.1f / %.1f / %.1f %%", text.Round(f.P10.Float64, 1), text.Round(f.Median.Float64, 1), text.Round(f.P90.Float64, 1))
}

// TopTenth writes the share of the numerator in the top tenth of organizations.
func (f Figure) TopTenth() string {
	if !f.TopTenthShare.Valid {
		return "none"
	}
	return text.Percent(100 * f.TopTenthShare.Float64)
}

// Label writes the threshold of a tier: > 365 d, <= 10 s.
func (f Figure) Label() string {
	sign := ">"
	if f.Kind == "within" {
		sign = "<="
	}
	label := sign + " " + f.ThresholdInText()
	if f.Threshold.Float64 == 1826 && f.ThresholdUnit.String == "d" {
		label += " (5 years)"
	}
	return label
}

// ThresholdInText writes the threshold with its unit: 30 d.
func (f Figure) ThresholdInText() string {
	return text.Number(f.Threshold.Float64) + " " + f.ThresholdUnit.String
}

// List writes the values of a setting: 90, 365, 1826 d.
func (s Setting) List() string {
	values := make([]string, len(s.Values))
	for i, v := range s.Values {
		values[i] = text.Number(v)
	}
	return strings.Join(values, ", ") + " " + s.Unit
}

// Day writes the date, or none.
func (o Oldest) Day() string {
	if !o.At.Valid {
		return "none"
	}
	return text.Day(o.At.Time)
}

// What names the date.
func (o Oldest) What() string {
	switch o.ID {
	case "rotation.oldest_key":
		return "Oldest active key, last rotated"
	case "unused.oldest_console":
		return "Longest unused console password, last activity"
	case "unused.oldest_key":
		return "Longest unused active key, last activity"
	}
	return o.ID
}

// When writes the capture time of the snapshots: a day, or the first and the
// last day.
func (p Population) When() string {
	first, last := text.Day(p.First), text.Day(p.Last)
	if first == last {
		return first
	}
	return first + " to " + last
}

// HeadlineFor is the headline with the verb for a number of users.
func (p Practice) HeadlineFor(users int64) string {
	if rest, ok := strings.CutPrefix(p.Headline, "have "); ok && users == 1 {
		return "has " + rest
	}
	return p.Headline
}

// OverYear is the tier of one year among all users; nil: none.
func (p Practice) OverYear() *Figure {
	for i, t := range p.Tiers {
		if t.Threshold.Float64 == 365 && t.ThresholdUnit.String == "d" && t.Denominator == p.OverAll.Denominator {
			return &p.Tiers[i]
		}
	}
	return nil
}
