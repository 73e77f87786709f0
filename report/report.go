// Package report turns the marts of the database into pages. It computes
// nothing but rounding, the quantiles of an interval, and drawing.
//
// Read fills a Report, every number and caveat of the summary, from the
// marts; a Renderer in Formats writes it in one form. Adding a form is a file
// and a line in that list.
package report

import (
	"context"
	"database/sql"
	"iamcensus/report/marts"
	"iamcensus/report/stats"
	"io"
	"strings"
	"time"
)

// Report is all that a page says.
type Report struct {
	Title       string
	Population  Population
	Practices   []Practice
	Console     Console
	Verdicts    []Verdict
	Roots       []AccountCheck
	Passwords   []AccountCheck
	Estate      []Estate
	Witness     []Witness
	Disagreed   []Disagreement
	RulesetRows []RulesetRow
	Rulesets    []Ruleset
	Coverage    []Coverage
	Files       []Files
	Sources     []Source
	Issues      []IssueKind
	Caveats     []string
	Settings    []Setting
	Trend       *Trend      // nil if there is only one day with snapshots
	Comparison  *Comparison // nil if nothing is to be compared with
	Recipe      Recipe      // how the report was made
}

// Figure is a count out of a count, with all that can be said of the rate.
type Figure struct {
	ID       string
	Kind     string // violations, older, within, rotating; root, password_policy
	Edge     sql.NullFloat64
	EdgeUnit sql.NullString // d or s
	Counted  string         // user or account
	Unknown  int64          // in the denominator, verdict not known
	stats.ClusterSums
	P10, Median, P90 sql.NullFloat64 // of the organizations' rates, percent
	TopTenthShare    sql.NullFloat64 // of the numerator, held by the top tenth of organizations, 0 to 1
	Missing          float64         // units that accounts which did not come may hold
}

// Population is the data set.
type Population struct {
	Organizations, Accounts, Standalone, InAWSOrganization, MembershipUnknown int64
	AccountsWithUsers, Snapshots                                              int64
	Users, ConsoleUsers, KeyUsers, ActiveKeys                                 int64
	First, Last                                                               time.Time // captured_at
	AsOf                                                                      sql.NullTime
}

// Practice is one practice over the whole population.
type Practice struct {
	ID, Title, Finding, Headline, Counts, Applies, UnknownMeans string
	Why, Detect, Prevent                               string
	OverAll                                            Figure // violations, over all users
	OverApplicable                                     Figure // the same, over the users to whom it applies
	Tiers                                              []Figure
	Rotating                                           *Figure // users whose second key may be a rotation under way
	Oldest                                             []Oldest
}

// Oldest is the earliest of some dates.
type Oldest struct {
	ID string
	At sql.NullTime
}

// Console is what is known of the console users' MFA.
type Console struct {
	Users, WithoutDevice, Covered, NotCovered, EnforcementUnknown, DeviceUnknown int64
}

// Verdict is what service control policies demand of some accounts.
type Verdict struct {
	Verdict                 string
	Accounts, WithoutDevice int64
}

// AccountCheck is one check of accounts.
type AccountCheck struct {
	Title string
	Figure
}

// Estate counts the things of one kind.
type Estate struct {
	Kind               string
	Accounts, Entities int64
}

// Witness counts the users of one practice by whether AWS Config agrees.
type Witness struct {
	Practice, Outcome string
	Users             int64
}

// Disagreement is one user of whom AWS Config says otherwise.
type Disagreement struct {
	Practice, Organization, Account, User, Outcome, Annotation, Difference string
}

// Coverage is what arrived of one organization's accounts.
type Coverage struct {
	Organization                       string
	Expected                           sql.NullInt64
	Received, TooOld, Refused, Missing int64
}

// Source is what manifests say of where the data come from.
type Source struct {
	Note     string
	Accounts int64
}

// Files counts what became of the files.
type Files struct {
	Outcome                                 string
	Files, RowsRead, RowsLoaded, RowsRefuse int64
}

// IssueKind counts the issues of one kind.
type IssueKind struct {
	Kind                       string
	Issues, Files, RowsRefused int64
	Remedy                     string
}

// Setting is one threshold or tier edge that was used.
type Setting struct {
	ID      string    `json:"id"`
	Values  []float64 `json:"values"`
	Unit    string    `json:"unit"`
	Meaning string    `json:"-"`
}

// Renderer writes a report in one form.
type Renderer func(w io.Writer, r *Report) error

