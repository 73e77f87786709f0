package report

import "iamcensus/report/marts"

// RulesetRow is the result of one rule of a rule set for one practice.
type RulesetRow struct {
	Practice, Ruleset string
	Rule, Unit        string // "": the rule set has no rule for the practice
	Numerator         int64  // units that violate the rule
	Denominator       int64  // units that the rule tests
	Unknown           int64  // units
	Users, AllUsers   int64  // users with at least one violation, and all users
	Differs           string // from the practice; "": not documented
}

// Ruleset is a rule set with the source of its rules.
type Ruleset struct{ Title, Source string }

// readRulesets reads the results of all rules.
func (r *Report) readRulesets(q *marts.Reader) {
	q.Each(`select practice_title, ruleset_id, coalesce(rule, ''), coalesce(unit, ''),
			numerator, denominator, n_unknown, n_users_in_violation, n_users, coalesce(differs, '')
		from mart_ruleset order by practice_position, ruleset_position, rule`, func(scan marts.Scan) error {
		var row RulesetRow
		err := scan(&row.Practice, &row.Ruleset, &row.Rule, &row.Unit,
			&row.Numerator, &row.Denominator, &row.Unknown, &row.Users, &row.AllUsers, &row.Differs)
		r.RulesetRows = append(r.RulesetRows, row)
		return err
	})
	q.Each("select title, source from mart_ruleset_info order by position", func(scan marts.Scan) error {
		var s Ruleset
		err := scan(&s.Title, &s.Source)
		r.Rulesets = append(r.Rulesets, s)
		return err
	})
}
