package report

import (
	"database/sql"
	"flag"
	"strings"
	"testing"
	"time"

	"iamcensus/report/golden"
	"iamcensus/report/stats"
)

var update = flag.Bool("update", false, "write the golden files")

// TestGolden renders one document of each kind in each of its formats. A format
// without a golden file fails: run the test with -update and read the file.
func TestGolden(t *testing.T) {
	goldens(t, "report", Formats, fixedReport())
	goldens(t, "trend", TrendFormats, fixedTrend())
	goldens(t, "evidence", EvidenceFormats, fixedEvidence())
}

func goldens[T any](t *testing.T, name string, formats []Format[T], document T) {
	for _, format := range formats {
		var got strings.Builder
		if err := format.Render(&got, document); err != nil {
			t.Errorf("%s in format %s: %v", name, format.Name, err)
		}
		golden.Compare(t, name+format.Suffix, got.String(), *update)
	}
}

// TestFormatsDiffer asks for distinct names and suffixes.
func TestFormatsDiffer(t *testing.T) {
	distinct(t, Formats)
	distinct(t, TrendFormats)
	distinct(t, EvidenceFormats)
}

func distinct[T any](t *testing.T, formats []Format[T]) {
	seen := map[string]bool{}
	for _, format := range formats {
		if seen[format.Name] || seen[format.Suffix] || !strings.HasPrefix(format.Suffix, ".") {
			t.Errorf("format %q, suffix %q", format.Name, format.Suffix)
		}
		seen[format.Name], seen[format.Suffix] = true, true
	}
}

// TestVersionIsOptional: without a version no page has a line or a key for it.
func TestVersionIsOptional(t *testing.T) {
	r := fixedReport()
	r.Version = ""
	for _, format := range Formats {
		var page strings.Builder
		if err := format.Render(&page, r); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(page.String(), "Made by") || strings.Contains(page.String(), `"version"`) {
			t.Errorf("format %s has a version", format.Name)
		}
	}
}

// figure is a rate of organizations of one size with one rate.
func figure(id, unit string, organizations int, numerator, denominator int64) Figure {
	return partial(id, unit, organizations, numerator, denominator, 0)
}

// partial is a figure with unknown units.
func partial(id, unit string, organizations int, numerator, denominator, unknown int64) Figure {
	return Figure{ID: id, Kind: "violations", Unit: unit, InOrganizations: organizations, Sums: stats.Sums{
		Organizations: organizations, Numerator: numerator, Denominator: denominator, Unknown: unknown,
		Degrees: float64(organizations - 1), EffectiveOrganizations: float64(organizations),
	}}.estimated("organization")
}

// tier is f as a tier of days.
func (f Figure) tier(kind string, days float64) Figure {
	f.Kind, f.Threshold, f.ThresholdUnit = kind, float(days), sql.NullString{String: "d", Valid: true}
	return f
}

func float(x float64) sql.NullFloat64 { return sql.NullFloat64{Float64: x, Valid: true} }

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 9, 30, 0, 0, time.UTC)
}

