package population

import (
	"database/sql"
	"iamcensus/report"
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"math"
)

// FixTargets is the number of users to fix for one practice, so that the rate of
// violations over all users does not exceed a rate of the population.
type FixTargets struct {
	Practice   string        `json:"practice_id"`
	Title      text.Markdown `json:"title"`
	Finding    text.Markdown `json:"-"`
	Violations int64         `json:"violations"`
	Unknown    int64         `json:"unknown"`       // users to look at: they may violate the practice
	ToRate     *int64        `json:"to_rate"`       // the rate over all users; null: unknown, as the two below
	ToMedian   *int64        `json:"to_median"`     // the rate of the median organization
	ToBest     *int64        `json:"to_best_tenth"` // the 10th percentile of the organizations' rates
}

// UserToFix is a user who violates practices, or may violate them.
type UserToFix struct {
	Organization string   `json:"organization"`
	Account      string   `json:"account"`
	User         string   `json:"user"`
	Practices    []string `json:"practices"`
	OldestDays   *int64   `json:"oldest_days"` // age of the oldest violation, in whole days; null: unknown, or violations without an age
}

// newFixTargets leaves the targets unknown where too many own users are to look
// at first, and that of the rate where too many of the population are unknown.
func newFixTargets(p report.Practice, own Placement, peers *SummaryFigure) FixTargets {
	t := FixTargets{Practice: p.ID, Title: p.Title, Finding: p.Finding, Violations: own.Numerator, Unknown: own.Unknown}
	if peers == nil || !own.isMostlyKnown() {
		return t
	}
	if peers.Percent != nil && peers.upper()-*peers.Percent <= 100*maxUnknown {
		t.ToRate = own.fixes(int64(math.Round(10 * *peers.Percent)))
	}
	if len(peers.Deciles) > 0 {
		t.ToMedian, t.ToBest = own.fixes(10*int64(peers.Deciles[4])), own.fixes(10*int64(peers.Deciles[0]))
	}
	return t
}

// fixes is the number of violations above a rate, given per mille.
func (p Placement) fixes(perMille int64) *int64 {
	n := max(0, p.Numerator-p.Denominator*perMille/1000)
	return &n
}

// effort is the number of users by which practices are sorted.
func (t FixTargets) effort() int64 {
	for _, n := range []*int64{t.ToMedian, t.ToRate} {
		if n != nil {
			return *n
		}
	}
	return 0
}

// readUsersToFix reads the users with the most violations; among equal numbers,
// those with the oldest violation. With unknown, it reads those with the most
// practices of which it is unknown whether they violate them.
func readUsersToFix(q *marts.Reader, organization string, unknown bool, top int) []UserToFix {
	users := []UserToFix{}
	var last int64
	query := "select user_id, org_id, account_id, user_name, practice_id, oldest_age_s from mart_user_to_fix where is_unknown = $2 and "
	if organization == "" {
		query += "$1 = '' and rank <= $3 order by rank, position"
	} else {
		query += "org_id = $1 and rank_in_organization <= $3 order by rank_in_organization, position"
	}
	q.Each(query,
		func(scan marts.Scan) error {
			var u UserToFix
			var id int64
			var practice string
			var age sql.NullInt64
			err := scan(&id, &u.Organization, &u.Account, &u.User, &practice, &age)
			if len(users) == 0 || id != last {
				u.OldestDays = days(age)
				users, last = append(users, u), id
			}
			user := &users[len(users)-1]
			user.Practices = append(user.Practices, practice)
			return err
		}, organization, unknown, top)
	return users
}

// days converts seconds to whole days.
func days(seconds sql.NullInt64) *int64 {
	if !seconds.Valid {
		return nil
	}
	n := seconds.Int64 / 86400
	return &n
}
