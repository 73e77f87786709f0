package report

import (
	"database/sql"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"time"
)

// Report is the content of a summary, independent of the output format. Its
// strings are data: each format makes them inert. Texts of the program are
// text.Markdown.
type Report struct {
	Title         string
	Version       text.Markdown // of the iamcensus that makes the report; "": not printed
	Population    Population
	Practices     []Practice
	ConsoleMFA    ConsoleMFA
	MFAVerdicts   []MFAVerdict
	Roots         []AccountCheck
	Passwords     []AccountCheck
	Inventory     []InventoryItem
	ConfigResults []ConfigResult
	ConfigDiffers []ConfigDifference // at most 50
	RulesetRows   []RulesetRow
	Rulesets      []Ruleset
	Coverage      []Coverage
	Missing       []MissingAccount // those that something names
	AWSStates     AWSStates
	Files         []Files
	Sources       []Source
	Issues        []IssueKind
	DataIssues    []DataIssue // at most 50
	Caveats       []text.Markdown
	Settings      []Setting
	Trend         *Trend               // nil: snapshots of fewer than two days
	Comparison    *PublishedComparison // nil: no published figures to compare with
	Parameters    Parameters
	Ledger        Ledger
}

// Figure is one rate: a count of units out of a count, with its estimate and
// its spread over organizations.
type Figure struct {
	ID               string
	Kind             string // violations, older, within, rotating; root, password_policy
	Threshold        sql.NullFloat64
	ThresholdUnit    sql.NullString  // d or s
	Unit             string          // user or account
	stats.Sums                       // over sampling units: organizations, or accounts if the reader chose them
	Estimate         stats.Estimate  // of Sums
	InOrganizations  int             // organizations with units in the denominator
	InSpread         int64           // organizations in P10, Median and P90
	P10, Median, P90 sql.NullFloat64 // of the organizations' rates, percent; NULL: too few organizations
	TopTenthShare    sql.NullFloat64 // of the numerator in the top tenth of organizations, 0 to 1; NULL: too few organizations
	MissingAccounts  int64           // expected accounts without a snapshot
	Missing          float64         // units in these, if each holds as many as the received ones on average
}

// Bounds are the lowest and the highest possible rate in percent: all unknown
// and missing units as no violation, and all as violations.
func (f Figure) Bounds() (low, high float64) {
	n := float64(f.Denominator) + f.Missing
	if n == 0 {
		return 0, 100
	}
	return 100 * float64(f.Numerator) / n, min(100, 100*(float64(f.Numerator+f.Unknown)+f.Missing)/n)
}

// HasBounds reports whether bounds stand beside the rate: some unit is unknown
// or missing, and the rate is not withheld.
func (f Figure) HasBounds() bool {
	return f.Estimate.Withheld == "" && (f.Unknown > 0 || f.Missing > 0)
}

// Population describes the data set.
type Population struct {
	Organizations, Accounts, Standalone, InAWSOrganization, MembershipUnknown int64
	AccountsWithUsers, Snapshots                                              int64
	DateOnly                                                                  int64 // snapshots of the population without a time of day
	Users, ConsoleUsers, KeyUsers, ActiveKeys                                 int64
	SamplingUnit                                                              string       // of intervals: organization or account
	First, Last                                                               time.Time    // captured_at
	AsOf                                                                      sql.NullTime // NULL: the newest snapshots
}

// Practice is one practice over the whole population.
type Practice struct {
	ID             string
	Title          text.Markdown // the practice: Active access keys are rotated
	Finding        text.Markdown // the violation: Users with an unrotated access key
	Headline       text.Markdown // "have ...", after a number of users
	Counts         text.Markdown // what a violation is: "a user with ..."
	Applies        text.Markdown // to which users: "users with ..."
	UnknownMeans   text.Markdown
	Why            text.Markdown
	Detect         text.Markdown
	Prevent        text.Markdown
	OverAll        Figure // violations among all users
	OverApplicable Figure // violations among the users to whom the practice applies
	Tiers          []Figure
	Rotating       *Figure // users with two active keys, one of which may be a rotation in progress; nil: not of this practice
	Oldest         []Oldest
}

