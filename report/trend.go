package report

import (
	"context"
	"database/sql"
	"iamcensus/report/marts"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"math"
	"time"
)

// Trend compares two or more dates over the panel: the accounts that have a
// snapshot at or before the first date and a newer one at or before the last.
type Trend struct {
	Panel     PanelPart
	Added     PanelPart   // first snapshot after the first date
	NoNewer   PanelPart   // no newer snapshot by the last date
	Dates     []TrendDate // at least two, the earliest first
	Practices []TrendPractice
	Users     []FlowUser // nil: not requested
}

// PanelPart counts accounts, and their users at the first and the last date.
type PanelPart struct {
	Accounts  int64 `json:"accounts"`
	First     int64 `json:"users_first"`
	Last      int64 `json:"users_last"`
	Both      int64 `json:"users_both"`
	Recreated int64 `json:"users_made_anew"` // of Both: deleted and created again under the same name
}

// TrendDate is the panel at one date.
type TrendDate struct {
	Label string     `json:"date"`
	Newer int64      `json:"accounts_newer"`    // with a newer snapshot than at the previous date
	First *time.Time `json:"first_captured_at"` // of the snapshots that count; nil: none
	Last  *time.Time `json:"last_captured_at"`
}

// TrendPractice is one practice over the panel's users.
type TrendPractice struct {
	ID      string
	Finding text.Markdown
	Rates   []Figure // one per date
	Changes []Change // one per date, relative to the first
	Flow    Flow
}

// Change is the difference of a rate to that of the first date, in percentage
// points.
type Change struct {
	Points    float64
	Low, High float64       // ends of the 95 % interval; 0 without one
	HasRange  bool          // there is an interval
	None      text.Markdown // why no change is printed; "": it is
}

// Flow counts the users who violate a practice at the first date by their state
// at the last date, and those who violate it at the last date by their state at
// the first.
type Flow struct {
	StillOpen     int64 `json:"still_open"`
	Fixed         int64 `json:"fixed"`
	Gone          int64 `json:"gone"`
	UnknownNow    int64 `json:"unknown_now"`
	New           int64 `json:"new"`
	NewUser       int64 `json:"new_user"`
	UnknownBefore int64 `json:"unknown_before"`
}

// FlowUser is one user in a flow.
type FlowUser struct {
	Practice     string `json:"practice"`
	Flow         string `json:"flow"`
	Organization string `json:"organization"`
	Account      string `json:"account"`
	User         string `json:"user"`
}

// ReadTrend reads the dates that were compared; nil: none were. With users, it
// also lists the users of each flow.
func ReadTrend(ctx context.Context, db *sql.DB, users bool) (*Trend, error) {
	t := &Trend{}
	q := marts.NewReader(ctx, db)
	q.Each("select label, n_newer, first_captured_at, last_captured_at from mart_panel_date order by position", func(scan marts.Scan) error {
		var d TrendDate
		err := scan(&d.Label, &d.Newer, &d.First, &d.Last)
		t.Dates = append(t.Dates, d)
		return err
	})
	if len(t.Dates) == 0 {
		return nil, q.Err
	}
	q.Each("select part, n_accounts, n_users_first, n_users_last, n_users_both, n_users_made_anew from mart_panel", func(scan marts.Scan) error {
		var part string
		var p PanelPart
		err := scan(&part, &p.Accounts, &p.First, &p.Last, &p.Both, &p.Recreated)
		*map[string]*PanelPart{"panel": &t.Panel, "came": &t.Added, "no_newer": &t.NoNewer}[part] = p
		return err
	})
	at := map[string]int{}
	q.Each("select practice_id, finding from mart_practice order by position", func(scan marts.Scan) error {
		var p TrendPractice
		err := scan(&p.ID, &p.Finding)
		at[p.ID] = len(t.Practices)
		t.Practices = append(t.Practices, p)
		return err
	})
	samplingUnit := ""
	q.One("select sampling_unit from mart_population", &samplingUnit)
	q.Each(`select `+sumColumns+`, practice_id, n_change_clusters, change_variance
		from mart_panel_rate order by practice_id, position`, func(scan marts.Scan) error {
		var id string
		var clusters int
		var variance float64
		f := Figure{Kind: "violations", Unit: "user"}
		err := scan(f.sums(&id, &clusters, &variance)...)
		p := &t.Practices[at[id]]
		p.Rates = append(p.Rates, f.estimated(samplingUnit))
		p.Changes = append(p.Changes, newChange(p.Rates[0], p.Rates[len(p.Rates)-1], variance, clusters))
		return err
	})
	q.Each(`select practice_id, n_still_open, n_fixed, n_gone, n_unknown_now, n_new, n_new_user, n_unknown_before
		from mart_flow_count`, func(scan marts.Scan) error {
		var id string
		var f Flow
		err := scan(&id, &f.StillOpen, &f.Fixed, &f.Gone, &f.UnknownNow, &f.New, &f.NewUser, &f.UnknownBefore)
		t.Practices[at[id]].Flow = f
		return err
	})
	if users {
		t.Users = []FlowUser{}
		q.Each(`select practice_id, flow, org_id, account_id, user_name
			from mart_flow order by practice_position, flow, org_id, account_id, user_name`, func(scan marts.Scan) error {
			var u FlowUser
			err := scan(&u.Practice, &u.Flow, &u.Organization, &u.Account, &u.User)
			t.Users = append(t.Users, u)
			return err
		})
	}
	return t, q.Err
}

// noRate is why there is no change where a rate is withheld or unknown.
const noRate = "no rate"

// newChange compares two rates of the panel; the variance is that of the
// difference of the proportions, over a number of sampling units.
func newChange(before, after Figure, variance float64, clusters int) Change {
	c := Change{Points: after.Estimate.Percent - before.Estimate.Percent}
	switch {
	case !before.Estimate.HasRate() || !after.Estimate.HasRate():
		c.None = noRate
	case math.Abs(after.unknownPercent()-before.unknownPercent()) > math.Abs(c.Points):
		c.None = "unknown users changed by more"
	case c.Points == 0 && variance == 0:
		// the first date itself, or from 0 % to 0 %: nothing shows how the sampling units differ
	case before.Estimate.NoInterval == "" && after.Estimate.NoInterval == "" && clusters > 1 && variance >= 0:
		low, high := stats.Change(c.Points/100, variance, clusters)
		c.Low, c.High, c.HasRange = 100*low, 100*high, true
	}
	return c
}

// unknownPercent is the share of unknown units in percent.
func (f Figure) unknownPercent() float64 { return f.Estimate.UpperPercent - f.Estimate.Percent }

// PanelShare is the percentage of all users at the last date who are in the
// panel. Accounts without a newer snapshot count with the users of their last.
func (t *Trend) PanelShare() float64 {
	all := t.Panel.Last + t.Added.Last + t.NoNewer.First
	if all == 0 {
		return 0
	}
	return 100 * float64(t.Panel.Last) / float64(all)
}

// From is the first date.
func (t *Trend) From() string { return t.Dates[0].Label }

// To is the last date.
func (t *Trend) To() string { return t.Dates[len(t.Dates)-1].Label }
