package report

import (
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"strings"
)

// RulesetRow is one practice under one rule of a rule set.
type RulesetRow struct {
	Practice, Ruleset string
	Rule, Unit        string // "": the rule set has no rule, or nothing under test
	Numerator         int64
	Denominator       int64 // units under test
	Unknown           int64
	Users, AllUsers   int64 // users with at least one violation, and all users
	Differs           string
}

// Ruleset is where the rules of a rule set were read.
type Ruleset struct{ Title, Source string }

// readRulesets fills the table of the same data under the rules of others.
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

// RulesetTable is one practice under all rule sets.
type RulesetTable struct {
	Practice string
	Markdown string
	Notes    []string // why the numbers differ
}

// RulesetTables are the rows of each practice.
func (r *Report) RulesetTables() []RulesetTable {
	var tables []RulesetTable
	var rows [][]string
	for i, row := range r.RulesetRows {
		if i == 0 || row.Practice != r.RulesetRows[i-1].Practice {
			tables = append(tables, RulesetTable{Practice: row.Practice})
			rows = nil
		}
		t := &tables[len(tables)-1]
		rows = append(rows, row.cells())
		t.Markdown = text.Table([]string{"Rule set", "Rule", "Unit", "Violations#", "Under test#", "Rate#", "Unknown#", "Users hit#", "of all users#"}, rows)
		if note := "`" + row.Ruleset + "`: " + strings.TrimSuffix(row.Differs, ".") + "."; row.Differs != "" && (len(t.Notes) == 0 || t.Notes[len(t.Notes)-1] != note) {
			t.Notes = append(t.Notes, note)
		}
	}
	return tables
}

func (row RulesetRow) cells() []string {
	name := "`" + row.Ruleset + "`"
	if row.Rule == "" {
		return []string{name, "none", "", "", "", "", "", "", ""}
	}
	return []string{
		name, row.Rule, row.Unit, text.Count(row.Numerator), text.Count(row.Denominator), share(row.Numerator, row.Denominator),
		text.Count(row.Unknown), text.Count(row.Users), share(row.Users, row.AllUsers),
	}
}

// share is a rate of units for which there is no interval.
func share(part, whole int64) string {
	if whole == 0 {
		return "none"
	}
	return text.Percent(100 * float64(part) / float64(whole))
}
