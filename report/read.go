package report

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"iamcensus/report/marts"
	"iamcensus/report/text"
)

// Read fills a report from the marts, but for its version, its parameters and
// the comparison with published figures.
func Read(ctx context.Context, db *sql.DB) (*Report, error) {
	r := &Report{Title: "Census of AWS IAM users", Caveats: caveats}
	q := marts.NewReader(ctx, db)
	p, c := &r.Population, &r.ConsoleMFA
	q.One(`select n_organizations, n_accounts, n_standalone, n_in_aws_organization, n_membership_unknown,
			n_accounts_with_users, n_snapshots, n_users, n_console_users, n_key_users, n_active_keys, sampling_unit,
			coalesce(first_captured_at, timestamp '1970-01-01'), coalesce(last_captured_at, timestamp '1970-01-01'), as_of, n_date_only
		from mart_population`,
		&p.Organizations, &p.Accounts, &p.Standalone, &p.InAWSOrganization, &p.MembershipUnknown,
		&p.AccountsWithUsers, &p.Snapshots, &p.Users, &p.ConsoleUsers, &p.KeyUsers, &p.ActiveKeys, &p.SamplingUnit, &p.First, &p.Last, &p.AsOf, &p.DateOnly)
	q.One(`select n_console_users, n_without_device, n_covered, n_not_covered, n_enforcement_unknown, n_device_unknown
		from mart_console_mfa`,
		&c.Users, &c.WithoutDevice, &c.Enforced, &c.NotEnforced, &c.EnforcementUnknown, &c.DeviceUnknown)
	r.readCoverage(q)
	r.readAWSStates(q)
	r.readDataIssues(q)
	r.Caveats = slices.Concat(caveats, p.dateOnlyCaveat(), r.AWSStates.caveat())
	q.Each("select verdict, n_accounts, n_without_device from mart_mfa_verdict order by verdict", func(scan marts.Scan) error {
		var v MFAVerdict
		err := scan(&v.Verdict, &v.Accounts, &v.WithoutDevice)
		r.MFAVerdicts = append(r.MFAVerdicts, v)
		return err
	})
	q.Each("select replace(kind, '_', ' '), n_accounts, n_entities from mart_inventory order by position", func(scan marts.Scan) error {
		var item InventoryItem
		err := scan(&item.Kind, &item.Accounts, &item.Entities)
		r.Inventory = append(r.Inventory, item)
		return err
	})
	q.Each(`select practice_id, outcome, n_users from mart_config_count order by practice_id, outcome`,
		func(scan marts.Scan) error {
			var c ConfigResult
			err := scan(&c.Practice, &c.Outcome, &c.Users)
			r.ConfigResults = append(r.ConfigResults, c)
			return err
		})
	q.Each(`select practice_id, org_id, account_id, coalesce(user_name, aws_user_id), outcome, coalesce(annotation, ''), difference
		from mart_config_agreement where outcome in ('only AWS Config', 'only iamcensus')
		order by practice_id, org_id, account_id, aws_user_id limit 50`,
		func(scan marts.Scan) error {
			var d ConfigDifference
			err := scan(&d.Practice, &d.Organization, &d.Account, &d.User, &d.Outcome, &d.Annotation, &d.Difference)
			r.ConfigDiffers = append(r.ConfigDiffers, d)
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
			err := scan(&f.Outcome, &f.Files, &f.RowsRead, &f.RowsLoaded, &f.RowsRefused)
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
	l := &r.Ledger
	q.One(`select n_files, coalesce(replace(cast(captured_until as varchar), ' ', 'T') || 'Z', ''), coalesce(sha256, '') from mart_ledger`,
		&l.Files, &l.CapturedUntil, &l.SHA256)
	r.readPractices(q)
	r.readRulesets(q)
	if q.Err == nil {
		r.Trend, q.Err = ReadTrend(ctx, db, false)
	}
	return r, q.Err
}

// readPractices reads the practices and their figures. {key_rotation.days} in
// their texts is replaced by the value of that setting.
func (r *Report) readPractices(q *marts.Reader) {
	var pairs []string
	for _, s := range r.Settings {
		pairs = append(pairs, "{"+s.ID+"}", s.List())
	}
	settings := strings.NewReplacer(pairs...)
	at := map[string]int{}
	q.Each(`select practice_id, title, finding, headline, counts, applies, unknown, why, detect, prevent from mart_practice order by position`,
		func(scan marts.Scan) error {
			var p Practice
			err := scan(&p.ID, &p.Title, &p.Finding, &p.Headline, &p.Counts, &p.Applies, &p.UnknownMeans, &p.Why, &p.Detect, &p.Prevent)
			p.Headline, p.Counts = text.Markdown(settings.Replace(string(p.Headline))), text.Markdown(settings.Replace(string(p.Counts)))
			at[p.ID] = len(r.Practices)
			r.Practices = append(r.Practices, p)
			return err
		})
	missing := r.MissingAccounts()
	q.Each(`select `+sumColumns+`, practice_id, coalesce(title, ''), figure_id, kind, value, unit, counted,
			n_spread, p10_pct, median_pct, p90_pct, top_tenth_share
		from mart_figure order by practice_id, position`, func(scan marts.Scan) error {
		var id, title string
		var f Figure
		err := scan(f.sums(&id, &title, &f.ID, &f.Kind, &f.Threshold, &f.ThresholdUnit, &f.Unit,
			&f.InSpread, &f.P10, &f.Median, &f.P90, &f.TopTenthShare)...)
		if r.Population.Accounts > 0 {
			f.MissingAccounts, f.Missing = missing, float64(missing)*float64(f.Denominator)/float64(r.Population.Accounts)
		}
		f = f.estimated(r.Population.SamplingUnit)
		switch f.Kind {
		case "root":
			r.Roots = append(r.Roots, AccountCheck{text.Markdown(settings.Replace(title)), f})
		case "password_policy":
			r.Passwords = append(r.Passwords, AccountCheck{text.Markdown(settings.Replace(title)), f})
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

// add assigns a figure to its field. Figures arrive in the order of their
// positions, so the violations over all users come first.
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
