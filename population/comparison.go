package population

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"slices"
	"strings"
)

// Comparison compares one organization with a population.
type Comparison struct {
	Organization  string              `json:"organization,omitempty"` // "": all organizations that were read, taken as one
	Organizations int64               `json:"organizations"`          // that were read
	Accounts      int64               `json:"accounts"`
	Users         int64               `json:"users"`
	Population    ReferencePopulation `json:"population"`
	Placements    []Placement         `json:"figures"`
	FixTargets    []FixTargets        `json:"moves"` // the practice with the most users to fix first
	FixFirst      []UserToFix         `json:"fix_first"`
	LookAt        []UserToFix         `json:"look_at"` // it is unknown whether they violate these practices
	Settings      []report.Setting    `json:"settings"`
}

// ReferencePopulation describes the population, as far as its summary does.
type ReferencePopulation struct {
	Title         string `json:"title"`
	FirstCaptured string `json:"first_captured_at"`
	LastCaptured  string `json:"last_captured_at"`
	Organizations int64  `json:"organizations,omitempty"`
	Accounts      *int64 `json:"accounts"`
	Users         *int64 `json:"users"`
}

// ErrNoOrganization is returned for an organization without snapshots.
var ErrNoOrganization = errors.New("no snapshot of organization")

// Compare compares an organization with a population, and lists the top users to
// fix and to look at. An empty organization means all organizations of the database, taken as
// one. The report is of the same database, made with the population's settings.
func Compare(ctx context.Context, db *sql.DB, r *report.Report, s *Summary, organization string, top int) (*Comparison, error) {
	q := marts.NewReader(ctx, db)
	own := readOwn(q, organization)
	if q.Err == nil && len(own) == 0 {
		return nil, fmt.Errorf("%w %q; organizations with snapshots: %s", ErrNoOrganization, organization, someOrganizations(r))
	}
	c := &Comparison{
		Organization: organization, Organizations: r.Population.Organizations,
		Accounts: own[r.Roots[0].ID].Denominator, Users: own[r.Practices[0].OverAll.ID].Denominator,
		Population: ReferencePopulation{s.Title, s.FirstCaptured, s.LastCaptured, s.Organizations, s.Accounts, s.Users},
		FixFirst:   readUsersToFix(q, organization, false, top),
		LookAt:     readUsersToFix(q, organization, true, top),
		Settings:   r.Settings,
	}
	for _, f := range r.Figures() {
		if countsViolations(f) {
			c.Placements = append(c.Placements, newPlacement(f, own[f.ID], s.figure(f.ID)))
		}
	}
	for _, p := range r.Practices {
		c.FixTargets = append(c.FixTargets, newFixTargets(p, own[p.OverAll.ID], s.figure(p.OverAll.ID)))
	}
	slices.SortStableFunc(c.FixTargets, func(a, b FixTargets) int { return cmp.Compare(b.effort(), a.effort()) })
	return c, q.Err
}

// someOrganizations lists the first five organizations with snapshots.
func someOrganizations(r *report.Report) string {
	var names []string
	for _, c := range r.Coverage {
		if c.Received+c.NotExpected > 0 {
			names = append(names, fmt.Sprintf("%q", text.Shorten(c.Organization, 80)))
		}
	}
	if len(names) > 5 {
		names = append(names[:5], fmt.Sprintf("%d more", len(names)-5))
	}
	return strings.Join(names, ", ")
}

// readOwn reads the counts of one organization by figure id, or of all for "".
func readOwn(q *marts.Reader, organization string) map[string]Placement {
	own := map[string]Placement{}
	q.Each(`select figure_id, numerator, denominator, n_unknown from mart_organization_figure where org_id = $1`,
		func(scan marts.Scan) error {
			var p Placement
			err := scan(&p.ID, &p.Numerator, &p.Denominator, &p.Unknown)
			own[p.ID] = p
			return err
		}, organization)
	return own
}
