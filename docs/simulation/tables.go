package main

import (
	"fmt"
	"iamcensus/report/stats"
	"math"
	"strings"
)

// fewest is the minimum number of replicates for a printed coverage.
const fewest = 250

// Filters of the replicates that a table counts.
func everyReplicate(stats.Estimate) bool { return true }
func trusted(e stats.Estimate) bool      { return e.Withheld == "" && e.Caveat == "" }
func doubtful(e stats.Estimate) bool     { return e.Withheld == "" && e.Caveat != "" }

// share counts replicates, and those whose interval contains the true rate.
type share struct{ all, covered int }

func (s *share) add(c *cell, e stats.Estimate) {
	s.all++
	if e.Low <= 100*c.rate && 100*c.rate <= e.High {
		s.covered++
	}
}

// String writes the coverage in percent, marked outside of 93 to 98.
func (s share) String() string {
	if s.all < fewest {
		return "-"
	}
	switch p := math.Round(1000*float64(s.covered)/float64(s.all)) / 10; {
	case p < 93:
		return fmt.Sprintf("**%.1f low**", p)
	case p > 98:
		return fmt.Sprintf("**%.1f high**", p)
	default:
		return fmt.Sprintf("%.1f", p)
	}
}

// grid is the table of one size law: the coverage over the replicates that keep selects, with their share of all
// replicates in parentheses unless it is 100 %.
func grid(cells []*cell, law string, keep func(stats.Estimate) bool) string {
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
		fmt.Fprintf(&b, " %s |", coverage(c, keep))
	}
	return b.String()
}

func coverage(c *cell, keep func(stats.Estimate) bool) string {
	s := c.count(keep)
	if s.all == len(c.estimates) || s.all < fewest {
		return s.String()
	}
	return fmt.Sprintf("%s (%.0f %%)", s, 100*float64(s.all)/float64(len(c.estimates)))
}

func (c *cell) count(keep func(stats.Estimate) bool) share {
	var s share
	for _, e := range c.estimates {
		if keep(e) {
			s.add(c, e)
		}
	}
	return s
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
	var sum, n float64
	for _, c := range cells {
		if c.law.name == law && c.organizations == organizations {
			for _, e := range c.estimates {
				sum, n = sum+e.EffectiveOrganizations, n+1
			}
		}
	}
	return sum / n
}

// trialTable is the coverage of printed intervals with and without a caveat, over all cells and in the worst cell.
func trialTable(cells []*cell) string {
	var b strings.Builder
	b.WriteString("| printed | of all data sets | coverage | in the worst setting |\n|:--|--:|--:|--:|")
	for _, row := range []struct {
		name string
		keep func(stats.Estimate) bool
	}{{"without caveat", trusted}, {"with caveat", doubtful}} {
		var pooled, worst share
		drawn := 0
		for _, c := range cells {
			s := c.count(row.keep)
			pooled.all, pooled.covered, drawn = pooled.all+s.all, pooled.covered+s.covered, drawn+len(c.estimates)
			if s.all >= fewest && (worst.all == 0 || s.covered*worst.all < worst.covered*s.all) {
				worst = s
			}
		}
		fmt.Fprintf(&b, "\n| %s | %.0f %% | %s | %s |", row.name, 100*float64(pooled.all)/float64(drawn), pooled, worst)
	}
	return b.String()
}
