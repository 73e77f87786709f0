package report

import (
	"fmt"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"io"
	"slices"
	"strings"
)

// renderTrendMarkdown writes the trend as a page of its own.
func renderTrendMarkdown(w io.Writer, t *Trend) error {
	_, err := fmt.Fprintf(w, "# Difference between %s and %s\n\n%s", t.FromInText(), t.ToInText(), t.Markdown())
	return err
}

// Markdown writes the trend without a heading.
func (t *Trend) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Accounts that are added or removed change a rate although no user changed. Rates and flows therefore cover the panel only: "+
		"the accounts with a snapshot at or before %s and a newer one at or before %s. At each date the newest snapshot of each account counts; "+
		"ages are measured at the time of that snapshot.\n\n%s\n", t.FromInText(), t.ToInText(), t.panelTable())
	if t.Panel.Accounts == 0 {
		b.WriteString("There is no trend: no account has snapshots for both dates.\n")
		return b.String()
	}
	fmt.Fprintf(&b, "Users of the panel: %s at both dates, %s only at the first, %s only at the last. "+
		"A user is identified by account and name. A renamed user counts as gone and new; a user deleted and created again under the same name counts as the same user (%s).\n\n",
		text.Count(t.Panel.Both), text.Count(t.Panel.First-t.Panel.Both), text.Count(t.Panel.Last-t.Panel.Both), text.Quantity(t.Panel.Recreated, "user"))
	fmt.Fprintf(&b, "%s\n%s\n", t.dateTable(), t.rateTable())
	fmt.Fprintf(&b, "A rate is over all users of the panel at its date. The panel has %s of all users at %s. "+
		"The change is relative to %s, in percentage points, from unrounded rates, with its 95 %% interval over the organizations of the panel if there are at least %d. "+
		"No change is printed where the share of unknown users changed by more.", text.Percent(t.PanelShare()), t.ToInText(), t.FromInText(), stats.MinOrganizations)
	if reasons := t.withheld(); len(reasons) > 0 {
		fmt.Fprintf(&b, " Rates withheld: %s.", strings.Join(reasons, "; "))
	}
	fmt.Fprintf(&b, "\n\n%s\n", t.flowTable())
	b.WriteString("A violation at the first date is, at the last date, fixed (the user no longer violates), gone (the user no longer exists), unknown or still open. " +
		"A violation at the last date is still open, new, of a new user, or was unknown before. New violations occur without any change to a user, because keys age.\n")
	if t.Users != nil {
		b.WriteString("\n" + t.userTable())
	}
	return b.String()
}

func (t *Trend) panelTable() string {
	row := func(what string, p PanelPart, first, last string) []string {
		return []string{what, text.Count(p.Accounts), first, last}
	}
	return text.Table([]string{"Group", "Accounts#", "Users " + t.FromInText() + "#", "Users " + t.ToInText() + "#"}, [][]string{
		row("Panel", t.Panel, text.Count(t.Panel.First), text.Count(t.Panel.Last)),
		row("Added: first snapshot after "+t.FromInText(), t.Added, "", text.Count(t.Added.Last)),
		row("No newer snapshot: removed, or not captured again", t.NoNewer, text.Count(t.NoNewer.First), ""),
	})
}

func (t *Trend) dateTable() string {
	var rows [][]string
	for _, d := range t.Dates {
		rows = append(rows, []string{text.Cell(d.Label), text.Count(d.Newer), text.Count(t.Panel.Accounts - d.Newer), d.snapshots()})
	}
	return text.Table([]string{"Date", "Accounts captured#", "Carried forward#", "Snapshots"}, rows)
}

// snapshots writes when the snapshots that count were captured.
func (d TrendDate) snapshots() string {
	if d.First == nil || d.Last == nil {
		return "none"
	}
	return Population{First: *d.First, Last: *d.Last}.When()
}

func (t *Trend) rateTable() string {
	var rows [][]string
	for _, p := range t.Practices {
		name := string(p.Finding) // in the first row of the practice only
		for i, f := range p.Rates {
			rows = append(rows, []string{name, text.Cell(t.Dates[i].Label), text.Count(f.Numerator), text.Count(f.Denominator), f.Rate(), p.change(i), text.Count(f.Unknown)})
			name = ""
		}
	}
	return text.Table([]string{"Finding", "Date", "Violations#", "Users#", "Rate#", "Change#", "Unknown#"}, rows)
}

// change writes the change at a date; empty for the first itself.
func (p TrendPractice) change(i int) string {
	c := p.Changes[i]
	switch {
	case i == 0 || c.None == noRate:
		return ""
	case c.None != "":
		return "none: " + string(c.None)
	case c.HasRange:
		return text.Points(c.Points) + " (" + text.PointsRange(c.Low, c.High) + ")"
	}
	return text.Points(c.Points)
}

// withheld lists the reasons for withheld rates, each once.
func (t *Trend) withheld() []string {
	var reasons []string
	for _, p := range t.Practices {
		for _, f := range p.Rates {
			if reason := f.Estimate.Withheld; reason != "" && !slices.Contains(reasons, reason) {
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
		row := []string{string(p.Finding)}
		for _, n := range []int64{
			p.Rates[0].Numerator, f.Fixed, f.Gone, f.UnknownNow, f.StillOpen, f.New, f.NewUser, f.UnknownBefore, p.Rates[len(p.Rates)-1].Numerator,
		} {
			row = append(row, text.Count(n))
		}
		rows = append(rows, row)
	}
	return text.Table([]string{"Finding", t.FromInText() + "#", "Fixed#", "Gone#", "Unknown now#", "Still open#", "New#", "Of new users#", "Unknown before#", t.ToInText() + "#"}, rows)
}

func (t *Trend) userTable() string {
	var rows [][]string
	for _, u := range t.Users {
		rows = append(rows, []string{text.Code(u.Practice), text.Code(u.Flow), text.Cell(u.Organization), text.Cell(u.Account), text.Cell(u.User)})
	}
	return text.Table([]string{"Practice", "Flow", "Organization", "Account", "User"}, rows)
}

// FromInText is the first date.
func (t *Trend) FromInText() string { return text.Cell(t.From()) }

// ToInText is the last date.
func (t *Trend) ToInText() string { return text.Cell(t.To()) }
