package report

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Rate writes the rate with one decimal, or that it is withheld.
func (f Figure) Rate() string {
	if e := f.Estimate(); e.Withheld != "" {
		return "withheld"
	} else {
		return percent(e.Percent)
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
		return count(f.Numerator)
	}
	return f.Rate() + " (" + count(f.Numerator) + ")"
}

// Interval writes the 95 % interval, and nothing where there is none.
func (f Figure) Interval() string {
	e := f.Estimate()
	if e.NoInterval != "" || e.Withheld != "" {
		return "none"
	}
	text := fmt.Sprintf("%.1f to %.1f %%", round(e.Low, 1), round(e.High, 1))
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
	return fmt.Sprintf("%.1f / %.1f / %.1f %%", round(f.P10.Float64, 1), round(f.Median.Float64, 1), round(f.P90.Float64, 1))
}

// TopTenth writes the share of the top tenth of organizations.
func (f Figure) TopTenth() string {
	if !f.TopTenthShare.Valid {
		return "none"
	}
	return percent(100 * f.TopTenthShare.Float64)
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
func (f Figure) Of() string { return count(f.Numerator) + " of " + count(f.Denominator) }

func percent(x float64) string { return strconv.FormatFloat(round(x, 1), 'f', 1, 64) + " %" }

// count writes a number with commas between thousands.
func count(n int64) string {
	digits := strconv.FormatInt(n, 10)
	head := len(digits) % 3
	if n < 0 || head == len(digits) {
		return digits
	}
	parts := []string{}
	if head > 0 {
		parts = append(parts, digits[:head])
	}
	for at := head; at < len(digits); at += 3 {
		parts = append(parts, digits[at:at+3])
	}
	return strings.Join(parts, ",")
}

// signed writes a difference: 0, +3, -2.
func signed(n int64) string {
	if n > 0 {
		return "+" + count(n)
	}
	if n < 0 {
		return "-" + count(-n)
	}
	return "0"
}

// Label names a tier: > 365 d, <= 10 s.
func (f Figure) Label() string {
	sign := ">"
	if f.Kind == "within" {
		sign = "<="
	}
	label := sign + " " + number(f.Edge.Float64) + " " + f.EdgeUnit.String
	if f.Edge.Float64 == 1826 && f.EdgeUnit.String == "d" {
		label += " (5 years)"
	}
	return label
}

// List writes the values of a setting: 90, 365, 1826 d.
func (s Setting) List() string {
	values := make([]string, len(s.Values))
	for i, v := range s.Values {
		values[i] = number(v)
	}
	return strings.Join(values, ", ") + " " + s.Unit
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

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

func day(t time.Time) string { return t.Format(time.DateOnly) }

// plain makes text from outside safe for one line of Markdown: characters
// that mean something there are escaped, and what would move the cursor,
// break the line or turn the direction of writing is shown as its code.
func plain(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case strings.ContainsRune("\\`*_[]|~$", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r) || r == unicode.ReplacementChar:
			fmt.Fprintf(&b, "U+%04X", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// table writes a Markdown table whose columns also line up as plain text.
// Columns whose name ends in # are numbers and lie right.
func table(names []string, rows [][]string) string {
	width, right := make([]int, len(names)), make([]bool, len(names))
	for i, name := range names {
		names[i], right[i] = strings.CutSuffix(name, "#")
		width[i] = max(3, len([]rune(names[i])))
	}
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], len([]rune(cell)))
		}
	}
	var b strings.Builder
	line := func(cells []string) {
		for i, cell := range cells {
			pad := strings.Repeat(" ", width[i]-len([]rune(cell)))
			if right[i] {
				cell = pad + cell
			} else {
				cell += pad
			}
			b.WriteString("| " + cell + " ")
		}
		b.WriteString("|\n")
	}
	line(names)
	for i := range names {
		if right[i] {
			b.WriteString("|" + strings.Repeat("-", width[i]+1) + ":")
		} else {
			b.WriteString("|" + strings.Repeat("-", width[i]+2))
		}
	}
	b.WriteString("|\n")
	for _, row := range rows {
		line(row)
	}
	return b.String()
}
