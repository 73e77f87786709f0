package population

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/marts"
	"iamcensus/report/stats"
	"iamcensus/report/text"
)

// SummaryFormat is the form of a summary in a file. A change that an older
// reader would take wrongly gets another number.
const SummaryFormat = "iamcensus-population/1"

// Summary is a census without a row of it: rates and their spread over
// organizations, to be handed to others. What it says of nobody in particular:
//
//   - it has no name and no id, of organizations, accounts, users or files,
//     and days in place of times;
//   - there is no numerator and no denominator, percentages have one decimal,
//     accounts and users are rounded;
//   - a rate is withheld where it would speak of few, of one organization more
//     than of the others, or where the presentation standards forbid it;
//   - the spread is nine deciles in whole percent: the lowest and the highest
//     rate belong to one organization each, and stay out.
//
// Two summaries that differ by one organization say something of that one:
// publish one of them.
type Summary struct {
	Format        string           `json:"format"`
	Title         string           `json:"title"`
	FirstCaptured string           `json:"first_captured_at"` // 2006-01-02
	LastCaptured  string           `json:"last_captured_at"`
	Organizations int64            `json:"organizations"` // 0: not said
	Accounts      *int64           `json:"accounts"`      // rounded; null: one organization may hold more than half of them
	Users         *int64           `json:"users"`         // the same
	Settings      []report.Setting `json:"settings"`      // the figures hold under these only
	Figures       []SummaryFigure  `json:"figures"`
}

// SummaryFigure is one rate of all units, and the rates of the organizations.
type SummaryFigure struct {
	ID            string   `json:"id"`
	Unit          string   `json:"unit"`    // user or account
	Percent       *float64 `json:"percent"` // null: withheld
	Low           *float64 `json:"ci_low"`
	High          *float64 `json:"ci_high"`
	Unknown       *float64 `json:"unknown_percent"` // of the units; they count as no violation; null: withheld
	Organizations int      `json:"organizations"`
	Deciles       []int    `json:"deciles"` // 10 %, 20 %, ... 90 % of the organizations have no higher rate, in whole percent; null: withheld
	Withheld      string   `json:"withheld,omitempty"`
}

// What a summary withholds. The reasons have no number of the census in them.
const (
	minCell   = 10 // units that violate, and that do not: fewer are not printed, except that nobody violates
	minWeight = 4  // effective organizations: from so many on, none holds more than half

	withheldEmpty     = "nothing to count"
	withheldFew       = "fewer than 10 organizations"
	withheldCell      = "fewer than 10 violate, or fewer than 10 do not"
	withheldDominated = "one organization may hold more than half"
	withheldImprecise = "too imprecise to print"
)

// ErrFewOrganizations says that a census is too small to be summarized.
var ErrFewOrganizations = errors.New("too few organizations for a summary that says nothing of one of them")

// Summarize makes the summary of a census.
func Summarize(ctx context.Context, db *sql.DB, r *report.Report) (*Summary, error) {
	deciles, err := readDeciles(ctx, db)
	if err != nil {
		return nil, err
	}
	return newSummary(r, deciles)
}

func newSummary(r *report.Report, deciles map[string][]int) (*Summary, error) {
	p := r.Population
	if p.Organizations < stats.MinOrganizations {
		return nil, fmt.Errorf("%w: it needs %d, here: %d", ErrFewOrganizations, stats.MinOrganizations, p.Organizations)
	}
	s := &Summary{
		Format: SummaryFormat, Title: r.Title,
		FirstCaptured: text.Day(p.First), LastCaptured: text.Day(p.Last),
		Organizations: p.Organizations, Settings: r.Settings,
	}
	for _, f := range r.Figures() {
		s.Figures = append(s.Figures, summarize(f, deciles[f.ID]))
		switch f.ID {
		case r.Practices[0].OverAll.ID: // its denominator is all users
			s.Users = total(f)
		case r.Roots[0].ID:
			s.Accounts = total(f)
		}
	}
	return s, nil
}

// readDeciles gives the inner nine deciles of each figure that has enough
// organizations for them.
func readDeciles(ctx context.Context, db *sql.DB) (map[string][]int, error) {
	deciles := map[string][]int{}
	q := marts.NewReader(ctx, db)
	q.Each("select figure_id, pct from mart_decile where decile between 10 and 90 and n_organizations >= $1 order by figure_id, decile",
		func(scan marts.Scan) error {
			var id string
			var pct float64
			err := scan(&id, &pct)
			deciles[id] = append(deciles[id], int(text.Round(pct, 0)))
			return err
		}, stats.MinOrganizations)
	return deciles, q.Err
}

func summarize(f report.Figure, deciles []int) SummaryFigure {
	s := SummaryFigure{ID: f.ID, Unit: f.Counted, Unknown: unknownShare(f), Organizations: f.Organizations, Withheld: unprintable(f)}
	if s.Withheld != withheldCell {
		s.Deciles = deciles
	}
	if s.Withheld == "" {
		e := f.Estimate()
		s.Percent, s.Low, s.High = decimal(e.Percent), decimal(e.Low), decimal(e.High)
	}
	return s
}

// unknownShare is the percentage of unknown units, unless it speaks of few.
func unknownShare(f report.Figure) *float64 {
	known := max(0, f.Denominator-f.Unknown) // of the tiers of an age, some unknown ones may lie outside
	if f.Denominator < stats.MinSize || f.Organizations < stats.MinOrganizations || dominated(f.Denominator, f.SumNN) || isSmall(f.Unknown) || isSmall(known) {
		return nil
	}
	return decimal(100 - 100*float64(known)/float64(f.Denominator))
}

// unprintable is why the rate is withheld from a summary: first that nobody
// be singled out, then that the rate mean something.
func unprintable(f report.Figure) string {
	violate, rest := f.Numerator, f.Denominator-f.Numerator
	switch {
	case f.Denominator == 0:
		return withheldEmpty
	case f.Organizations < stats.MinOrganizations:
		return withheldFew
	case isSmall(violate), rest < minCell:
		return withheldCell
	case dominated(f.Denominator, f.SumNN), dominated(f.Numerator, f.SumYY):
		return withheldDominated
	case f.Estimate().Withheld != "":
		return withheldImprecise
	}
	return ""
}

// isSmall reports whether a count that is not 0 speaks of few.
func isSmall(n int64) bool { return n > 0 && n < minCell }

// dominated reports whether one organization may hold more than half of a sum.
// If one does, the squares are more than a quarter of the sum's square.
func dominated(sum int64, squares float64) bool {
	return minWeight*squares > float64(sum)*float64(sum)
}

// total is a figure's denominator, rounded.
func total(f report.Figure) *int64 {
	if dominated(f.Denominator, f.SumNN) {
		return nil
	}
	n := coarse(f.Denominator)
	return &n
}

// coarse rounds counts as the Disclosure Review Board of the US Census Bureau
// does.
func coarse(n int64) int64 {
	step := int64(10)
	switch {
	case n >= 1_000_000: // four digits
		for step = 1000; n/step >= 10_000; step *= 10 {
		}
	case n >= 100_000:
		step = 1000
	case n >= 10_000:
		step = 500
	case n >= 1000:
		step = 100
	case n >= 100:
		step = 50
	}
	return (n + step/2) / step * step
}

func decimal(x float64) *float64 {
	x = text.Round(x, 1)
	return &x
}