// fixedReport has every part of a report: singular and plural, printed and
// withheld rates, unknown users, gaps in the coverage.
func fixedReport() *Report {
	mfa := partial("mfa.violations", "user", 40, 300, 12_478, 100)
	mfa.MissingAccounts, mfa.Missing, mfa.InSpread = 1, 500, 38
	mfa.P10, mfa.Median, mfa.P90, mfa.TopTenthShare = float(0), float(2.5), float(7.25), float(0.4)
	maxAge, one, two := 30.0, int64(1), int64(2)
	r := &Report{
		Title: "Census of AWS IAM users", Version: "v1.2.3 (4fe1c0a)",
		Population: Population{
			Organizations: 40, Accounts: 1, Standalone: 1, AccountsWithUsers: 1, Snapshots: 1, Users: 12_478, ConsoleUsers: 1,
			KeyUsers: 2, ActiveKeys: 3, SamplingUnit: "organization", First: day(2021, 1, 23), Last: day(2021, 1, 24), AsOf: sql.NullTime{Time: day(2021, 2, 1), Valid: true},
		},
		Practices: []Practice{
			{
				ID: "console_mfa", Title: "Console users have multi-factor authentication", Finding: "Console users without MFA", Headline: "have no MFA",
				Counts: "a user without MFA", Applies: "users with a console password", UnknownMeans: "users in accounts without policies",
				Why: "Why.", Detect: "Detect.", Prevent: "Prevent.",
				OverAll: mfa, OverApplicable: figure("mfa.violations_of_applicable", "user", 9, 300, 6200),
			},
			{
				ID: "one_active_key", Title: "A user has one active access key", Finding: "Users with two active access keys", Headline: "have two active access keys",
				Counts: "a user with two active keys", Applies: "users with an active key", Why: "Why.", Detect: "Detect.", Prevent: "Prevent.",
				OverAll: figure("two_keys.violations", "user", 40, 1, 12_478), OverApplicable: figure("two_keys.violations_of_applicable", "user", 20, 1, 29),
				Tiers: []Figure{figure("two_keys.older_than_365d", "user", 40, 1, 12_478).tier("older", 365),
					partial("two_keys.older_than_730d", "user", 40, 1000, 12_478, 6000).tier("older", 730),
					figure("two_keys.older_than_5y", "user", 0, 0, 0).tier("older", 1826)},
				Oldest: []Oldest{{"rotation.oldest_key", sql.NullTime{Time: day(2011, 8, 21), Valid: true}}, {ID: "unused.oldest_key"}},
			},
		},
		ConsoleMFA:    ConsoleMFA{Users: 1, WithoutDevice: 1, EnforcementUnknown: 1, DeviceUnknown: 1},
		MFAVerdicts:   []MFAVerdict{{"full", 1, 0}, {"unknown", 2, 1}},
		Roots:         []AccountCheck{{"Root without MFA", figure("root.no_mfa", "account", 40, 0, 1143)}},
		Passwords:     []AccountCheck{{"No password policy set", partial("password_policy.not_set", "account", 40, 0, 1143, 1143)}},
		Inventory:     []InventoryItem{{"user", 1, sql.NullInt64{Int64: 1, Valid: true}}, {Kind: "role"}},
		ConfigResults: []ConfigResult{{"console_mfa", "agree", 3}, {"console_mfa", "only AWS Config", 1}},
		ConfigDiffers: []ConfigDifference{{"console_mfa", "org-a", "111122223333", "a|b", "only AWS Config", "note", "policies do not count"}},
		RulesetRows: []RulesetRow{
			{"Console users have multi-factor authentication", "article", "console_mfa", "user", mfa, mfa, ""},
			{"Console users have multi-factor authentication", "cis", "1.10", "user", figure("", "user", 40, 1, 12_478), figure("", "user", 40, 12_477, 12_478), "policies do not count."},
			{"A user has one active access key", "aws_config", "", "", Figure{}, Figure{}, "no managed rule"},
		},
		Coverage: []Coverage{
			{"org-a", sql.NullInt64{Int64: 3, Valid: true}, 2, 1, 1, 0, 0},
			{"org-b", sql.NullInt64{}, 1, 0, 0, 1, 0},
			{"org-c", sql.NullInt64{Int64: 1, Valid: true}, 1, 0, 0, 0, 0},
		},
		Missing: []MissingAccount{{"org-a", "111122223333", "app|x", "AWS Organizations"}},
		AWSStates: AWSStates{
			Organizations: 2, Accounts: 3, First: sql.NullTime{Time: day(2020, 11, 1), Valid: true}, Last: sql.NullTime{Time: day(2021, 1, 1), Valid: true},
			AccountsApart: 1, MostDaysApart: float(84.25),
		},
		Files:      []Files{{"loaded", 2, 1234, 1233, 1}},
		Sources:    []Source{{"synthetic data", 1}},
		Issues:     []IssueKind{{"field_count", 1, 1, 1, "download the file again, or remove it"}},
		DataIssues: []DataIssue{{"contradiction", "org-a", "111122223333", "users: 3 in the account summary, 1 in the credential report"}},
		Caveats:    caveats[:1],
		Settings:   []Setting{{"key_rotation.tiers", []float64{90, 365}, "d", "an active key is older"}},
		Trend:      fixedTrend(),
		Parameters: Parameters{AsOf: "2021-02-01", MaxAge: &maxAge, Set: []string{"key_rotation.days=45"}},
		Ledger:     Ledger{Files: 2, CapturedUntil: "2021-02-24T09:30:00Z", SHA256: "4fe1c0a"},
	}
	rotating := figure("two_keys.newer_than_30d", "user", 1, 1, 1).tier("rotating", 30)
	r.Practices[1].Rotating = &rotating
	r.Trend.Users = nil
	percent, accounts := 40.0, int64(1143)
	r.Compare(&Published{
		Title: "A report", Publisher: "Somebody", PublishedOn: "2021-05-06",
		Figures: []PublishedFigure{
			{ID: "two_keys.violations", Numerator: &two, Denominator: &two, Percent: &percent},
			{ID: "mfa.violations", Percent: &percent},
			{ID: "two_keys.older_than_730d", Numerator: &one, Denominator: &two},
			{ID: "two_keys.older_than_5y", Numerator: &one, Denominator: &two},
			{ID: "root.no_mfa", Numerator: new(int64), Denominator: &accounts},
			{ID: "rotation.oldest_key", Month: "2011-08"},
			{ID: "other", Numerator: &one, Denominator: &two},
		},
		Inconsistencies: []Inconsistency{{"summary", "five", "six are listed"}},
	})
	return r
}

