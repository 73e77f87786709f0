package report

import (
	"fmt"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"strconv"
	"strings"
)

// OutOf writes numerator and denominator: 830 of 12,478.
func (f Figure) OutOf() string { return text.Count(f.Numerator) + " of " + text.Count(f.Denominator) }

// Rate writes the rate, or why there is none: 6.2 %; at least 6.2 %, where units
// are unknown; 0.0 to 40.0 %, where they are many or no violation is known;
// unknown, where all are; withheld; none, of 0 units.
func (f Figure) Rate() string {
	e := f.Estimate
	switch {
	case f.Denominator == 0:
		return "none"
	case e.NothingKnown:
		return "unknown"
	case f.isWithheld():
		return "withheld"
	case f.isRange():
		return text.Range(e.Percent, e.UpperPercent)
	case f.isPartial():
		return "at least " + text.Percent(e.Percent)
	}
	return text.Percent(e.Percent)
}

// RateInText is Rate for use in parentheses: 6.2 %, or rate withheld.
func (f Figure) RateInText() string {
	if f.Estimate.Withheld != "" {
		return "rate " + f.Rate()
	}
	return f.Rate()
}

// Subject begins a sentence on users: **773 of 12,478 IAM users (6.2 %)**. Fewer
// organizations than an interval needs are named, since the rate stands for no
// others.
func (f Figure) Subject() string {
	users := text.Quantity(f.Denominator, "IAM user")
	if f.InOrganizations < stats.MinOrganizations {
		users += " in " + theseOrganizations(f.InOrganizations)
	}
	switch {
	case f.Estimate.NothingKnown:
		return "**Unknown how many of " + users + "**"
	case f.Estimate.Withheld == "" && f.isRange():
		return fmt.Sprintf("**Between %s and %s of %s (%s)**", text.Count(f.Numerator), text.Count(f.Numerator+f.Unknown), users, f.Rate())
	}
	return fmt.Sprintf("**%s of %s (%s)**", text.Count(f.Numerator), users, f.RateInText())
}

// InText says how many of all users have no device, whatever policies enforce.
func (c ConsoleMFA) InText(users int64) string {
	verb := "have"
	if c.WithoutDevice == 1 {
		verb = "has"
	}
	sentence := fmt.Sprintf("%s of %s %s no MFA device beside a console password", text.Count(c.WithoutDevice), text.Count(users), verb)
	if c.DeviceUnknown > 0 {
		sentence += fmt.Sprintf("; unknown for %s more", text.Count(c.DeviceUnknown))
	}
	return sentence + "."
}

func theseOrganizations(n int) string {
	if n == 1 {
		return "this organization"
	}
	return "these " + text.Quantity(int64(n), "organization")
}

// Share writes the count with its rate unless withheld: 4,931 (39.5 %).
func (f Figure) Share() string {
	if f.Estimate.Withheld != "" && !f.Estimate.NothingKnown {
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
	interval := text.Range(e.Low, e.High)
	if e.Caveat != "" {
		interval += " *"
	}
	return interval
}

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
	if f.Unknown > 0 && f.Estimate.NothingKnown {
		sentences = append(sentences, "Unknown for all.")
	} else if f.Unknown > 0 {
		unknown := "Unknown for " + text.Quantity(f.Unknown, "more user")
		if f.Estimate.Withheld == "" {
			unknown += ": the rate is " + text.Range(f.Estimate.Percent, f.Estimate.UpperPercent)
		}
		sentences = append(sentences, unknown+".")
	}
	if f.Missing > 0 && f.HasBounds() {
		sentences = append(sentences, fmt.Sprintf("With the %s, %s.", text.Quantity(f.MissingAccounts, "missing account"), text.Range(f.Bounds())))
	}
	return strings.Join(sentences, " ")
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
