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

// FormatName identifies the JSON format of a summary. The number changes with
// every change that an older reader would misread.
const FormatName = "iamcensus-population/1"

// Summary has the rates of a census and their spread over organizations, for
// publication. It discloses no organization, account or user:
//
//   - it has no names and no ids, and dates instead of times;
//   - it has no numerators and no denominators; percentages have one decimal,
//     the numbers of accounts and users are rounded;
//   - a rate is withheld if it is of few units, if one organization may dominate
//     it, or if the presentation standards do not allow it;
//   - the spread is nine deciles in whole percent, without the lowest and the
//     highest rate, which are each of one organization.
//
// Two summaries that differ by one organization disclose that organization:
// publish only one of them.
type Summary struct {
	Format        string           `json:"format"`
	Title         string           `json:"title"`
	FirstCaptured string           `json:"first_captured_at"` // 2006-01-02
	LastCaptured  string           `json:"last_captured_at"`
	Organizations int64            `json:"organizations"` // 0: unknown
	Accounts      *int64           `json:"accounts"`      // rounded; null: one organization may have more than half
	Users         *int64           `json:"users"`         // rounded; null: as for accounts
	Settings      []report.Setting `json:"settings"`      // that the figures were computed with
	Figures       []SummaryFigure  `json:"figures"`
}

// SummaryFigure is one rate over all units, and its spread over organizations.
// Percentages are 0 to 100.
type SummaryFigure struct {
	ID            string   `json:"id"`
	Unit          string   `json:"unit"`    // user or account
	Percent       *float64 `json:"percent"` // null: withheld
	Low           *float64 `json:"ci_low"`
	High          *float64 `json:"ci_high"`
	Unknown       *float64 `json:"unknown_percent"` // of the units; null: withheld. Unknown units count as no violation
	Organizations int      `json:"organizations"`
	Deciles       []int    `json:"deciles"` // 10th to 90th percentile of the organizations' rates, in whole percent; null: withheld
	Withheld      string   `json:"withheld,omitempty"`
}

// ErrFewOrganizations is returned for a census that is too small for a summary.
var ErrFewOrganizations = errors.New("too few organizations for a summary that discloses none of them")

// Summarize makes the summary of a census from its report and database.
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
		return nil, fmt.Errorf("%w (%d, minimum %d)", ErrFewOrganizations, p.Organizations, stats.MinOrganizations)
	}
	s := &Summary{
		Format: FormatName, Title: r.Title,
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

// readDeciles reads the nine deciles from 10 % to 90 % of each figure with enough
// organizations, in whole percent, by figure id.
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
	s := SummaryFigure{ID: f.ID, Unit: f.Unit, Unknown: unknownShare(f), Organizations: f.Organizations, Withheld: whyWithheld(f)}
	if s.Withheld != withheldCell {
		s.Deciles = deciles
	}
	if s.Withheld == "" {
		e := f.Estimate
		s.Percent, s.Low, s.High = decimal(e.Percent), decimal(e.Low), decimal(e.High)
	}
	return s
}

// decimal rounds to one decimal.
func decimal(x float64) *float64 {
	x = text.Round(x, 1)
	return &x
}
