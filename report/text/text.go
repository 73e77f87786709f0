package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
)

func Percent(x float64) string { return strconv.FormatFloat(Round(x, 1), 'f', 1, 64) + " %" }

// count writes a number with commas between thousands.
func Count(n int64) string {
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
func Signed(n int64) string {
	if n > 0 {
		return "+" + Count(n)
	}
	if n < 0 {
		return "-" + Count(-n)
	}
	return "0"
}

func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func Day(t time.Time) string { return t.Format(time.DateOnly) }

// plain makes text from outside safe for one line of Markdown: characters
// that mean something there are escaped, and what would move the cursor,
// break the line or turn the direction of writing is shown as its code.
func Escape(s string) string {
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
func Table(names []string, rows [][]string) string {
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

// round rounds half away from zero to some decimals.
func Round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}
