package report

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"io"
	"slices"
	"strings"
	"time"
)

// Trend compares two dates or more over the panel: the accounts that have a
// snapshot at or before the first date and a newer one by the last.
type Trend struct {
	Panel, Came, NoNewer PanelPart
	Dates                []TrendDate // at least two, the earliest first
	Practices            []TrendPractice
	Users                []FlowUser // nil: not asked for
}

// PanelPart counts accounts, and their users at the first and the last date.
type PanelPart struct {
	Accounts int64 `json:"accounts"`
	First    int64 `json:"users_first"`
	Last     int64 `json:"users_last"`
	Both     int64 `json:"users_both"`
	MadeAnew int64 `json:"users_made_anew"` // of both: deleted, and made again under the same name
}

// TrendDate is the panel at one date.
type TrendDate struct {
	Label string     `json:"date"`
	Newer int64      `json:"accounts_newer"`    // with a newer snapshot than at the date before
	First *time.Time `json:"first_captured_at"` // of the snapshots that count; nil: none does
	Last  *time.Time `json:"last_captured_at"`
}

// TrendPractice is one practice over the panel's users.
type TrendPractice struct {
	ID, Title string
	Rates     []Figure // one for each date
	Flow      Flow
}

// Flow counts what became of the users who violate a practice at the first
// date, and where those at the last date come from.
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

// ReadTrend reads the dates that were compared, and nil if there are none.
// With users, it lists the users of each flow.
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
		err := scan(&part, &p.Accounts, &p.First, &p.Last, &p.Both, &p.MadeAnew)
		*map[string]*PanelPart{"panel": &t.Panel, "came": &t.Came, "no_newer": &t.NoNewer}[part] = p
		return err
	})
	at := map[string]int{}
	q.Each("select practice_id, title from mart_practice order by position", func(scan marts.Scan) error {
		var p TrendPractice
		err := scan(&p.ID, &p.Title)
		at[p.ID] = len(t.Practices)
		t.Practices = append(t.Practices, p)
		return err
	})
	q.Each(`select practice_id, n_organizations, numerator, denominator, n_unknown, sum_yy, sum_yn, sum_nn
		from mart_panel_rate order by practice_id, position`, func(scan marts.Scan) error {
		var id string
		f := Figure{Kind: "violations", Counted: "user"}
		err := scan(&id, &f.Organizations, &f.Numerator, &f.Denominator, &f.Unknown, &f.SumYY, &f.SumYN, &f.SumNN)
		p := &t.Practices[at[id]]
		p.Rates = append(p.Rates, f)
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

// From is the first date.
func (t *Trend) From() string { return t.Dates[0].Label }

// To is the last date.
func (t *Trend) To() string { return t.Dates[len(t.Dates)-1].Label }

// Render writes the trend as a page of its own.
func (t *Trend) Render(w io.Writer) error {
	_, err := fmt.Fprintf(w, "# Difference between %s and %s\n\n%s", t.From(), t.To(), t.Markdown())
	return err
}

// Markdown writes all but a heading.
func (t *Trend) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Accounts that come or go move a rate without anybody having done anything, so rates and flows are over the panel alone: "+
		"the accounts that have a snapshot at or before %s and a newer one by %s. At each date the newest snapshot of each account counts; "+
		"ages are as of its own time.\n\n%s\n", t.From(), t.To(), t.panelTable())
	if t.Panel.Accounts == 0 {
		b.WriteString("No account can be compared with itself, so there is no trend.\n")
		return b.String()
	}
	fmt.Fprintf(&b, "Of the panel's users, %s are there at both dates, %s only at the first and %s only at the last. "+
		"A user is known by account and name: one who was renamed is gone and new, one who was deleted and made anew under the old name (%s) is still there.\n\n",
		text.Count(t.Panel.Both), text.Count(t.Panel.First-t.Panel.Both), text.Count(t.Panel.Last-t.Panel.Both), text.Count(t.Panel.MadeAnew))
	fmt.Fprintf(&b, "%s\n%s\n", t.dateTable(), t.rateTable())
	fmt.Fprintf(&b, "A rate is over all users of the panel at its date; the change is from %s, and of the rates before rounding.", t.From())
	for _, reason := range t.withheld() {
		fmt.Fprintf(&b, " Withheld: %s.", reason)
	}
	fmt.Fprintf(&b, "\n\n%s\n", t.flowTable())
	b.WriteString("Violations at the first date are fixed (the user is there and violates no more), gone with their users, unknown now or still open. " +
		"Those at the last date are still open, new, of new users, or were unknown before. A new one need not be anybody's deed: keys age by themselves.\n")
	if t.Users != nil {
		b.WriteString("\n" + t.userTable())
	}
	return b.String()
}

