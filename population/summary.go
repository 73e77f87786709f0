package population

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"slices"
)

// FormatName identifies the JSON format of a summary. The number changes with
// every change that an older reader would misread.
const FormatName = "iamcensus-population/2"

// Summary has the rates of a census and their spread over organizations, for
// publication. It discloses no organization, account or user:
//
//   - it has no names and no ids, and dates instead of times;
//   - it has no exact count: no numerators and no denominators, and numbers of
//     organizations, accounts and users are rounded;
//   - percentages of fewer than 2,000 units are computed from counts rounded to
//     tens, so that each stands for several counts;
//   - a rate is withheld if it is of few units, if it differs by few units from
//     another one of its practice, if one organization may dominate it, or if the
//     presentation standards do not allow it;
//   - the spread is nine deciles of at least 30 organizations in whole percent,
//     without the lowest and the highest rate, which are each of one organization.
//
// Two summaries that differ by one organization disclose that organization:
// publish only one of them.
type Summary struct {
	Format        string           `json:"format"`
	Title         string           `json:"title"`
	FirstCaptured string           `json:"first_captured_at"` // 2006-01-02
	LastCaptured  string           `json:"last_captured_at"`
	Organizations int64            `json:"organizations"` // rounded; 0: unknown
	Accounts      *int64           `json:"accounts"`      // rounded; null: one organization may have more than half
	Users         *int64           `json:"users"`         // rounded; null: as for accounts
	Settings      []report.Setting `json:"settings"`      // that the figures were computed with
	Figures       []SummaryFigure  `json:"figures"`
}

// SummaryFigure is one rate over all units, and its spread over organizations.
// Percentages are 0 to 100, those of fewer than 2,000 units in whole percent.
type SummaryFigure struct {
	ID                  string   `json:"id"`
	Unit                string   `json:"unit"`    // user or account
	Percent             *float64 `json:"percent"` // unknown units count as no violation; null: withheld
	Low                 *float64 `json:"ci_low"`
	High                *float64 `json:"ci_high"`                        // unknown units count as violations
	Unknown             *float64 `json:"unknown_percent"`                // of the units; null: withheld
	Organizations       int64    `json:"organizations"`                  // rounded
	Deciles             []int    `json:"deciles"`                        // 10th to 90th percentile of the organizations' rates, in whole percent; null: withheld
	SpreadOrganizations int64    `json:"spread_organizations,omitempty"` // of the deciles, rounded
	Withheld            string   `json:"withheld,omitempty"`
}

// ErrFewOrganizations is returned for a census that is too small for a summary.
var ErrFewOrganizations = errors.New("too few organizations for a summary that discloses none of them")

// Summarize makes the summary of a census from its report and database.
func Summarize(ctx context.Context, db *sql.DB, r *report.Report) (*Summary, error) {
	spreads, err := readSpreads(ctx, db)
	if err != nil {
		return nil, err
	}
	return newSummary(r, spreads)
}

func newSummary(r *report.Report, spreads map[string]spread) (*Summary, error) {
	p := r.Population
	if p.Organizations < stats.MinOrganizations {
		return nil, fmt.Errorf("%w (%d, minimum %d)", ErrFewOrganizations, p.Organizations, stats.MinOrganizations)
	}
	s := &Summary{
		Format: FormatName, Title: r.Title,
		FirstCaptured: text.Day(p.First), LastCaptured: text.Day(p.Last),
		Organizations: coarse(p.Organizations), Settings: r.Settings,
		Users:    total(r.Practices[0].OverAll), // its denominator is all users
		Accounts: total(r.Roots[0].Figure),
	}
	for _, practice := range r.Practices {
		s.Figures = append(s.Figures, summarizeAll(practice.Figures(), spreads)...)
	}
	for _, check := range slices.Concat(r.Roots, r.Passwords) {
		s.Figures = append(s.Figures, summarize(check.Figure, spreads[check.ID], nil))
	}
	return s, nil
}

// summarizeAll summarizes the figures of one practice.
func summarizeAll(figures []report.Figure, spreads map[string]spread) []SummaryFigure {
	var all []SummaryFigure
	var printed []report.Figure
	for _, f := range figures {
		s := summarize(f, spreads[f.ID], printed)
		if s.Percent != nil {
			printed = append(printed, f)
		}
		all = append(all, s)
	}
	return all
}

// summarize summarizes one figure, given those of its practice that are printed.
func summarize(f report.Figure, d spread, printed []report.Figure) SummaryFigure {
	s := SummaryFigure{ID: f.ID, Unit: f.Unit, Unknown: unknownShare(f), Organizations: coarse(int64(f.InOrganizations)), Withheld: whyWithheld(f, d.weight)}
	if s.Withheld == "" && slices.ContainsFunc(printed, func(other report.Figure) bool { return isNear(f, other) }) {
		s.Withheld = withheldNear
	}
	if d.organizations >= minSpread && s.Withheld != withheldCell && s.Withheld != withheldNear {
		s.Deciles, s.SpreadOrganizations = d.deciles, coarse(d.organizations)
	}
	if s.Withheld == "" {
		s.Percent = rate(f)
		s.Low, s.High = interval(f, *s.Percent)
	}
	return s
}
