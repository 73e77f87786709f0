package population

import (
	"fmt"
	"iamcensus/report/text"
	"slices"
)

// Rank is a place among organizations.
type Rank struct {
	BetterThan float64 `json:"better_than"`     // percent of the organizations have a higher rate; in the best tenth 90 at least, in the worst 0 at least
	LevelWith  float64 `json:"level_with"`      // percent of them, at least, have the same rate in whole percent
	Tenth      string  `json:"tenth,omitempty"` // best or worst: outside of all deciles
}

// newRank finds a rate, in percent, among the nine inner deciles of the
// organizations' rates. Those are in whole percent, so that the rate is taken
// so, too. It is linear between two deciles.
func newRank(deciles []int, pct float64) Rank {
	x := int(text.Round(pct, 0))
	first, isDecile := slices.BinarySearch(deciles, x)
	if isDecile {
		return rankOfDecile(deciles, first, x)
	}
	switch first {
	case 0:
		return Rank{BetterThan: 90, Tenth: "best"}
	case len(deciles):
		return Rank{Tenth: "worst"}
	}
	low, high := deciles[first-1], deciles[first]
	return Rank{BetterThan: 100 - 10*(float64(first)+float64(x-low)/float64(high-low))}
}

// rankOfDecile is the rank of a rate that is that of one decile or of several,
// from the first on: organizations between them have the same rate.
func rankOfDecile(deciles []int, first, x int) Rank {
	after, _ := slices.BinarySearch(deciles, x+1)
	below, upTo := 10*float64(first+1), 10*float64(after)
	if x == 0 { // no rate is lower
		below = 0
	}
	if after == len(deciles) && (below < upTo || x == 100) { // perhaps no rate is higher
		return Rank{LevelWith: upTo - below}
	}
	return Rank{BetterThan: 100 - upTo, LevelWith: upTo - below}
}

// String says it in words.
func (r Rank) String() string {
	switch {
	case r.Tenth != "":
		return r.Tenth + " tenth"
	case r.BetterThan == 0 && r.LevelWith > 0:
		return fmt.Sprintf("level with at least %.0f %%", r.LevelWith)
	case r.LevelWith > 0:
		return fmt.Sprintf("better than %.0f %%, level with %.0f %%", r.BetterThan, r.LevelWith)
	}
	return fmt.Sprintf("better than %.0f %%", r.BetterThan)
}
