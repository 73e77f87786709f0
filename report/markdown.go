package report

import (
	"iamcensus/report/text"

	_ "embed"
	"io"
	"regexp"
	"strconv"
	"strings"
	"text/template"
	"time"
)

//go:embed markdown.tmpl
var markdownText string

// markdown is the page; the tables come from the functions below, for their
// columns must line up.
var markdown = template.Must(template.New("markdown").Funcs(template.FuncMap{
	"count": text.Count, "day": text.Day, "plain": text.Escape,
	"practiceTable": practiceTable, "spreadTable": spreadTable, "tierTable": tierTable, "checkTable": checkTable, "verdictTable": verdictTable, "estateTable": estateTable,
	"witnessTable": witnessTable, "disagreementTable": disagreementTable,
	"coverageTable": coverageTable, "fileTable": fileTable, "issueTable": issueTable,
	"settingTable": SettingTable, "comparisonTable": comparisonTable, "datasetTable": datasetTable,
}).Parse(markdownText))

func renderMarkdown(w io.Writer, r *Report) error {
	var page strings.Builder
	if err := markdown.Execute(&page, r); err != nil {
		return err
	}
	_, err := io.WriteString(w, emptyLines.ReplaceAllString(page.String(), "\n\n"))
	return err
}

// emptyLines are what absent parts of the template leave behind.
var emptyLines = regexp.MustCompile(`\n{3,}`)

// OverYear is the tier of a year over all users, for the headline; nil if
// there is none.
func (p Practice) OverYear() *Figure {
	for i, t := range p.Tiers {
		if t.Edge.Float64 == 365 && t.EdgeUnit.String == "d" && t.Denominator == p.OverAll.Denominator {
			return &p.Tiers[i]
		}
	}
	return nil
}

// Between writes the bounds.
func (f Figure) Between() string {
	low, high := f.Bounds()
	return text.Percent(low) + " and " + text.Percent(high)
}

// Doubts lists why intervals are missing or deserve less trust, and why rates
// are withheld, each reason once, with the figures that it holds for.
func (r *Report) Doubts() []string {
	var reasons []string
	figures := map[string][]string{}
	note := func(reason, id string) {
		if reason == "" {
			return
		}
		if figures[reason] == nil {
			reasons = append(reasons, reason)
		}
		figures[reason] = append(figures[reason], "`"+id+"`")
	}
	for _, f := range r.Figures() {
		e := f.Estimate()
		switch {
		case e.Withheld != "":
			note("Rate withheld: "+e.Withheld, f.ID)
		case e.NoInterval != "":
			note("No interval: "+e.NoInterval, f.ID)
		case e.Caveat != "":
			note("Marked with an asterisk: "+e.Caveat, f.ID)
		}
	}
	for i, reason := range reasons {
		reasons[i] = strings.ToUpper(reason[:1]) + reason[1:] + ": " + strings.Join(figures[reason], ", ") + "."
	}
	return reasons
}

// When is the time of the snapshots: a day, or the days between which they lie.
func (p Population) When() string {
	first, last := p.First.Format(time.DateOnly), p.Last.Format(time.DateOnly)
	if first == last {
		return first
	}
	return first + " to " + last
}

// MissingAccounts counts the accounts that were expected and did not come.
func (r *Report) MissingAccounts() (missing int64) {
	for _, c := range r.Coverage {
		missing += c.Missing
	}
	return missing
}

func datasetTable(r *Report) string {
	p := r.Population
	row := func(what string, n int64) []string { return []string{what, text.Count(n)} }
	return text.Table([]string{"", "Count#"}, [][]string{
		row("Organizations", p.Organizations),
		row("AWS accounts", p.Accounts),
		row("of them standalone", p.Standalone),
		row("of them in an AWS Organization", p.InAWSOrganization),
		row("of them not known", p.MembershipUnknown),
		row("AWS accounts with IAM users", p.AccountsWithUsers),
		row("IAM users", p.Users),
		row("of them with a console password", p.ConsoleUsers),
		row("of them with an active access key", p.KeyUsers),
		row("Active access keys", p.ActiveKeys),
	})
}

