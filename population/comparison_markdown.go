package population

import (
	"fmt"
	"iamcensus/report"
	"iamcensus/report/text"
	"strings"
)

// markdown writes the comparison as a page.
func (c *Comparison) markdown() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Comparison of %s with a population\n\n", c.subject())
	fmt.Fprintf(&b, "%s in %s, compared with *%s*: %s.\n\n",
		text.Quantity(c.Users, "IAM user"), text.Quantity(c.Accounts, "AWS account"), text.Escape(c.Population.Title), c.Population.size())
	b.WriteString(c.placementTable())
	b.WriteString("\nEach figure counts violations, so a lower rate is better. Unknown units make an own rate a range, from none of them as violations to all, and the population's rate the least it can be; " +
		"a placement *from ... to ...* counts all own unknown units as violations, then none.")
	if c.hasSpread() {
		fmt.Fprintf(&b, " *Better than* is the share of the population's organizations with a higher rate, *level with* the share with the same rate in whole percent. "+
			"Both cover the organizations with at least %d units of which at most %.0f %% are unknown, as many as in the column *Placed among*, and are linear between deciles.", minUnits, 100*maxUnknown)
	} else {
		b.WriteString(" The population has no spread over organizations, so only the rates are compared. Figures that the population does not have are omitted.")
	}
	fmt.Fprintf(&b, "\n\n## Violations to fix\n\n%s", c.fixTable())
	b.WriteString("\nThe table lists how many users to fix so that the rate of known violations among all users is at most the population's rate, the rate of its median organization, or that of its best tenth. " +
		"A fixed user is still counted as a user; if users are deleted instead, a few more are needed. *To look at*: users of whom it is unknown whether they violate the practice. *unknown*: the population does not have the value, or more than 5 % of the users are unknown.\n")
	if len(c.FixFirst) > 0 {
		fmt.Fprintf(&b, "\n## Users to fix first\n\n%s\nUsers are sorted by the number of violations, then by the age of the oldest one.\n", c.userTable())
	}
	if len(c.LookAt) > 0 {
		fmt.Fprintf(&b, "\n## Users to look at\n\n%s\nThe data cannot say whether these users violate the practices. They count as no violation above, and are not known to be clean.\n", c.lookTable())
	}
	fmt.Fprintf(&b, "\n## Thresholds\n\nThe thresholds of the population apply.\n\n%s", report.SettingTable(c.Settings))
	return b.String()
}

// subject names the organization.
func (c *Comparison) subject() string {
	switch {
	case c.Organization != "":
		return text.Cell(c.Organization)
	case c.Organizations == 1:
		return "one organization"
	}
	return text.Quantity(c.Organizations, "organization") + ", taken as one,"
}

// size writes the known sizes of the population, and its dates.
func (p ReferencePopulation) size() string {
	var parts []string
	for _, part := range []struct {
		n    *int64
		noun string
	}{{p.Users, "IAM user"}, {p.Accounts, "AWS account"}, {&p.Organizations, "organization"}} {
		if part.n != nil && *part.n > 0 {
			parts = append(parts, text.Quantity(*part.n, part.noun))
		}
	}
	when := text.Cell(p.FirstCaptured)
	if p.LastCaptured != p.FirstCaptured {
		when += " to " + text.Cell(p.LastCaptured)
	}
	return strings.Join(append(parts, "as of "+when), ", ")
}

func (c *Comparison) hasSpread() bool {
	for _, p := range c.Placements {
		if p.Peers != nil && len(p.Peers.Deciles) > 0 {
			return true
		}
	}
	return false
}

// placementTable omits the figures that the population does not have, and the
// columns that need a spread if there is none.
func (c *Comparison) placementTable() string {
	names := []string{"Figure", "Own#", "Own rate#", "Unknown#", "Population#", "Placement"}
	if c.hasSpread() {
		names = []string{"Figure", "Own#", "Own rate#", "Unknown#", "Population#", "Population unknown#", "Population median#", "Placed among#", "Placement"}
	}
	var rows [][]string
	for _, p := range c.Placements {
		if p.Peers == nil {
			continue
		}
		row := []string{text.Code(p.ID), p.OutOf(), p.Rate(), text.Count(p.Unknown), p.Peers.rate()}
		if c.hasSpread() {
			row = append(row, p.Peers.unknown(), p.Peers.median(), p.Peers.spread())
		}
		rows = append(rows, append(row, p.String()))
	}
	return text.Table(names, rows)
}

func (c *Comparison) fixTable() string {
	var rows [][]string
	for _, t := range c.FixTargets {
		rows = append(rows, []string{string(t.Finding), text.Count(t.Violations), text.Count(t.Unknown), orUnknown(t.ToRate), orUnknown(t.ToMedian), orUnknown(t.ToBest)})
	}
	return text.Table([]string{"Finding", "Violations#", "To look at#", "To reach the rate#", "To reach the median#", "To reach the best tenth#"}, rows)
}

func orUnknown(n *int64) string {
	if n == nil {
		return "unknown"
	}
	return text.Count(*n)
}

func (c *Comparison) userTable() string {
	var rows [][]string
	for _, u := range c.FixFirst {
		oldest := "none"
		if u.OldestDays != nil {
			oldest = text.Count(*u.OldestDays) + " d"
		}
		rows = append(rows, []string{
			text.Cell(u.Organization), text.Cell(u.Account), text.Cell(u.User),
			text.Count(int64(len(u.Practices))), codes(u.Practices), oldest,
		})
	}
	return text.Table([]string{"Organization", "Account", "User", "Violations#", "Practices", "Oldest#"}, rows)
}

func (c *Comparison) lookTable() string {
	var rows [][]string
	for _, u := range c.LookAt {
		rows = append(rows, []string{
			text.Cell(u.Organization), text.Cell(u.Account), text.Cell(u.User),
			text.Count(int64(len(u.Practices))), codes(u.Practices),
		})
	}
	return text.Table([]string{"Organization", "Account", "User", "Unknown#", "Practices"}, rows)
}

// codes lists ids.
func codes(ids []string) string {
	all := make([]string, len(ids))
	for i, id := range ids {
		all[i] = text.Code(id)
	}
	return strings.Join(all, ", ")
}