func (t *Trend) panelTable() string {
	row := func(what string, p PanelPart, first, last string) []string {
		return []string{what, text.Count(p.Accounts), first, last}
	}
	return text.Table([]string{"", "Accounts#", "Users " + t.From() + "#", "Users " + t.To() + "#"}, [][]string{
		row("The panel", t.Panel, text.Count(t.Panel.First), text.Count(t.Panel.Last)),
		row("Came: first snapshot after "+t.From(), t.Came, "", text.Count(t.Came.Last)),
		row("No newer snapshot: gone, or not captured again", t.NoNewer, text.Count(t.NoNewer.First), ""),
	})
}

func (t *Trend) dateTable() string {
	var rows [][]string
	for _, d := range t.Dates {
		rows = append(rows, []string{d.Label, text.Count(d.Newer), text.Count(t.Panel.Accounts - d.Newer), Population{First: *d.First, Last: *d.Last}.When()})
	}
	return text.Table([]string{"Date", "Accounts captured#", "Carried forward#", "Snapshots"}, rows)
}

func (t *Trend) rateTable() string {
	var rows [][]string
	for _, p := range t.Practices {
		title := p.Title // once: the rows below are of the same practice
		for i, f := range p.Rates {
			rows = append(rows, []string{title, t.Dates[i].Label, text.Count(f.Numerator), text.Count(f.Denominator), f.Rate(), change(p.Rates[:i+1]), text.Count(f.Unknown)})
			title = ""
		}
	}
	return text.Table([]string{"Practice", "Date", "Violations#", "Users#", "Rate#", "Change#", "Unknown#"}, rows)
}

// change writes how far the last rate is from the first, in percentage points;
// nothing for the first itself, and where a rate is withheld.
func change(rates []Figure) string {
	before, after := rates[0].Estimate(), rates[len(rates)-1].Estimate()
	if len(rates) == 1 || before.Withheld != "" || after.Withheld != "" {
		return ""
	}
	points := text.Round(after.Percent-before.Percent, 1)
	if points == 0 {
		return "0.0 points"
	}
	return fmt.Sprintf("%+.1f points", points)
}

// withheld lists why rates are not printed, each reason once.
func (t *Trend) withheld() []string {
	var reasons []string
	for _, p := range t.Practices {
		for _, f := range p.Rates {
			if reason := f.Estimate().Withheld; reason != "" && !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
		}
	}
	return reasons
}

func (t *Trend) flowTable() string {
	var rows [][]string
	for _, p := range t.Practices {
		f := p.Flow
		row := []string{p.Title}
		for _, n := range []int64{
			p.Rates[0].Numerator, f.Fixed, f.Gone, f.UnknownNow, f.StillOpen, f.New, f.NewUser, f.UnknownBefore, p.Rates[len(p.Rates)-1].Numerator,
		} {
			row = append(row, text.Count(n))
		}
		rows = append(rows, row)
	}
	return text.Table([]string{"Practice", t.From() + "#", "Fixed#", "Gone#", "Unknown now#", "Still open#", "New#", "Of new users#", "Unknown before#", t.To() + "#"}, rows)
}

func (t *Trend) userTable() string {
	var rows [][]string
	for _, u := range t.Users {
		rows = append(rows, []string{"`" + u.Practice + "`", "`" + u.Flow + "`", text.Escape(u.Organization), text.Escape(u.Account), text.Escape(u.User)})
	}
	return text.Table([]string{"Practice", "Flow", "Organization", "Account", "User"}, rows)
}

// MarshalJSON writes counts and unrounded percentages; what is withheld is null.
func (t *Trend) MarshalJSON() ([]byte, error) {
	type rate struct {
		Date        string   `json:"date"`
		Numerator   int64    `json:"numerator"`
		Denominator int64    `json:"denominator"`
		Unknown     int64    `json:"unknown"`
		Percent     *float64 `json:"percent"`
		Withheld    string   `json:"withheld,omitempty"`
	}
	type practice struct {
		ID    string `json:"id"`
		Unit  string `json:"unit"`
		Rates []rate `json:"rates"`
		Flow  Flow   `json:"flow"`
	}
	page := struct {
		From      string      `json:"from"`
		To        string      `json:"to"`
		Panel     PanelPart   `json:"panel"`
		Came      PanelPart   `json:"came"`
		NoNewer   PanelPart   `json:"no_newer_snapshot"`
		Dates     []TrendDate `json:"dates"`
		Practices []practice  `json:"practices"`
		Users     []FlowUser  `json:"users,omitzero"` // nil: not asked for, so not written
	}{From: t.From(), To: t.To(), Panel: t.Panel, Came: t.Came, NoNewer: t.NoNewer, Dates: t.Dates, Users: t.Users}
	for _, p := range t.Practices {
		out := practice{ID: p.ID, Unit: "user", Flow: p.Flow}
		for i, f := range p.Rates {
			e := f.Estimate()
			r := rate{Date: t.Dates[i].Label, Numerator: f.Numerator, Denominator: f.Denominator, Unknown: f.Unknown, Withheld: e.Withheld}
			if e.Withheld == "" {
				r.Percent = &e.Percent
			}
			out.Rates = append(out.Rates, r)
		}
		page.Practices = append(page.Practices, out)
	}
	return json.Marshal(page)
}
