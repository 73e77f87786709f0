package population

import (
	"database/sql"
	"iamcensus/report"
	"iamcensus/report/marts"
	"math"
)

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

func newMove(p report.Practice, own Place, peers *SummaryFigure) Move {
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

// readUsersToFix reads those with the most violations, of these the oldest.
func readUsersToFix(q *marts.Reader, organization string, top int) []UserToFix {
	users := []UserToFix{}
	last := int64(-1)
	query := "select user_id, org_id, account_id, user_name, practice_id, oldest_age_s from mart_user_to_fix where "
	if organization == "" {
		query += "$1 = '' and rank <= $2 order by rank, position"
	} else {
		query += "org_id = $1 and rank_in_organization <= $2 order by rank_in_organization, position"
	}
	q.Each(query,
		func(scan marts.Scan) error {
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
