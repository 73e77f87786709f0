package files

import "iamcensus/snapshots"

// Attribution is whose a file is and when it was made, as manifests, folders and
// flags state it, before the file is read. The GeneratedTime of a report takes
// precedence over CapturedAt.
type Attribution struct {
	Organization     string
	Account          string
	CapturedAt       snapshots.Time
	CapturedAtSource string         // manifest, path or flag; "" if the time is unknown
	Standalone       snapshots.Flag // the account belongs to no AWS Organization
	AccountsExpected int            // of the organization; 0 = unknown
	Source           string         // where the data come from, the manifest's free text
}

// Unnamed is the organization of files that are attributed to none.
const Unnamed = "unnamed"

// or fills what is unknown in a from b.
func (a Attribution) or(b Attribution) Attribution {
	if a.Organization == "" {
		a.Organization = b.Organization
	}
	if a.Account == "" {
		a.Account = b.Account
	}
	if !a.CapturedAt.Known() {
		a.CapturedAt, a.CapturedAtSource = b.CapturedAt, b.CapturedAtSource
	}
	if a.Standalone == snapshots.Unknown {
		a.Standalone = b.Standalone
	}
	if a.AccountsExpected == 0 {
		a.AccountsExpected = b.AccountsExpected
	}
	if a.Source == "" {
		a.Source = b.Source
	}
	return a
}
