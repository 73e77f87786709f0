package report

import (
	"fmt"
	"iamcensus/report/stats"
	"iamcensus/report/text"
)

// byAccount reports whether the reader chose the account as the sampling unit.
func (r *Report) byAccount() bool { return r.Population.SamplingUnit == "account" }

// NeedsOrganizations reports whether the account was chosen as the sampling unit
// although there are enough organizations: accounts of one organization are
// alike, so intervals by account would be too narrow.
func (r *Report) NeedsOrganizations() bool {
	return r.byAccount() && r.Population.Organizations >= stats.MinOrganizations
}

// Sampling says what the intervals stand for.
func (r *Report) Sampling() string {
	these := theseOrganizations(int(r.Population.Organizations))
	const method = "The 95 % intervals follow Korn and Graubard (1998), with the bias-reduced variance and the degrees of freedom of Bell and McCaffrey (2002); they are wider than for independent users, by about the square root of the design effect."
	switch {
	case r.byAccount():
		return fmt.Sprintf("There are fewer than %d organizations, so the account was chosen as the sampling unit. %s They stand for more accounts like those of %s, and for no other organizations; they are too narrow where accounts of one organization are alike.",
			stats.MinOrganizations, method, these)
	case r.Population.Organizations < stats.MinOrganizations:
		return fmt.Sprintf("All rates are those of %s and stand for no others: there is no 95 %% interval, because it needs at least %d organizations. `--unit account` takes the account as the sampling unit.",
			these, stats.MinOrganizations)
	}
	return "Users come in organizations, so the organization is the sampling unit. " + method + " They express the sampling error for a larger population that these organizations represent."
}

// Scenario says what bounds with missing accounts assume; empty without any.
func (r *Report) Scenario() string {
	missing := r.MissingAccounts()
	if missing == 0 {
		return ""
	}
	return fmt.Sprintf("Scenario for %s: each holds as many users as the received ones on average, and none or all of these are violations.",
		text.Quantity(missing, "missing account"))
}
