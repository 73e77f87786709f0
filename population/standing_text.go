package population

import (
	"fmt"
	"iamcensus/report"
	"iamcensus/report/text"
	"strings"
)

// Markdown writes the standing as a page.
func (s *Standing) Markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Where %s\n\n", s.whoStands())
	fmt.Fprintf(&b, "%s, beside those of *%s*: %s.\n\n", holdings(s.Users, s.Accounts), text.Escape(s.Population.Title), s.Population.size())
	b.WriteString(s.placeTable())
	b.WriteString("\nEach figure counts violations: a lower rate is better. What the data cannot say is unknown. In the rates it counts as no violation, here and there; a place from one to another has all of the own unknown ones as violations, and none.")
	if s.hasSpread() {
		fmt.Fprintf(&b, " *Better than* is the share of the population's organizations with a higher rate, *level with* the share with the same rate in whole percent; of the organizations with at least %d units, and linear between their deciles.", minUnits)
	} else {
		b.WriteString(" The population comes without the spread over its organizations (the article printed none), so only the rates can be held against each other. Figures that the population does not have are left out.")
	}
	fmt.Fprintf(&b, "\n\n## What would move it most\n\n%s", s.moveTable())
	b.WriteString("\nSo many users must be fixed until the rate of violations over all users is not above that of the population, nor above that of its organization in the middle, nor above that of its best tenth. A fixed user stays a user: whoever deletes users needs a few more. *None* is where the population does not say it.\n")
	if len(s.FixFirst) > 0 {
		fmt.Fprintf(&b, "\n## Whom to fix first\n\n%s\nThose with the most violations, and of these the ones whose password or key is old or unused for longest.\n", s.userTable())
	}
	fmt.Fprintf(&b, "\n## Thresholds\n\nThose of the population.\n\n%s", report.SettingTable(s.Settings))
	return b.String()
}

// whoStands names the organization.
func (s *Standing) whoStands() string {
	switch {
	case s.Organization != "":
		return text.Escape(s.Organization) + " stands"
	case s.Organizations == 1:
		return "this organization stands"
	}
	return "these " + text.Count(s.Organizations) + " organizations stand, taken as one"
}

func holdings(users, accounts int64) string {
	return text.Count(users) + " IAM users in " + text.Count(accounts) + " AWS accounts"
}

// size is that of the population, as far as it says it.
func (p StandingAmong) size() string {
	var parts []string
	for _, part := range []struct {
		n    *int64
		what string
	}{{p.Users, "IAM users"}, {p.Accounts, "AWS accounts"}, {&p.Organizations, "organizations"}} {
		if part.n != nil && *part.n > 0 {
			parts = append(parts, text.Count(*part.n)+" "+part.what)
		}
	}
	when := text.Escape(p.FirstCaptured)
	if p.LastCaptured != p.FirstCaptured {
		when += " to " + text.Escape(p.LastCaptured)
	}
	return strings.Join(append(parts, "as of "+when), ", ")
}

func (s *Standing) hasSpread() bool {
	for _, p := range s.Places {
		if p.Peers != nil && len(p.Peers.Deciles) > 0 {
			return true
		}
	}
	return false
}

// placeTable leaves out the figures that the population does not have, and
// the columns that need a spread where there is none.
func (s *Standing) placeTable() string {
	names := []string{"Figure", "Own#", "Own rate#", "Unknown#", "Population#", "Place"}
	if s.hasSpread() {
		names = []string{"Figure", "Own#", "Own rate#", "Unknown#", "Population#", "Unknown there#", "Median there#", "Place"}
	}
	var rows [][]string
	for _, p := range s.Places {
		if p.Peers == nil {
			continue
		}
		row := []string{"`" + p.ID + "`", p.Of(), p.Rate(), text.Count(p.Unknown), p.Peers.rate()}
		if s.hasSpread() {
			row = append(row, p.Peers.unknown(), p.Peers.median())
		}
		rows = append(rows, append(row, p.Where()))
	}
	return text.Table(names, rows)
}

func (s *Standing) moveTable() string {
	var rows [][]string
	for _, m := range s.Moves {
		rows = append(rows, []string{text.Escape(m.Title), text.Count(m.Violations), orNone(m.ToRate), orNone(m.ToMedian), orNone(m.ToBest)})
	}
	return text.Table([]string{"Practice", "Violations#", "Fix for the rate#", "for the median#", "for the best tenth#"}, rows)
}

func orNone(n *int64) string {
	if n == nil {
		return "none"
	}
	return text.Count(*n)
}

func (s *Standing) userTable() string {
	var rows [][]string
	for _, u := range s.FixFirst {
		oldest := "none"
		if u.OldestDays != nil {
			oldest = text.Count(*u.OldestDays) + " d"
		}
		rows = append(rows, []string{
			text.Escape(u.Organization), text.Escape(u.Account), text.Escape(u.User),
			text.Count(int64(len(u.Practices))), "`" + strings.Join(u.Practices, "`, `") + "`", oldest,
		})
	}
	return text.Table([]string{"Organization", "Account", "User", "Violations#", "Of", "Oldest#"}, rows)
}