// Oldest is the earliest of some dates.
type Oldest struct {
	ID string
	At sql.NullTime
}

// ConsoleMFA counts the users with a console password by their MFA device, and
// those without a device by the MFA that service control policies enforce.
type ConsoleMFA struct {
	Users, WithoutDevice, DeviceUnknown       int64
	Enforced, NotEnforced, EnforcementUnknown int64 // of WithoutDevice
}

// MFAVerdict counts the accounts whose service control policies require the
// same of MFA, and their console users without a device.
type MFAVerdict struct {
	Verdict                 string
	Accounts, WithoutDevice int64
}

// AccountCheck is one check of accounts.
type AccountCheck struct {
	Title text.Markdown
	Figure
}

// InventoryItem counts the entities of one kind and the accounts that report
// them.
type InventoryItem struct {
	Kind     string
	Accounts int64
	Entities sql.NullInt64 // NULL: no account reports them
}

// ConfigResult counts the users of one practice by whether AWS Config agrees.
type ConfigResult struct {
	Practice, Outcome string
	Users             int64
}

// ConfigDifference is one user for whom AWS Config has another verdict.
type ConfigDifference struct {
	Practice, Organization, Account, User, Outcome, Annotation, Difference string
}

// Source is a manifest's note on the source of its data.
type Source struct {
	Note     string
	Accounts int64
}

// Files counts the files and rows of one outcome of ingestion.
type Files struct {
	Outcome                                  string
	Files, RowsRead, RowsLoaded, RowsRefused int64
}

// IssueKind counts the issues of one kind.
type IssueKind struct {
	Kind                       string
	Issues, Files, RowsRefused int64
	Remedy                     string
}

// Setting is one threshold, or the list of thresholds of a practice's tiers.
type Setting struct {
	ID      string        `json:"id"`
	Values  []float64     `json:"values"`
	Unit    string        `json:"unit"`
	Meaning text.Markdown `json:"-"`
}

// Figures lists the counts of the practice.
func (p Practice) Figures() []Figure {
	all := append([]Figure{p.OverAll, p.OverApplicable}, p.Tiers...)
	if p.Rotating != nil {
		all = append(all, *p.Rotating)
	}
	return all
}

// Figures lists all counts of the report.
func (r *Report) Figures() []Figure {
	var all []Figure
	for _, p := range r.Practices {
		all = append(all, p.Figures()...)
	}
	for _, check := range r.Roots {
		all = append(all, check.Figure)
	}
	for _, check := range r.Passwords {
		all = append(all, check.Figure)
	}
	return all
}

// Entities counts all entities of the inventory.
func (r *Report) Entities() (n int64) {
	for _, item := range r.Inventory {
		n += item.Entities.Int64
	}
	return n
}

// dateOnlyCaveat says how many snapshots have a date without a time; nil if none has.
func (p Population) dateOnlyCaveat() []text.Markdown {
	switch p.DateOnly {
	case 0:
		return nil
	case 1:
		return []text.Markdown{"1 snapshot carries only a date, without a time: ages there may be up to a day short."}
	}
	return []text.Markdown{text.Markdown(text.Count(p.DateOnly)) + " snapshots carry only a date, without a time: ages there may be up to a day short."}
}

// caveats hold for every report: they are about the data that AWS provides.
var caveats = []text.Markdown{
	"`last_rotated` is the creation time of the current key. A first key that was rotated since is not visible, so figures on *users with an access key created at setup* are lower bounds.",
	"AWS records the use of passwords since 2014-10-20 and of access keys since 2015-04-22. Earlier use looks like no use.",
	"AWS did not record the use of passwords from 2018-05-03 to 2018-05-23. For a password last used in that time, the report has the last use before it.",
	"A console user without an MFA device is unknown where it is unknown what service control policies enforce. The lower bound counts no such user as a violation, the upper bound counts all.",
	"A credential report may be up to four hours older than its timestamp. It lists at most two access keys per user, and says whether an MFA device is assigned but not of which type.",
	"The organizations in the data are not a random sample of AWS customers.",
}
