package population

import (
	"fmt"
	"iamcensus/report"
	"iamcensus/report/text"
)

// Placement compares one figure of the organization with that of the
// population. Every figure counts violations: lower is better.
type Placement struct {
	ID          string         `json:"id"`
	Unit        string         `json:"unit"`
	Numerator   int64          `json:"numerator"`
	Denominator int64          `json:"denominator"`
	Unknown     int64          `json:"unknown"`
	Peers       *SummaryFigure `json:"population"`    // null: the population has none
	Rank        *Rank          `json:"rank"`          // null: no spread, too few own units, or too many of them unknown
	RankAtWorst *Rank          `json:"rank_at_worst"` // with all unknown units as violations; null: equal to Rank
}

// A rank needs that many own units, and at most that share of them unknown: the
// spread is that of the organizations of which both holds.
const (
	minUnits   = 20
	maxUnknown = 0.05
)

// countsViolations is false for possible rotations and for roots without
// credentials: more of them is not worse.
func countsViolations(f report.Figure) bool {
	return f.Kind != "rotating" && f.ID != "root.no_credentials"
}

func newPlacement(f report.Figure, own Placement, peers *SummaryFigure) Placement {
	own.ID, own.Unit, own.Peers = f.ID, f.Unit, peers
	if peers == nil || len(peers.Deciles) == 0 || own.Denominator < minUnits || !own.isMostlyKnown() {
		return own
	}
	best, worst := newRank(peers.Deciles, own.percent(0)), newRank(peers.Deciles, own.percent(own.Unknown))
	own.Rank = &best
	if worst != best {
		own.RankAtWorst = &worst
	}
	return own
}

// isKnown is false if all units are unknown.
func (p Placement) isKnown() bool { return p.Numerator > 0 || p.Unknown < p.Denominator }

func (p Placement) isMostlyKnown() bool {
	return float64(p.Unknown) <= maxUnknown*float64(p.Denominator)
}

// percent is the rate with a number of unknown units as violations, at most 100:
// in age tiers, unknown units may be outside of the denominator.
func (p Placement) percent(unknown int64) float64 {
	return min(100, 100*float64(p.Numerator+unknown)/float64(p.Denominator))
}

// OutOf writes numerator and denominator, with their unit unless it is users.
func (p Placement) OutOf() string {
	if p.Unit == "account" {
		return text.Count(p.Numerator) + " of " + text.Quantity(p.Denominator, "account")
	}
	return text.Count(p.Numerator) + " of " + text.Count(p.Denominator)
}

// Rate writes the organization's own rate, with unknown units as a range. It is
// complete, not an estimate, and so never withheld.
func (p Placement) Rate() string {
	low, high := p.percent(0), p.percent(p.Unknown)
	switch {
	case p.Denominator == 0:
		return "none"
	case !p.isKnown():
		return "unknown"
	case low == high:
		return text.Percent(low)
	}
	return text.Percent(low) + " to " + text.Percent(high)
}

// String writes the placement in a figure that the population has.
func (p Placement) String() string {
	switch {
	case p.Denominator == 0:
		return "no units"
	case !p.isKnown():
		return "unknown: look at all"
	case p.RankAtWorst != nil:
		return "from " + p.RankAtWorst.String() + " to " + p.Rank.String()
	case p.Rank != nil:
		return p.Rank.String()
	case len(p.Peers.Deciles) > 0 && p.Denominator < minUnits:
		return fmt.Sprintf("fewer than %d own units", minUnits)
	case len(p.Peers.Deciles) > 0:
		return fmt.Sprintf("unknown for more than %.0f %%: look at %s first", 100*maxUnknown, text.Count(p.Unknown))
	case p.Peers.Percent == nil:
		return "withheld: " + text.Escape(p.Peers.Withheld)
	}
	return p.relativeToRate()
}

// relativeToRate compares the rate with the rate over the population's units.
// Unknown units of either make it a range.
func (p Placement) relativeToRate() string {
	low, high := text.Round(p.percent(0), 1), text.Round(p.percent(p.Unknown), 1)
	theirs, atMost := *p.Peers.Percent, p.Peers.upper()
	switch {
	case high < theirs:
		return "below the rate"
	case low > atMost:
		return "above the rate"
	case low == high && theirs == atMost && low == theirs:
		return "at the rate"
	}
	return "below or above the rate"
}

// upper is the population's rate with all unknown units as violations.
func (f *SummaryFigure) upper() float64 {
	if f.Unknown == nil {
		return *f.Percent
	}
	return min(100, *f.Percent+*f.Unknown)
}

// rate writes the population's rate with its interval, in the decimals that the
// population has.
func (f *SummaryFigure) rate() string {
	if f.Percent == nil {
		return "withheld"
	}
	rate := text.Number(*f.Percent) + " %"
	if f.Unknown != nil && *f.Unknown > 0 {
		rate = "at least " + rate
	}
	if f.Low == nil {
		return rate
	}
	return fmt.Sprintf("%s (%s to %s %%)", rate, text.Number(*f.Low), text.Number(*f.High))
}

// unknown writes the share of unknown units in the population.
func (f *SummaryFigure) unknown() string {
	if f.Unknown == nil {
		return "none"
	}
	return text.Number(*f.Unknown) + " %"
}

// spread writes the number of organizations of the spread.
func (f *SummaryFigure) spread() string {
	if len(f.Deciles) == 0 {
		return "none"
	}
	return text.Count(f.SpreadOrganizations)
}

// median writes the rate of the population's median organization.
func (f *SummaryFigure) median() string {
	if len(f.Deciles) == 0 {
		return "none"
	}
	return fmt.Sprintf("%d %%", f.Deciles[4])
}
