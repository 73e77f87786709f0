package population

import (
	"fmt"
	"iamcensus/report"
	"iamcensus/report/text"
)

// Place is one figure of the organization beside the population's. Every one
// counts violations: lower is better.
type Place struct {
	ID          string         `json:"id"`
	Unit        string         `json:"unit"`
	Numerator   int64          `json:"numerator"`
	Denominator int64          `json:"denominator"`
	Unknown     int64          `json:"unknown"`
	Peers       *SummaryFigure `json:"population"`    // null: the population has no such figure
	Rank        *Rank          `json:"rank"`          // null: no spread, too few units of its own, or nothing but unknown ones
	RankAtWorst *Rank          `json:"rank_at_worst"` // if every unknown one is a violation; null: the same
}

// minUnits is how many units an organization needs for a place: the spread
// is that of organizations with so many.
const minUnits = 5

// countsViolations is false for users in the middle of a rotation and roots
// without credentials: more of them is no worse.
func countsViolations(f report.Figure) bool {
	return f.Kind != "rotating" && f.ID != "root.no_credentials"
}

func newPlace(f report.Figure, own Place, peers *SummaryFigure) Place {
	own.ID, own.Unit, own.Peers = f.ID, f.Counted, peers
	if peers == nil || len(peers.Deciles) == 0 || own.Denominator < minUnits || !own.isKnown() {
		return own
	}
	best, worst := newRank(peers.Deciles, own.percent(0)), newRank(peers.Deciles, own.percent(own.Unknown))
	own.Rank = &best
	if worst != best {
		own.RankAtWorst = &worst
	}
	return own
}

// isKnown is false if the data cannot say it of any unit.
func (p Place) isKnown() bool { return p.Numerator > 0 || p.Unknown < p.Denominator }

// percent is the rate if so many of the unknown ones are violations. Of the
// tiers of an age, some of these may lie outside of the denominator.
func (p Place) percent(unknown int64) float64 {
	return min(100, 100*float64(p.Numerator+unknown)/float64(p.Denominator))
}

// Of writes numerator and denominator, with their unit if it is not users.
func (p Place) Of() string {
	of := text.Count(p.Numerator) + " of " + text.Count(p.Denominator)
	if p.Unit == "account" {
		of += " accounts"
	}
	return of
}

// Rate writes the rate. It is a count, not an estimate: nothing withholds it.
func (p Place) Rate() string {
	if p.Denominator == 0 {
		return "none"
	}
	return text.Percent(p.percent(0))
}

// Where says in words where the organization stands in a figure that the
// population has.
func (p Place) Where() string {
	switch {
	case p.Denominator == 0:
		return "nothing to count"
	case !p.isKnown():
		return "not known"
	case p.RankAtWorst != nil:
		return "from " + p.RankAtWorst.String() + " to " + p.Rank.String()
	case p.Rank != nil:
		return p.Rank.String()
	case len(p.Peers.Deciles) > 0:
		return fmt.Sprintf("fewer than %d units of its own", minUnits)
	case p.Peers.Percent == nil:
		return "withheld: " + text.Escape(p.Peers.Withheld)
	}
	return p.besideRate()
}

// besideRate holds the rate against that of the population's units.
func (p Place) besideRate() string {
	low, high, theirs := text.Round(p.percent(0), 1), text.Round(p.percent(p.Unknown), 1), *p.Peers.Percent
	switch {
	case high < theirs:
		return "below the rate"
	case low > theirs:
		return "above the rate"
	case low == theirs && high == theirs:
		return "at the rate"
	}
	return "below or above the rate"
}

// rate writes the population's rate with its interval.
func (f *SummaryFigure) rate() string {
	switch {
	case f.Percent == nil:
		return "withheld"
	case f.Low == nil:
		return text.Percent(*f.Percent)
	}
	return fmt.Sprintf("%s (%.1f to %.1f %%)", text.Percent(*f.Percent), *f.Low, *f.High)
}

// unknown writes the share of the population's units that are unknown.
func (f *SummaryFigure) unknown() string {
	if f.Unknown == nil {
		return "none"
	}
	return text.Percent(*f.Unknown)
}

func (f *SummaryFigure) median() string {
	if len(f.Deciles) == 0 {
		return "none"
	}
	return fmt.Sprintf("%d %%", f.Deciles[4])
}
