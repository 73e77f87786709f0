// Package report turns the marts of the database into pages. It computes
// nothing but rounding, the quantiles of an interval, and drawing.
//
// Read fills a Report, every number and caveat of the summary, from the
// marts; a Renderer in Formats writes it in one form. Adding a form is a file
// and a line in that list.
package report

import (
	"database/sql"
	"iamcensus/report/stats"
	"io"
	"time"
)

// Report is all that a page says.
type Report struct {
	Title       string
	Population  Population
	Practices   []Practice
	Console     Console
	Verdicts    []Verdict
	Roots       []AccountCheck
	Passwords   []AccountCheck
	Estate      []Estate
	Witness     []Witness
	Disagreed   []Disagreement
	RulesetRows []RulesetRow
	Rulesets    []Ruleset
	Coverage    []Coverage
	Files       []Files
	Sources     []Source
	Issues      []IssueKind
	Caveats     []string
	Settings    []Setting
	Trend       *Trend      // nil if there is only one day with snapshots
	Comparison  *Comparison // nil if nothing is to be compared with
	Recipe      Recipe      // how the report was made
}

// Figure is a count out of a count, with all that can be said of the rate.
type Figure struct {
	ID       string
	Kind     string // violations, older, within, rotating; root, password_policy
	Edge     sql.NullFloat64
	EdgeUnit sql.NullString // d or s
	Counted  string         // user or account
	Unknown  int64          // in the denominator, verdict not known
	stats.ClusterSums
	P10, Median, P90 sql.NullFloat64 // of the organizations' rates, percent
	TopTenthShare    sql.NullFloat64 // of the numerator, held by the top tenth of organizations, 0 to 1
	Missing          float64         // units that accounts which did not come may hold
}

// Population is the data set.
type Population struct {
	Organizations, Accounts, Standalone, InAWSOrganization, MembershipUnknown int64
	AccountsWithUsers, Snapshots                                              int64
	Users, ConsoleUsers, KeyUsers, ActiveKeys                                 int64
	First, Last                                                               time.Time // captured_at
	AsOf                                                                      sql.NullTime
}

// Practice is one practice over the whole population.
type Practice struct {
	ID, Title, Finding, Headline, Counts, Applies, UnknownMeans string
	Why, Detect, Prevent                                        string
	OverAll                                                     Figure // violations, over all users
	OverApplicable                                              Figure // the same, over the users to whom it applies
	Tiers                                                       []Figure
	Rotating                                                    *Figure // users whose second key may be a rotation under way
	Oldest                                                      []Oldest
}

// Oldest is the earliest of some dates.
type Oldest struct {
	ID string
	At sql.NullTime
}

// Console is what is known of the console users' MFA.
type Console struct {
	Users, WithoutDevice, Covered, NotCovered, EnforcementUnknown, DeviceUnknown int64
}

// Verdict is what service control policies demand of some accounts.
type Verdict struct {
	Verdict                 string
	Accounts, WithoutDevice int64
}

// AccountCheck is one check of accounts.
type AccountCheck struct {
	Title string
	Figure
}

// Estate counts the things of one kind.
type Estate struct {
	Kind               string
	Accounts, Entities int64
}

// Witness counts the users of one practice by whether AWS Config agrees.
type Witness struct {
	Practice, Outcome string
	Users             int64
}

// Disagreement is one user of whom AWS Config says otherwise.
type Disagreement struct {
	Practice, Organization, Account, User, Outcome, Annotation, Difference string
}

// Coverage is what arrived of one organization's accounts.
type Coverage struct {
	Organization                       string
	Expected                           sql.NullInt64
	Received, TooOld, Refused, Missing int64
}

// Source is what manifests say of where the data come from.
type Source struct {
	Note     string
	Accounts int64
}

// Files counts what became of the files.
type Files struct {
	Outcome                                 string
	Files, RowsRead, RowsLoaded, RowsRefuse int64
}

// IssueKind counts the issues of one kind.
type IssueKind struct {
	Kind                       string
	Issues, Files, RowsRefused int64
	Remedy                     string
}

// Setting is one threshold or tier edge that was used.
type Setting struct {
	ID      string    `json:"id"`
	Values  []float64 `json:"values"`
	Unit    string    `json:"unit"`
	Meaning string    `json:"-"`
}

// Renderer writes a report in one form.
type Renderer func(w io.Writer, r *Report) error

// Format is one form of the report.
type Format struct {
	Name   string
	Suffix string // of files in this form
	Render Renderer
}

// Formats are the forms of the report; the first is the default.
var Formats = []Format{
	{"md", ".md", renderMarkdown},
	{"json", ".json", renderJSON},
}
