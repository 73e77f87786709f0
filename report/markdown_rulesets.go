package report

import (
	"iamcensus/report/text"
	"strings"
)

// RulesetTable has the results of all rule sets for one practice.
type RulesetTable struct {
	Practice text.Markdown
	Markdown string
	Notes    []string // on the differences between the rules
}

// RulesetTables groups the rows by practice.
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
		t.Markdown = text.Table([]string{"Rule set", "Rule", "Unit", "Violations#", "Tested#", "Rate#", "Unknown#", "Users affected#", "Of all users#"}, rows)
		if note := text.Code(row.Ruleset) + ": " + strings.TrimSuffix(string(row.Differs), ".") + "."; row.Differs != "" && (len(t.Notes) == 0 || t.Notes[len(t.Notes)-1] != note) {
			t.Notes = append(t.Notes, note)
		}
	}
	return tables
}

func (row RulesetRow) cells() []string {
	name := text.Code(row.Ruleset)
	if row.Rule == "" {
		return []string{name, "none", "", "", "", "", "", "", ""}
	}
	return []string{
		name, string(row.Rule), string(row.Unit), text.Count(row.Units.Numerator), text.Count(row.Units.Denominator), row.Units.Rate(),
		text.Count(row.Units.Unknown), text.Count(row.Users.Numerator), row.Users.Rate(),
	}
}