// Format is one form of the report.
type Format struct {
	Name   string
	Suffix string // of files in this form
	Render Renderer
}

// Formats are the forms of the report; the first is the default.
var Formats = []Format{
	{"md", ".md", renderMarkdown},
	{"json", ".json", renderJSON},
}

// Read fills the report from the marts.
func Read(ctx context.Context, db *sql.DB) (*Report, error) {
	r := &Report{Title: "Census of AWS IAM users", Caveats: caveats}
	q := marts.NewReader(ctx, db)
	p, c := &r.Population, &r.Console
	q.One(`select n_organizations, n_accounts, n_standalone, n_in_aws_organization, n_membership_unknown,
			n_accounts_with_users, n_snapshots, n_users, n_console_users, n_key_users, n_active_keys,
			coalesce(first_captured_at, timestamp '1970-01-01'), coalesce(last_captured_at, timestamp '1970-01-01'), as_of
		from mart_population`,
		&p.Organizations, &p.Accounts, &p.Standalone, &p.InAWSOrganization, &p.MembershipUnknown,
		&p.AccountsWithUsers, &p.Snapshots, &p.Users, &p.ConsoleUsers, &p.KeyUsers, &p.ActiveKeys, &p.First, &p.Last, &p.AsOf)
	q.One(`select n_console_users, n_without_device, n_covered, n_not_covered, n_enforcement_unknown, n_device_unknown
		from mart_console_mfa`,
		&c.Users, &c.WithoutDevice, &c.Covered, &c.NotCovered, &c.EnforcementUnknown, &c.DeviceUnknown)
	q.Each(`select org_id, n_expected, n_received, n_too_old, n_refused, coalesce(n_missing, 0) from mart_coverage order by org_id`,
		func(scan marts.Scan) error {
			var v Coverage
			err := scan(&v.Organization, &v.Expected, &v.Received, &v.TooOld, &v.Refused, &v.Missing)
			r.Coverage = append(r.Coverage, v)
			return err
		})
	q.Each("select verdict, n_accounts, n_without_device from mart_mfa_verdict order by verdict", func(scan marts.Scan) error {
		var v Verdict
		err := scan(&v.Verdict, &v.Accounts, &v.WithoutDevice)
		r.Verdicts = append(r.Verdicts, v)
		return err
	})
	q.Each("select replace(kind, '_', ' '), n_accounts, n_entities from mart_inventory order by position", func(scan marts.Scan) error {
		var e Estate
		err := scan(&e.Kind, &e.Accounts, &e.Entities)
		r.Estate = append(r.Estate, e)
		return err
	})
	q.Each(`select practice_id, outcome, n_users from mart_config_count order by practice_id, outcome`,
		func(scan marts.Scan) error {
			var w Witness
			err := scan(&w.Practice, &w.Outcome, &w.Users)
			r.Witness = append(r.Witness, w)
			return err
		})
	q.Each(`select practice_id, org_id, account_id, coalesce(user_name, aws_user_id), outcome, coalesce(annotation, ''), difference
		from mart_config_agreement where outcome in ('only AWS Config', 'only iamcensus')
		order by practice_id, org_id, account_id, aws_user_id limit 50`,
		func(scan marts.Scan) error {
			var d Disagreement
			err := scan(&d.Practice, &d.Organization, &d.Account, &d.User, &d.Outcome, &d.Annotation, &d.Difference)
			r.Disagreed = append(r.Disagreed, d)
			return err
		})
	q.Each("select source_note, n_accounts from mart_source order by n_accounts desc, source_note limit 10", func(scan marts.Scan) error {
		var s Source
		err := scan(&s.Note, &s.Accounts)
		r.Sources = append(r.Sources, s)
		return err
	})
	q.Each(`select outcome, n_files, n_rows_read, n_rows_loaded, n_rows_refused from mart_file order by outcome`,
		func(scan marts.Scan) error {
			var f Files
			err := scan(&f.Outcome, &f.Files, &f.RowsRead, &f.RowsLoaded, &f.RowsRefuse)
			r.Files = append(r.Files, f)
			return err
		})
	q.Each("select kind, n_issues, n_files, n_rows_refused, remedy from mart_issue order by n_rows_refused desc, n_issues desc, kind",
		func(scan marts.Scan) error {
			var i IssueKind
			err := scan(&i.Kind, &i.Issues, &i.Files, &i.RowsRefused, &i.Remedy)
			r.Issues = append(r.Issues, i)
			return err
		})
	q.Each("select setting_id, value, unit, meaning from mart_setting order by setting_id, position", func(scan marts.Scan) error {
		s := Setting{Values: []float64{0}}
		err := scan(&s.ID, &s.Values[0], &s.Unit, &s.Meaning)
		if last := len(r.Settings) - 1; last >= 0 && r.Settings[last].ID == s.ID {
			r.Settings[last].Values = append(r.Settings[last].Values, s.Values[0])
		} else {
			r.Settings = append(r.Settings, s)
		}
		return err
	})
	r.practices(q)
	r.readRulesets(q)
	if q.Err == nil {
		r.Trend, q.Err = ReadTrend(ctx, db, false)
	}
	return r, q.Err
}

