package report

import (
	"fmt"
	"iamcensus/report/text"
	"strings"
)

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
	return text.Number(f.Threshold.Float64) + " " + text.Cell(f.ThresholdUnit.String)
}

// List writes the values of a setting: 90, 365, 1826 d.
func (s Setting) List() string {
	values := make([]string, len(s.Values))
	for i, v := range s.Values {
		values[i] = text.Number(v)
	}
	return strings.Join(values, ", ") + " " + text.Cell(s.Unit)
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
	return text.Code(o.ID)
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
	if rest, ok := strings.CutPrefix(string(p.Headline), "have "); ok && users == 1 {
		return "has " + rest
	}
	return string(p.Headline)
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