func fixedTrend() *Trend {
	first, last := day(2021, 1, 24), day(2021, 2, 24)
	return &Trend{
		Panel:   PanelPart{Accounts: 2, First: 1001, Last: 1000, Both: 999, Recreated: 1},
		Added:   PanelPart{Accounts: 1, Last: 3},
		NoNewer: PanelPart{Accounts: 1, First: 2},
		Dates:   []TrendDate{{"2021-01-24", 2, &first, &first}, {"2021-02-24", 1, &first, &last}},
		Practices: []TrendPractice{
			{"console_mfa", "Console users without MFA", []Figure{figure("", "user", 20, 500, 1001), figure("", "user", 20, 400, 1000)}, []Change{{}, {Points: -9.95, Low: -12, High: -8, HasRange: true}}, Flow{StillOpen: 399, Fixed: 100, Gone: 1, New: 1}},
			{"unused_user", "Unused users", []Figure{figure("", "user", 20, 1, 10), figure("", "user", 20, 1, 10)}, []Change{{}, {None: "no rate"}}, Flow{StillOpen: 1}},
		},
		Users: []FlowUser{{"console_mfa", "fixed", "org-a", "111122223333", "a|b"}},
	}
}

func fixedEvidence() []MFAEvidence {
	enforced, statement := true, int64(1)
	state, captured := day(2021, 1, 23), day(2021, 1, 24)
	return []MFAEvidence{
		{
			Organization: "org-a", Account: "111122223333", Verdict: "full", Enforced: &enforced, Path: []string{"111122223333", "ou-1", "r-1"},
			AWSOrganization: "o-exampleorg", StateAt: &state, CapturedAt: &captured, Files: []string{"org/describe-policy-p-1.json", "org/list-targets-for-policy-p-1.json"},
			Statements: []MFAStatement{
				{Node: "r-1", Depth: 2, Policy: "p-1", PolicyName: "MFA", Index: &statement, Sid: "DenyWithoutMFA", Effect: "Deny", Class: "full", Reason: "denies all calls without MFA",
					AttachedBy: "org/list-targets-for-policy-p-1.json", TextIn: "org/describe-policy-p-1.json"},
				{Node: "ou-1", Depth: 1, Policy: "p-2", Reason: "the text is not in the snapshots", TextMissing: true},
			},
		},
		{Organization: "org-b", Account: "111122223333", Verdict: "unknown", Files: []string{}},
	}
}
