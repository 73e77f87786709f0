package report

import (
	"iamcensus/report/text"
	"strconv"
)

func datasetTable(r *Report) string {
	p := r.Population
	row := func(what string, n int64) []string { return []string{what, text.Count(n)} }
	return text.Table([]string{"What", "Count#"}, [][]string{
		row("Organizations", p.Organizations),
		row("AWS accounts", p.Accounts),
		row("AWS accounts, standalone", p.Standalone),
		row("AWS accounts in an AWS Organization", p.InAWSOrganization),
		row("AWS accounts, membership unknown", p.MembershipUnknown),
		row("AWS accounts with IAM users", p.AccountsWithUsers),
		row("IAM users", p.Users),
		row("IAM users with a console password", p.ConsoleUsers),
		row("IAM users with an active access key", p.KeyUsers),
		row("Active access keys", p.ActiveKeys),
	})
}

func inventoryTable(r *Report) string {
	var rows [][]string
	for _, item := range r.Inventory {
		entities := "unknown"
		if item.Entities.Valid {
			entities = text.Count(item.Entities.Int64)
		}
		rows = append(rows, []string{text.Cell(item.Kind), entities, text.Count(item.Accounts)})
	}
	return text.Table([]string{"Kind", "Entities#", "Accounts reporting#"}, rows)
}

func practiceTable(r *Report) string {
	var rows [][]string
	for i, p := range r.Practices {
		rows = append(rows, []string{
			strconv.Itoa(i + 1), string(p.Finding), text.Count(p.OverAll.Numerator), p.OverAll.Rate(), p.OverAll.Interval(),
			text.Count(p.OverApplicable.Denominator), p.OverApplicable.Rate(), p.OverApplicable.Interval(), text.Count(p.OverAll.Unknown), p.OverAll.BoundsCell(),
		})
	}
	return text.Table([]string{"No.#", "Finding", "Violations#", "Of all users#", "95 % interval#", "Applicable#", "Of applicable#", "95 % interval#", "Unknown#", "Bounds of all users#"}, rows)
}

// spreadTable shows how organizations differ.
func spreadTable(r *Report) string {
	var rows [][]string
	for _, p := range r.Practices {
		for _, f := range []Figure{p.OverAll, p.OverApplicable} {
			rows = append(rows, []string{text.Code(f.ID), text.Count(int64(f.InOrganizations)), text.Count(f.InSpread), f.SpreadCell(), f.TopTenth(), f.Deff()})
		}
	}
	return text.Table([]string{"Figure", "Organizations#", "In the spread#", "p10 / median / p90#", "Top tenth#", "Design effect#"}, rows)
}

func tierTable(p Practice) string {
	name := "Age"
	if len(p.Tiers) > 0 && p.Tiers[0].Kind == "within" {
		name = "Time apart"
	}
	var rows [][]string
	for _, t := range p.Tiers {
		rows = append(rows, append([]string{t.Label()}, t.cells()...))
	}
	return text.Table([]string{name, "Users#", "Out of#", "Rate#", "95 % interval#", "Unknown#", "Bounds#"}, rows)
}

func (f Figure) cells() []string {
	return []string{text.Count(f.Numerator), text.Count(f.Denominator), f.Rate(), f.Interval(), text.Count(f.Unknown), f.BoundsCell()}
}

func checkTable(checks []AccountCheck) string {
	var rows [][]string
	for _, check := range checks {
		rows = append(rows, append([]string{string(check.Title)}, check.cells()...))
	}
	return text.Table([]string{"Check", "Accounts#", "Out of#", "Rate#", "95 % interval#", "Unknown#", "Bounds#"}, rows)
}

func verdictTable(r *Report) string {
	var rows [][]string
	for _, v := range r.MFAVerdicts {
		rows = append(rows, []string{text.Code(v.Verdict), verdictMeaning[v.Verdict], text.Count(v.Accounts), text.Count(v.WithoutDevice)})
	}
	return text.Table([]string{"Verdict", "Meaning", "Accounts#", "Console users without a device#"}, rows)
}

// verdictMeaning says what service control policies require of an account's
// users.
var verdictMeaning = map[string]string{
	"full":         "all calls require MFA, from the console and with keys",
	"console_only": "all calls from the console require MFA; calls with keys do not",
	"partial":      "some calls require MFA",
	"none":         "no policy requires MFA",
	"exempt":       "management account: service control policies do not apply to it",
	"not_in_org":   "standalone account: no service control policies",
	"unknown":      "the snapshots do not contain the policies",
}

func configTable(r *Report) string {
	var rows [][]string
	for _, c := range r.ConfigResults {
		rows = append(rows, []string{text.Code(c.Practice), text.Cell(c.Outcome), text.Count(c.Users)})
	}
	return text.Table([]string{"Practice", "Outcome", "Users#"}, rows)
}

func configDifferenceTable(r *Report) string {
	var rows [][]string
	for _, d := range r.ConfigDiffers {
		why := d.Difference
		if d.Annotation != "" {
			why = d.Annotation + "; " + why
		}
		rows = append(rows, []string{text.Code(d.Practice), text.Cell(d.Organization), text.Cell(d.Account), text.Cell(d.User), text.Cell(d.Outcome), text.Escape(why)})
	}
	return text.Table([]string{"Practice", "Organization", "Account", "User", "Violation according to", "Possible reason"}, rows)
}

func fileTable(r *Report) string {
	var rows [][]string
	for _, f := range r.Files {
		rows = append(rows, []string{text.Cell(f.Outcome), text.Count(f.Files), text.Count(f.RowsRead), text.Count(f.RowsLoaded), text.Count(f.RowsRefused)})
	}
	return text.Table([]string{"Files", "Count#", "Rows read#", "Rows loaded#", "Rows refused#"}, rows)
}

func issueTable(r *Report) string {
	var rows [][]string
	for _, i := range r.Issues {
		rows = append(rows, []string{text.Code(i.Kind), text.Count(i.Issues), text.Count(i.Files), text.Count(i.RowsRefused), text.Escape(i.Remedy)})
	}
	return text.Table([]string{"Issue", "Count#", "Files#", "Rows refused#", "Remedy"}, rows)
}

// SettingTable lists settings with their values and meaning.
func SettingTable(settings []Setting) string {
	var rows [][]string
	for _, s := range settings {
		rows = append(rows, []string{text.Code(s.ID), s.List(), string(s.Meaning)})
	}
	return text.Table([]string{"Setting", "Value", "Meaning"}, rows)
}
