package main

import (
	"fmt"
	"iamcensus/report/stats"
	"math"
)

// fewest is the minimum number of replicates for a printed coverage.
const fewest = 250

// The coverage of a cell is low below the first and high above the second, in percent.
const lowest, highest = 93, 98

// Filters of the replicates that a table counts.
func everyReplicate(stats.Estimate) bool { return true }
func trusted(e stats.Estimate) bool      { return e.Withheld == "" && e.Caveat == "" }
func doubtful(e stats.Estimate) bool     { return e.Withheld == "" && e.Caveat != "" }

// share counts replicates, and those whose interval contains the true rate.
type share struct{ all, covered int }

// count counts the estimates that keep selects.
func count(estimates []stats.Estimate, rate float64, keep func(stats.Estimate) bool) (s share) {
	for _, e := range estimates {
		if keep(e) {
			s.all++
			if e.Low <= 100*rate && 100*rate <= e.High {
				s.covered++
			}
		}
	}
	return s
}

// percent is the coverage, rounded to one decimal.
func (s share) percent() float64 { return math.Round(1000*float64(s.covered)/float64(s.all)) / 10 }

// String writes the coverage in percent, marked where it is low or high.
func (s share) String() string {
	if s.all < fewest {
		return "-"
	}
	switch p := s.percent(); {
	case p < lowest:
		return fmt.Sprintf("**%.1f low**", p)
	case p > highest:
		return fmt.Sprintf("**%.1f high**", p)
	default:
		return fmt.Sprintf("%.1f", p)
	}
}

// meanOf is the mean of a value over estimates.
func meanOf(estimates []stats.Estimate, value func(stats.Estimate) float64) (mean float64) {
	for _, e := range estimates {
		mean += value(e) / float64(len(estimates))
	}
	return mean
}

func width(e stats.Estimate) float64 { return e.High - e.Low }
