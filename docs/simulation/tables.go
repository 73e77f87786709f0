package main

import (
	"fmt"
	"iamcensus/report/stats"
	"strings"
)

// grid is a table of one size law: a row per rate and correlation, a column per number of organizations.
func grid(cells []*cell, law string, write func(*cell) string) string {
	var b strings.Builder
	b.WriteString("| rate | ICC |")
	for _, g := range studied.organizations {
		fmt.Fprintf(&b, " %d organizations |", g)
	}
	b.WriteString("\n|--:|--:|" + strings.Repeat("--:|", len(studied.organizations)))
	for _, c := range cells {
		if c.law.name != law {
			continue
		}
		if c.organizations == studied.organizations[0] {
			fmt.Fprintf(&b, "\n| %.0f %% | %.2f |", 100*c.rate, c.correlation)
		}
		fmt.Fprintf(&b, " %s |", write(c))
	}
	return b.String()
}

// both writes the coverage of the report's interval, and in parentheses that of the plain one.
func both(c *cell) string {
	return fmt.Sprintf("%s (%s)", count(c.estimates, c.rate, everyReplicate), count(c.plain, c.rate, everyReplicate))
}

// withoutCaveat writes the coverage of the intervals that are printed without a caveat, with their share of all in
// parentheses unless it is 100 %.
func withoutCaveat(c *cell) string {
	s := count(c.estimates, c.rate, trusted)
	if s.all == len(c.estimates) || s.all < fewest {
		return s.String()
	}
	return fmt.Sprintf("%s (%.0f %%)", s, 100*float64(s.all)/float64(len(c.estimates)))
}

// weightTable is the mean number of effective organizations, by size law and number of organizations.
func weightTable(cells []*cell) string {
	var b strings.Builder
	b.WriteString("| sizes |")
	for _, g := range studied.organizations {
		fmt.Fprintf(&b, " %d organizations |", g)
	}
	b.WriteString("\n|:--|" + strings.Repeat("--:|", len(studied.organizations)))
	for _, law := range studied.laws {
		fmt.Fprintf(&b, "\n| %s |", law.name)
		for _, g := range studied.organizations {
			fmt.Fprintf(&b, " %.0f |", meanWeight(cells, law.name, g))
		}
	}
	return b.String()
}

func meanWeight(cells []*cell, law string, organizations int) float64 {
	var all []stats.Estimate
	for _, c := range cells {
		if c.law.name == law && c.organizations == organizations {
			all = append(all, c.estimates...)
		}
	}
	return meanOf(all, func(e stats.Estimate) float64 { return e.EffectiveOrganizations })
}

// estimatorTable compares the report's interval with the plain one over all cells.
func estimatorTable(cells []*cell) string {
	var b strings.Builder
	b.WriteString("| interval | mean coverage | cells below 93 % | cells above 98 % | lowest | mean width, plain = 1 |\n|:--|--:|--:|--:|--:|--:|")
	for _, row := range []struct {
		name      string
		estimates func(*cell) []stats.Estimate
	}{
		{"of the report (CR2, Bell-McCaffrey)", func(c *cell) []stats.Estimate { return c.estimates }},
		{"plain (linearized, G - 1)", func(c *cell) []stats.Estimate { return c.plain }},
	} {
		var mean, wider float64
		low, high, least := 0, 0, 100.
		for _, c := range cells {
			p := count(row.estimates(c), c.rate, everyReplicate).percent()
			mean += p / float64(len(cells))
			wider += meanOf(row.estimates(c), width) / meanOf(c.plain, width) / float64(len(cells))
			least = min(least, p)
			if p < lowest {
				low++
			}
			if p > highest {
				high++
			}
		}
		fmt.Fprintf(&b, "\n| %s | %.1f | %d of %d | %d | %.1f | %.2f |", row.name, mean, low, len(cells), high, least, wider)
	}
	return b.String()
}

// trialTable is the coverage of printed intervals with and without a caveat, over all cells and in the worst cell.
func trialTable(cells []*cell) string {
	var b strings.Builder
	b.WriteString("| printed | of all data sets | coverage | in the worst cell |\n|:--|--:|--:|--:|")
	for _, row := range []struct {
		name string
		keep func(stats.Estimate) bool
	}{{"without caveat", trusted}, {"with caveat", doubtful}} {
		var pooled, worst share
		drawn := 0
		for _, c := range cells {
			s := count(c.estimates, c.rate, row.keep)
			pooled.all, pooled.covered, drawn = pooled.all+s.all, pooled.covered+s.covered, drawn+len(c.estimates)
			if s.all >= fewest && (worst.all == 0 || s.covered*worst.all < worst.covered*s.all) {
				worst = s
			}
		}
		fmt.Fprintf(&b, "\n| %s | %.0f %% | %s | %s |", row.name, 100*float64(pooled.all)/float64(drawn), pooled, worst)
	}
	return b.String()
}
