package report

import (
	"database/sql"
	"fmt"
	"iamcensus/report/marts"
	"iamcensus/report/text"
	"time"
)

// AWSStates says how old the states of the AWS Organizations are that the verdicts
// on service control policies rest on.
type AWSStates struct {
	Organizations, Accounts int64
	First, Last             sql.NullTime
	AccountsApart           int64 // whose snapshot is more than 30 d older or newer
	MostDaysApart           sql.NullFloat64
}

func (r *Report) readAWSStates(q *marts.Reader) {
	s := &r.AWSStates
	q.One(`select n_aws_organizations, n_accounts, first_state_at, last_state_at, n_accounts_apart, most_days_apart from mart_aws_state`,
		&s.Organizations, &s.Accounts, &s.First, &s.Last, &s.AccountsApart, &s.MostDaysApart)
}

// InText is a sentence on the times of the states, "" without any.
func (s AWSStates) InText() string {
	if s.Organizations == 0 {
		return ""
	}
	when := "is of " + s.First.Time.Format(time.DateOnly)
	if s.First.Time.Format(time.DateOnly) != s.Last.Time.Format(time.DateOnly) {
		when = "is between " + s.First.Time.Format(time.DateOnly) + " and " + s.Last.Time.Format(time.DateOnly)
	}
	apart := "the time of the snapshots"
	if s.MostDaysApart.Float64 > 0 {
		apart = fmt.Sprintf("at most %.1f days from the snapshots", s.MostDaysApart.Float64)
	}
	return fmt.Sprintf("The state of %s with %s %s, %s.",
		text.Quantity(s.Organizations, "AWS Organization"), text.Quantity(s.Accounts, "account"), when, apart)
}

// caveat warns of states that are far from the snapshots.
func (s AWSStates) caveat() []text.Markdown {
	if s.AccountsApart == 0 {
		return nil
	}
	return []text.Markdown{text.Markdown(fmt.Sprintf("For %s the state of the AWS Organization is more than 30 days older or newer than the snapshot: service control policies may have changed in between.",
		text.Quantity(s.AccountsApart, "account")))}
}