func practiceTable(r *Report) string {
	var rows [][]string
	for i, p := range r.Practices {
		rows = append(rows, []string{
			strconv.Itoa(i + 1), p.Title, text.Count(p.OverAll.Numerator), p.OverAll.Rate(), p.OverAll.Interval(),
			text.Count(p.OverApplicable.Denominator), p.OverApplicable.Rate(), p.OverApplicable.Interval(), text.Count(p.OverAll.Unknown),
		})
	}
	return text.Table([]string{"No.#", "Practice", "Violations#", "of all users#", "95 % interval#", "Applicable#", "of applicable#", "95 % interval#", "Unknown#"}, rows)
}

// spreadTable is what the total hides: how organizations differ.
func spreadTable(r *Report) string {
	var rows [][]string
	for _, p := range r.Practices {
		for _, f := range []Figure{p.OverAll, p.OverApplicable} {
			deff := "none"
			if e := f.Estimate(); e.DesignEffect > 0 {
				deff = strconv.FormatFloat(text.Round(e.DesignEffect, 1), 'f', 1, 64)
			}
			rows = append(rows, []string{"`" + f.ID + "`", text.Count(int64(f.Organizations)), f.Spread(), f.TopTenth(), deff})
		}
	}
	return text.Table([]string{"Figure", "Organizations#", "10 % / median / 90 %#", "Top tenth holds#", "Design effect#"}, rows)
}

func tierTable(p Practice) string {
	name := "Age"
	if len(p.Tiers) > 0 && p.Tiers[0].Kind == "within" {
		name = "Distance"
	}
	var rows [][]string
	for _, t := range p.Tiers {
		rows = append(rows, append([]string{t.Label()}, t.cells()...))
	}
	return text.Table([]string{name, "Users#", "Out of#", "Rate#", "95 % interval#", "Unknown#"}, rows)
}

func (f Figure) cells() []string {
	return []string{text.Count(f.Numerator), text.Count(f.Denominator), f.Rate(), f.Interval(), text.Count(f.Unknown)}
}

func checkTable(checks []AccountCheck) string {
	var rows [][]string
	for _, check := range checks {
		rows = append(rows, append([]string{check.Title}, check.cells()...))
	}
	return text.Table([]string{"Check", "Accounts#", "Out of#", "Rate#", "95 % interval#", "Unknown#"}, rows)
}

// verdictTable is what service control policies demand of MFA.
func verdictTable(r *Report) string {
	var rows [][]string
	for _, v := range r.Verdicts {
		rows = append(rows, []string{"`" + v.Verdict + "`", verdictMeaning[v.Verdict], text.Count(v.Accounts), text.Count(v.WithoutDevice)})
	}
	return text.Table([]string{"Verdict", "Meaning", "Accounts#", "Console users without a device#"}, rows)
}

var verdictMeaning = map[string]string{
	"full":         "no call without MFA, from the console or with a key",
	"console_only": "no call without MFA from the console; keys pass",
	"partial":      "some calls need MFA",
	"none":         "no policy asks for MFA",
	"exempt":       "the management account, which no policy binds",
	"not_in_org":   "standalone: there are no policies",
	"unknown":      "the snapshots do not say",
}

func estateTable(r *Report) string {
	var rows [][]string
	for _, e := range r.Estate {
		rows = append(rows, []string{text.Escape(e.Kind), text.Count(e.Entities), text.Count(e.Accounts)})
	}
	return text.Table([]string{"Kind", "Entities#", "Accounts that tell#"}, rows)
}

// Entities is the size of the whole estate.
func (r *Report) Entities() (n int64) {
	for _, e := range r.Estate {
		n += e.Entities
	}
	return n
}

func witnessTable(r *Report) string {
	var rows [][]string
	for _, w := range r.Witness {
		rows = append(rows, []string{"`" + w.Practice + "`", w.Outcome, text.Count(w.Users)})
	}
	return text.Table([]string{"Practice", "Outcome", "Users#"}, rows)
}

func disagreementTable(r *Report) string {
	var rows [][]string
	for _, d := range r.Disagreed {
		why := d.Difference
		if d.Annotation != "" {
			why = d.Annotation + "; " + why
		}
		rows = append(rows, []string{"`" + d.Practice + "`", text.Escape(d.Organization), text.Escape(d.Account), text.Escape(d.User), d.Outcome, text.Escape(why)})
	}
	return text.Table([]string{"Practice", "Organization", "Account", "User", "Violation for", "Why they may differ"}, rows)
}

