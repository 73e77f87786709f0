package report

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Standing is where one organization stands in a population, and what would
// move it.
type Standing struct {
	Organization  string        `json:"organization,omitempty"` // "": all that was read, taken as one
	Organizations int64         `json:"organizations"`          // in what was read
	Accounts      int64         `json:"accounts"`
	Users         int64         `json:"users"`
	Population    StandingAmong `json:"population"`
	Places        []Place       `json:"figures"`
	Moves         []Move        `json:"moves"`
	FixFirst      []UserToFix   `json:"fix_first"`
	Settings      []jsonSetting `json:"settings"`
	settings      []Setting     // the same, with their meanings
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

// Move says how many users of the organization must be fixed.
type Move struct {
	Practice   string `json:"practice_id"`
	Title      string `json:"title"`
	Violations int64  `json:"violations"`
	ToRate     *int64 `json:"to_rate"`   // until the rate is not above that of all users; null: that is not known
	ToMedian   *int64 `json:"to_median"` // nor above that of the organization in the middle
	ToBest     *int64 `json:"to_best_tenth"`
}

// UserToFix is a user who violates practices.
type UserToFix struct {
	Organization string   `json:"organization"`
	Account      string   `json:"account"`
	User         string   `json:"user"`
	Practices    []string `json:"practices"`
	OldestDays   *int64   `json:"oldest_days"` // age of what violates for longest, in whole days; null: not known, or none has an age
}

// ErrNoOrganization says that nothing was read of the organization.
var ErrNoOrganization = errors.New("there is no snapshot of organization")

// minUnits is how many units an organization needs for a place: the spread
// is that of organizations with so many.
const minUnits = 5

// Place reads where an organization, or for "" all that was read, stands in a
// population, and the top users to fix. The page is of the same database,
// under the population's settings.
func (r *Report) Place(ctx context.Context, db *sql.DB, s *Summary, organization string, top int) (*Standing, error) {
	q := &querier{ctx: ctx, db: db}
	own := readOwn(q, organization)
	if q.err == nil && len(own) == 0 {
		return nil, fmt.Errorf("%w %q: there are %s", ErrNoOrganization, organization, r.someOrganizations())
	}
	standing := &Standing{
		Organization: organization, Organizations: r.Population.Organizations,
		Accounts: own[r.Roots[0].ID].Denominator, Users: own[r.Practices[0].OverAll.ID].Denominator,
		Population: StandingAmong{s.Title, s.FirstCaptured, s.LastCaptured, s.Organizations, s.Accounts, s.Users},
		FixFirst:   readUsersToFix(q, organization, top),
		settings:   r.Settings,
	}
	for _, setting := range r.Settings {
		standing.Settings = append(standing.Settings, jsonSetting{setting.ID, setting.Values, setting.Unit})
	}
	for _, f := range r.Figures() {
		if f.countsViolations() {
			standing.Places = append(standing.Places, newPlace(f, own[f.ID], s.figure(f.ID)))
		}
	}
	for _, p := range r.Practices {
		standing.Moves = append(standing.Moves, newMove(p, own[p.OverAll.ID], s.figure(p.OverAll.ID)))
	}
	slices.SortStableFunc(standing.Moves, func(a, b Move) int { return cmp.Compare(b.most(), a.most()) })
	return standing, q.err
}

// countsViolations is false for users in the middle of a rotation and roots
// without credentials: more of them is no worse.
func (f Figure) countsViolations() bool {
	return f.Kind != "rotating" && f.ID != "root.no_credentials"
}

func (r *Report) someOrganizations() string {
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

// readOwn reads the counts of one organization, or of all.
func readOwn(q *querier, organization string) map[string]Place {
	own := map[string]Place{}
	q.each(`select figure_id, cast(sum(numerator) as bigint), cast(sum(denominator) as bigint), cast(sum(n_unknown) as bigint)
		from figure_by_organization where $1 = '' or org_id = $1 group by figure_id`,
		func(scan scanner) error {
			var p Place
			err := scan(&p.ID, &p.Numerator, &p.Denominator, &p.Unknown)
			own[p.ID] = p
			return err
		}, organization)
	return own
}

// readUsersToFix reads those with the most violations, of these the oldest.
func readUsersToFix(q *querier, organization string, top int) []UserToFix {
	users := []UserToFix{}
	last := int64(-1)
	q.each(`select user_id, org_id, account_id, user_name, practice_id, oldest_age_s
		from (
			select *, dense_rank() over (
				order by n_violations desc, oldest_age_s desc nulls last, org_id, account_id, user_name, user_id
			) as place
			from mart_user_to_fix where $1 = '' or org_id = $1
		) ranked
		where place <= $2 order by place, position`,
		func(scan scanner) error {
			var u UserToFix
			var id int64
			var practice string
			var age sql.NullInt64
			err := scan(&id, &u.Organization, &u.Account, &u.User, &practice, &age)
			if id != last {
				u.OldestDays = days(age)
				users, last = append(users, u), id
			}
			user := &users[len(users)-1]
			user.Practices = append(user.Practices, practice)
			return err
		}, organization, top)
	return users
}

func days(seconds sql.NullInt64) *int64 {
	if !seconds.Valid {
		return nil
	}
	n := seconds.Int64 / 86400
	return &n
}

func newPlace(f Figure, own Place, peers *SummaryFigure) Place {
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

func newMove(p Practice, own Place, peers *SummaryFigure) Move {
	m := Move{Practice: p.ID, Title: p.Title, Violations: own.Numerator}
	if peers == nil {
		return m
	}
	if peers.Percent != nil {
		m.ToRate = own.fixes(int64(math.Round(10 * *peers.Percent)))
	}
	if len(peers.Deciles) > 0 {
		m.ToMedian, m.ToBest = own.fixes(10*int64(peers.Deciles[4])), own.fixes(10*int64(peers.Deciles[0]))
	}
	return m
}

// fixes is how many violations too many there are for a rate, which is given
// per mille.
func (p Place) fixes(perMille int64) *int64 {
	n := max(0, p.Numerator-p.Denominator*perMille/1000)
	return &n
}

// most is what a practice costs, by which practices are sorted.
func (m Move) most() int64 {
	for _, n := range []*int64{m.ToMedian, m.ToRate} {
		if n != nil {
			return *n
		}
	}
	return 0
}
