package population

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/marts"
	"slices"
	"strings"
)

// Standing is where one organization stands in a population, and what would
// move it.
type Standing struct {
	Organization  string           `json:"organization,omitempty"` // "": all that was read, taken as one
	Organizations int64            `json:"organizations"`          // in what was read
	Accounts      int64            `json:"accounts"`
	Users         int64            `json:"users"`
	Population    StandingAmong    `json:"population"`
	Places        []Place          `json:"figures"`
	Moves         []Move           `json:"moves"`
	FixFirst      []UserToFix      `json:"fix_first"`
	Settings      []report.Setting `json:"settings"`
}

// StandingAmong names the population.
type StandingAmong struct {
	Title         string `json:"title"`
	FirstCaptured string `json:"first_captured_at"`
	LastCaptured  string `json:"last_captured_at"`
	Organizations int64  `json:"organizations,omitempty"`
	Accounts      *int64 `json:"accounts"`
	Users         *int64 `json:"users"`
}

// ErrNoOrganization says that nothing was read of the organization.
var ErrNoOrganization = errors.New("there is no snapshot of organization")

// ReadStanding reads where an organization, or for "" all that was read, stands
// in a population, and the top users to fix. The report is of the same
// database, under the population's settings.
func ReadStanding(ctx context.Context, db *sql.DB, r *report.Report, s *Summary, organization string, top int) (*Standing, error) {
	q := marts.NewReader(ctx, db)
	own := readOwn(q, organization)
	if q.Err == nil && len(own) == 0 {
		return nil, fmt.Errorf("%w %q: there are %s", ErrNoOrganization, organization, someOrganizations(r))
	}
	standing := &Standing{
		Organization: organization, Organizations: r.Population.Organizations,
		Accounts: own[r.Roots[0].ID].Denominator, Users: own[r.Practices[0].OverAll.ID].Denominator,
		Population: StandingAmong{s.Title, s.FirstCaptured, s.LastCaptured, s.Organizations, s.Accounts, s.Users},
		FixFirst:   readUsersToFix(q, organization, top),
		Settings:   r.Settings,
	}
	for _, f := range r.Figures() {
		if countsViolations(f) {
			standing.Places = append(standing.Places, newPlace(f, own[f.ID], s.figure(f.ID)))
		}
	}
	for _, p := range r.Practices {
		standing.Moves = append(standing.Moves, newMove(p, own[p.OverAll.ID], s.figure(p.OverAll.ID)))
	}
	slices.SortStableFunc(standing.Moves, func(a, b Move) int { return cmp.Compare(b.most(), a.most()) })
	return standing, q.Err
}

func someOrganizations(r *report.Report) string {
	var names []string
	for _, c := range r.Coverage {
		if c.Received > 0 {
			names = append(names, fmt.Sprintf("%q", c.Organization))
		}
	}
	if len(names) > 5 {
		names = append(names[:5], fmt.Sprintf("%d more", len(names)-5))
	}
	return strings.Join(names, ", ")
}

// readOwn reads the counts of one organization, or for "" of all.
func readOwn(q *marts.Reader, organization string) map[string]Place {
	own := map[string]Place{}
	q.Each(`select figure_id, numerator, denominator, n_unknown from mart_organization_figure where org_id = $1`,
		func(scan marts.Scan) error {
			var p Place
			err := scan(&p.ID, &p.Numerator, &p.Denominator, &p.Unknown)
			own[p.ID] = p
			return err
		}, organization)
	return own
}
