package report

import (
	"iamcensus/report/marts"
	"iamcensus/report/text"
)

// RulesetRow is the result of one rule of a rule set for one practice.
type RulesetRow struct {
	Practice   text.Markdown // its title
	Ruleset    string
	Rule, Unit text.Markdown // "": the rule set has no rule for the practice
	Units      Figure        // units that violate the rule, of those that it tests
	Users      Figure        // users with at least one violation, of all users
	Differs    text.Markdown // from the practice; "": not documented
}

// Ruleset is a rule set with the source of its rules.
type Ruleset struct{ Title, Source text.Markdown }

// readRulesets reads the results of all rules.
func (r *Report) readRulesets(q *marts.Reader) {
	q.Each(`select `+sumColumns+`, counted, practice_title, ruleset_id, coalesce(rule, ''), coalesce(unit, ''), coalesce(differs, '')
		from mart_ruleset order by practice_position, ruleset_position, rule, counted`, func(scan marts.Scan) error {
		var row RulesetRow
		var f Figure
		var counted string
		err := scan(f.sums(&counted, &row.Practice, &row.Ruleset, &row.Rule, &row.Unit, &row.Differs)...)
		f = f.estimated(r.Population.SamplingUnit)
		if counted == "rule" {
			row.Units = f
			r.RulesetRows = append(r.RulesetRows, row)
		} else {
			r.RulesetRows[len(r.RulesetRows)-1].Users = f
		}
		return err
	})
	q.Each("select title, source from mart_ruleset_info order by position", func(scan marts.Scan) error {
		var s Ruleset
		err := scan(&s.Title, &s.Source)
		r.Rulesets = append(r.Rulesets, s)
		return err
	})
}
