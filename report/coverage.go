package report

import (
	"database/sql"
	"fmt"
	"iamcensus/report/marts"
	"iamcensus/report/text"
)

// Coverage counts the accounts of one organization.
type Coverage struct {
	Organization                                    string
	Expected                                        sql.NullInt64 // NULL: unknown
	Received, Missing, NotExpected, Refused, TooOld int64
}

// MissingAccount is an expected account without a snapshot.
type MissingAccount struct {
	Organization string `json:"organization"`
	Account      string `json:"account"`
	Name         string `json:"name,omitempty"` // by AWS Organizations; "": unknown
	KnownFrom    string `json:"known_from"`     // AWS Organizations, manifest, other files
}

// maxMissing is the number of missing accounts that a page lists.
const maxMissing = 50

// DataIssue is an issue between rows that are right by themselves.
type DataIssue struct{ Kind, Organization, Account, Reason string }

// maxDataIssues is the number of data issues that a page lists.
const maxDataIssues = 50

// InText names the account, or the organization.
func (i DataIssue) InText() string {
	whose := text.Cell(i.Organization)
	if i.Account != "" {
		whose = "account " + text.Cell(i.Account) + " of " + whose
	}
	return fmt.Sprintf("%s, %s: %s", text.Code(i.Kind), whose, text.Escape(i.Reason))
}

func (r *Report) readDataIssues(q *marts.Reader) {
	q.Each(`select kind, org_id, account_id, reason from mart_data_issue order by kind, org_id, account_id, reason limit $1`,
		func(scan marts.Scan) error {
			var i DataIssue
			err := scan(&i.Kind, &i.Organization, &i.Account, &i.Reason)
			r.DataIssues = append(r.DataIssues, i)
			return err
		}, maxDataIssues)
}

func (r *Report) readCoverage(q *marts.Reader) {
	q.Each(`select org_id, n_expected, n_received, n_missing, n_not_expected, n_refused, n_too_old from mart_coverage order by org_id`,
		func(scan marts.Scan) error {
			var v Coverage
			err := scan(&v.Organization, &v.Expected, &v.Received, &v.Missing, &v.NotExpected, &v.Refused, &v.TooOld)
			r.Coverage = append(r.Coverage, v)
			return err
		})
	q.Each(`select org_id, account_id, coalesce(account_name, ''), known_from from mart_missing_account order by org_id, account_id`,
		func(scan marts.Scan) error {
			var v MissingAccount
			err := scan(&v.Organization, &v.Account, &v.Name, &v.KnownFrom)
			r.Missing = append(r.Missing, v)
			return err
		})
}

// MissingAccounts counts the expected accounts without a snapshot, those included
// that a manifest only counts.
func (r *Report) MissingAccounts() (missing int64) {
	for _, c := range r.Coverage {
		missing += c.Missing
	}
	return missing
}

// coverageTable lists the organizations whose accounts are not exactly the expected
// ones, and the sum over all.
func coverageTable(r *Report) string {
	var total Coverage
	var rows [][]string
	atLeast, prefix := int64(0), ""
	for _, c := range r.Coverage {
		total.add(c)
		expected := "unknown"
		if c.Expected.Valid {
			expected = text.Count(c.Expected.Int64)
			atLeast += c.Expected.Int64
		} else {
			prefix = "at least "
			atLeast += c.Received + c.Missing
		}
		if c.Missing+c.NotExpected+c.Refused+c.TooOld > 0 {
			rows = append(rows, c.row(text.Cell(c.Organization), expected))
		}
	}
	return text.Table([]string{"Organization", "Expected#", "Received#", "Missing#", "Not expected#", "Refused#", "Too old#"},
		append(rows, total.row("All "+text.Count(int64(len(r.Coverage))), prefix+text.Count(atLeast))))
}

func (c *Coverage) add(other Coverage) {
	c.Received += other.Received
	c.Missing += other.Missing
	c.NotExpected += other.NotExpected
	c.Refused += other.Refused
	c.TooOld += other.TooOld
}

func (c *Coverage) row(name, expected string) []string {
	return []string{
		name, expected, text.Count(c.Received), text.Count(c.Missing), text.Count(c.NotExpected), text.Count(c.Refused), text.Count(c.TooOld),
	}
}

// missingTable lists the first missing accounts.
func missingTable(r *Report) string {
	var rows [][]string
	for _, m := range r.Missing[:min(maxMissing, len(r.Missing))] {
		rows = append(rows, []string{text.Cell(m.Organization), text.Cell(m.Account), text.Cell(m.Name), text.Cell(m.KnownFrom)})
	}
	return text.Table([]string{"Organization", "Account", "Name", "Known from"}, rows)
}

// MissingUnlisted counts the missing accounts that a page does not list.
func (r *Report) MissingUnlisted() int64 {
	return r.MissingAccounts() - int64(min(maxMissing, len(r.Missing)))
}
