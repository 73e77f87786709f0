package report

import (
	"fmt"
	"iamcensus/report/stats"
	"iamcensus/report/text"
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
		return fmt.Sprintf("**Between %s and %s of %s (%s)**", text.Count(f.Numerator), text.Count(min(f.Denominator, f.Numerator+f.Unknown)), users, f.Rate())
	}
	return fmt.Sprintf("**%s of %s (%s)**", text.Count(f.Numerator), users, f.RateInText())
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
