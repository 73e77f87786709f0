package population

import (
	"fmt"
	"iamcensus/report/text"
	"slices"
)

// Rank is the position of a rate among the organizations' rates, in percent of
// the organizations.
type Rank struct {
	BetterThan float64       `json:"better_than"`     // have a higher rate; at least that many in the best tenth and where others are level
	LevelWith  float64       `json:"level_with"`      // have the same rate in whole percent, at least
	Tenth      text.Markdown `json:"tenth,omitempty"` // best or worst: outside of the deciles
}

// newRank ranks a rate in percent by the nine deciles of the organizations'
// rates, linearly between two deciles. The deciles are in whole percent, so the
// rate is rounded, too.
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

// rankOfDecile ranks a rate that equals one or more deciles, the first of which
// is given. All organizations between equal deciles have that rate, and so do
// those beyond if it is the lowest or the highest possible one. Up to a tenth
// more may have it on either side, so only the organizations from the next
// decile on are known to have a higher rate. At a single decile, ties are not
// known, and the rank is the decile's own.
func rankOfDecile(deciles []int, first, x int) Rank {
	after, _ := slices.BinarySearch(deciles, x+1)
	below, upTo := 10*float64(first+1), 10*float64(after)
	if x == 0 {
		below = 0
	}
	if x == 100 {
		upTo = 100
	}
	if below == upTo {
		return Rank{BetterThan: 100 - upTo}
	}
	return Rank{BetterThan: max(0, 90-upTo), LevelWith: upTo - below}
}

// String writes the rank: better than at least 50 %, level with at least 40 %.
func (r Rank) String() string {
	switch {
	case r.Tenth != "":
		return string(r.Tenth) + " tenth"
	case r.LevelWith == 0:
		return fmt.Sprintf("better than %.0f %%", r.BetterThan)
	case r.BetterThan == 0:
		return fmt.Sprintf("level with at least %.0f %%", r.LevelWith)
	}
	return fmt.Sprintf("better than at least %.0f %%, level with at least %.0f %%", r.BetterThan, r.LevelWith)
}