// practices reads the practices. {key_rotation.days} in their texts stands for
// the setting that was used.
func (r *Report) practices(q *marts.Reader) {
	var pairs []string
	for _, s := range r.Settings {
		pairs = append(pairs, "{"+s.ID+"}", s.List())
	}
	used := strings.NewReplacer(pairs...)
	at := map[string]int{}
	q.Each(`select practice_id, title, finding, headline, counts, applies, unknown, why, detect, prevent from mart_practice order by position`,
		func(scan marts.Scan) error {
			var p Practice
			err := scan(&p.ID, &p.Title, &p.Finding, &p.Headline, &p.Counts, &p.Applies, &p.UnknownMeans, &p.Why, &p.Detect, &p.Prevent)
			p.Headline, p.Counts = used.Replace(p.Headline), used.Replace(p.Counts)
			at[p.ID] = len(r.Practices)
			r.Practices = append(r.Practices, p)
			return err
		})
	missing := float64(r.MissingAccounts())
	q.Each(`select practice_id, coalesce(title, ''), figure_id, kind, value, unit, counted, n_organizations, numerator, denominator, n_unknown,
			sum_yy, sum_yn, sum_nn, p10_pct, median_pct, p90_pct, top_tenth_share
		from mart_figure order by practice_id, position`, func(scan marts.Scan) error {
		var id, title string
		var f Figure
		err := scan(&id, &title, &f.ID, &f.Kind, &f.Edge, &f.EdgeUnit, &f.Counted, &f.Organizations, &f.Numerator, &f.Denominator, &f.Unknown,
			&f.SumYY, &f.SumYN, &f.SumNN, &f.P10, &f.Median, &f.P90, &f.TopTenthShare)
		if r.Population.Accounts > 0 {
			f.Missing = missing * float64(f.Denominator) / float64(r.Population.Accounts)
		}
		switch f.Kind {
		case "root":
			r.Roots = append(r.Roots, AccountCheck{used.Replace(title), f})
		case "password_policy":
			r.Passwords = append(r.Passwords, AccountCheck{used.Replace(title), f})
		default:
			r.Practices[at[id]].add(f)
		}
		return err
	})
	q.Each("select practice_id, figure_id, oldest_at from mart_oldest order by figure_id", func(scan marts.Scan) error {
		var id string
		var o Oldest
		err := scan(&id, &o.ID, &o.At)
		p := &r.Practices[at[id]]
		p.Oldest = append(p.Oldest, o)
		return err
	})
}

// add puts a figure into its place; they come in the order of their positions.
func (p *Practice) add(f Figure) {
	switch {
	case f.Kind == "rotating":
		p.Rotating = &f
	case f.Kind != "violations":
		p.Tiers = append(p.Tiers, f)
	case p.OverAll.ID == "":
		p.OverAll = f
	default:
		p.OverApplicable = f
	}
}

// caveats hold for every report: they are about the data that AWS gives.
var caveats = []string{
	"`last_rotated` is the creation of the current key. A first key that was rotated since leaves no trace, so the figures of *no access key is made together with its user* are lower bounds.",
	"AWS records the use of passwords since 2014-10-20 and of access keys since 2015-04-22. A use before these days looks like no use at all.",
	"Between 2018-05-03 and 2018-05-23 AWS did not record the use of passwords; the date shown is the one before.",
	"A console user without a device in an account where nobody knows what the organization enforces is between 0 and 1 violations: the lower bound counts none of them, the upper bound all.",
	"A credential report may be up to four hours older than its time says, and knows two access keys at the most; it says that an MFA device is assigned, not which kind.",
	"The users come from organizations that handed their data over. They are not a random sample of all users of AWS.",
}
