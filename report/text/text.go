// Package text writes numbers, times and text from files as every page prints
// them: 6.2 %, 12,478, 2021-01-24. It depends on no package of ours.
//
//	text.go      numbers and times
//	visible.go   text from files for terminals and JSON
//	markdown.go  text from files in Markdown
//	table.go     tables in Markdown
package text

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Percent writes a percentage, 0 to 100, with one decimal: 6.2 %. What is not 0
// or 100 does not read as such: < 0.1 %, > 99.9 %.
func Percent(x float64) string { return decimal(x) + " %" }

// Range writes two percentages: 6.2 to 7.0 %.
func Range(low, high float64) string { return decimal(low) + " to " + decimal(high) + " %" }

func decimal(x float64) string {
	rounded := Round(x, 1)
	switch {
	case x > 0 && rounded == 0:
		return "< 0.1"
	case x < 100 && rounded == 100:
		return "> 99.9"
	}
	return strconv.FormatFloat(rounded, 'f', 1, 64)
}

// Points writes a difference of percentages: +0.3 points. A sign says that it is
// not 0.
func Points(x float64) string {
	if x == 0 {
		return "0.0 points"
	}
	return fmt.Sprintf("%+.1f points", Round(x, 1))
}

// PointsRange writes two differences of percentages: -1.2 to +1.8.
func PointsRange(low, high float64) string {
	return fmt.Sprintf("%+.1f to %+.1f", Round(low, 1), Round(high, 1))
}

// Count writes a number with commas between thousands: 12,478.
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

// Quantity writes a count with its noun in singular or plural: 1 account,
// 2 accounts, 0 entities.
func Quantity(n int64, noun string) string {
	if n != 1 {
		noun = plural(noun)
	}
	return Count(n) + " " + noun
}

// plural covers the nouns that pages use: account, policy, key.
func plural(noun string) string {
	stem, isY := strings.CutSuffix(noun, "y")
	if isY && !strings.HasSuffix(stem, "a") && !strings.HasSuffix(stem, "e") && !strings.HasSuffix(stem, "o") {
		return stem + "ies"
	}
	return noun + "s"
}

// Number writes a number with as many decimals as it needs: 90, 0.5.
func Number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// Day writes the date of a time: 2021-01-24.
func Day(t time.Time) string { return t.Format(time.DateOnly) }

// Round rounds to a number of decimals, halves away from zero.
func Round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}
