package report

import (
	"fmt"
	"iamcensus/report/text"
	"strings"
)

// Rate writes the rate with one decimal, or that it is withheld.
func (f Figure) Rate() string {
	if e := f.Estimate(); e.Withheld != "" {
		return "withheld"
	} else {
		return text.Percent(e.Percent)
	}
}

// Opening begins a finding: 6.2 % of IAM users (773 of 12,478).
func (f Figure) Opening() string {
	if f.Estimate().Withheld != "" {
		return "**" + f.Of() + "** IAM users (the rate is withheld, see below)"
	}
	return "**" + f.Rate() + "** of IAM users (" + f.Of() + ")"
}

// Share writes the rate with its count: 39.5 % (4,931).
func (f Figure) Share() string {
	if f.Estimate().Withheld != "" {
		return text.Count(f.Numerator)
	}
	return f.Rate() + " (" + text.Count(f.Numerator) + ")"
}

// Interval writes the 95 % interval, and nothing where there is none.
func (f Figure) Interval() string {
	e := f.Estimate()
	if e.NoInterval != "" || e.Withheld != "" {
		return "none"
	}
	text := fmt.Sprintf("%.1f to %.1f %%", text.Round(e.Low, 1), text.Round(e.High, 1))
	if e.Caveat != "" {
		text += " *"
	}
	return text
}

// Spread writes the rates of the organizations: 10th percentile, median, 90th.
func (f Figure) Spread() string {
	if !f.Median.Valid {
		return "none"
	}
	return fmt.Sprintf("%.1f / %.1f / %.1f %%", text.Round(f.P10.Float64, 1), text.Round(f.Median.Float64, 1), text.Round(f.P90.Float64, 1))
}

// TopTenth writes the share of the top tenth of organizations.
func (f Figure) TopTenth() string {
	if !f.TopTenthShare.Valid {
		return "none"
	}
	return text.Percent(100 * f.TopTenthShare.Float64)
}

// Bounds are the lowest and the highest rate in percent: unknown units and
// those of missing accounts counted as none, and as all, in the numerator.
// A missing account is taken to hold as many units as one that came.
func (f Figure) Bounds() (low, high float64) {
	n := float64(f.Denominator) + f.Missing
	if n == 0 {
		return 0, 100
	}
	return 100 * float64(f.Numerator) / n, 100 * (float64(f.Numerator+f.Unknown) + f.Missing) / n
}

// Of writes numerator and denominator: 830 of 12,478.
func (f Figure) Of() string { return text.Count(f.Numerator) + " of " + text.Count(f.Denominator) }

// Label names a tier: > 365 d, <= 10 s.
func (f Figure) Label() string {
	sign := ">"
	if f.Kind == "within" {
		sign = "<="
	}
	label := sign + " " + text.Number(f.Edge.Float64) + " " + f.EdgeUnit.String
	if f.Edge.Float64 == 1826 && f.EdgeUnit.String == "d" {
		label += " (5 years)"
	}
	return label
}

// List writes the values of a setting: 90, 365, 1826 d.
func (s Setting) List() string {
	values := make([]string, len(s.Values))
	for i, v := range s.Values {
		values[i] = text.Number(v)
	}
	return strings.Join(values, ", ") + " " + s.Unit
}

// Day writes the date of an oldest time with its month in words.
func (o Oldest) Day() string {
	if !o.At.Valid {
		return "none"
	}
	return o.At.Time.Format("2 January 2006")
}

// What says which date it is.
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