// coverageTable lists the organizations with a gap, and all of them in one row.
func coverageTable(r *Report) string {
	row := func(name, expected string, c Coverage) []string {
		return []string{name, expected, text.Count(c.Received), text.Count(c.Missing), text.Count(c.Refused), text.Count(c.TooOld)}
	}
	total, expected, silent := Coverage{}, int64(0), false
	var rows [][]string
	for _, c := range r.Coverage {
		total.Received += c.Received
		total.Missing += c.Missing
		total.Refused += c.Refused
		total.TooOld += c.TooOld
		said := "not said"
		if silent = silent || !c.Expected.Valid; c.Expected.Valid {
			expected += c.Expected.Int64
			said = text.Count(c.Expected.Int64)
		}
		if c.Missing+c.Refused+c.TooOld > 0 {
			rows = append(rows, row(text.Escape(c.Organization), said, c))
		}
	}
	all := text.Count(expected)
	if silent {
		all = "at least " + text.Count(expected+silentReceived(r.Coverage))
	}
	return text.Table([]string{"Organization", "Expected#", "Received#", "Missing#", "Refused#", "Too old#"},
		append(rows, row("All "+text.Count(int64(len(r.Coverage))), all, total)))
}

// silentReceived counts the accounts of organizations that do not say how
// many there are: at least those that came.
func silentReceived(all []Coverage) (n int64) {
	for _, c := range all {
		if !c.Expected.Valid {
			n += c.Received
		}
	}
	return n
}

func fileTable(r *Report) string {
	var rows [][]string
	for _, f := range r.Files {
		rows = append(rows, []string{f.Outcome, text.Count(f.Files), text.Count(f.RowsRead), text.Count(f.RowsLoaded), text.Count(f.RowsRefuse)})
	}
	return text.Table([]string{"Files", "Count#", "Rows read#", "Rows loaded#", "Rows refused#"}, rows)
}

func issueTable(r *Report) string {
	var rows [][]string
	for _, i := range r.Issues {
		rows = append(rows, []string{"`" + i.Kind + "`", text.Count(i.Issues), text.Count(i.Files), text.Count(i.RowsRefused), text.Escape(i.Remedy)})
	}
	return text.Table([]string{"Issue", "Count#", "Files#", "Rows refused#", "What to do"}, rows)
}

func SettingTable(settings []Setting) string {
	var rows [][]string
	for _, s := range settings {
		rows = append(rows, []string{"`" + s.ID + "`", s.List(), s.Meaning})
	}
	return text.Table([]string{"Setting", "Value", "Meaning"}, rows)
}

func comparisonTable(c *Comparison) string {
	var rows [][]string
	for _, row := range c.Rows {
		rows = append(rows, append([]string{"`" + row.Published.ID + "`"}, row.cells()...))
	}
	return text.Table([]string{"Figure", "Published#", "Computed#", "Difference#"}, rows)
}

// cells are published, computed, difference.
func (c Compared) cells() []string {
	p := c.Published
	if p.Month != "" {
		if c.Equal() {
			return []string{p.Month, c.Month, "0"}
		}
		return []string{p.Month, c.Month, "differs"}
	}
	said := "not printed"
	if p.Numerator != nil && p.Denominator != nil {
		said = text.Count(*p.Numerator) + " of " + text.Count(*p.Denominator)
	}
	if p.Percent != nil {
		said += " (" + text.Number(*p.Percent) + " %)"
	}
	if c.Computed == nil {
		return []string{said, "no such figure", "not known"}
	}
	computed := c.Computed.Of() + " (" + c.Computed.Rate() + ")"
	if p.Numerator == nil || p.Denominator == nil {
		return []string{said, computed, "not known"}
	}
	difference := text.Signed(c.Computed.Numerator - *p.Numerator)
	if c.Computed.Denominator != *p.Denominator {
		difference += " of " + text.Signed(c.Computed.Denominator-*p.Denominator)
	}
	return []string{said, computed, difference}
}
