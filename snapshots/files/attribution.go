package files

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"iamcensus/snapshots"
)

// Attribution is whose a file is and when it was made, as manifests, folders and
// flags state it, before the file is read. The GeneratedTime of a report takes
// precedence over CapturedAt, and the account of a row over Account.
type Attribution struct {
	Organization       string
	OrganizationSource string // one of the constants below; "" if it is unknown
	Account            string
	AccountSource      string // likewise
	OtherAccount       string // of twelve digits, in the path, if it is not Account; "" = none
	CapturedAt         snapshots.Time
	CapturedAtIsDate   bool           // no time of day is known
	CapturedAtSource   string         // manifest, layout, path or flag; "" if the time is unknown
	Standalone         snapshots.Flag // the account belongs to no AWS Organization
	AccountsExpected   int            // of the organization; 0 = unknown
	Source             string         // where the data come from, the manifest's free text
}

// Sources of what an Attribution states, in order of precedence.
const (
	FromOverrulingFlag = "overruling flag" // of an organization, with Options.Overrule

	FromManifest = "manifest"
	FromLayout   = "layout"
	FromPath     = "path" // a date; twelve digits, and the folder above them
	FromFlag     = "flag"
	FromPosition = "position" // a folder or archive where an organization or account may be
)

// Maximum lengths, in bytes.
const (
	maxNameBytes   = 256  // of an organization or account
	maxSourceBytes = 1024 // of Attribution.Source
)

// CheckName says why a text cannot be the name of an organization or account; nil if it
// can.
func CheckName(name string) error {
	switch {
	case len(name) > maxNameBytes:
		return fmt.Errorf("it has more than %d bytes", maxNameBytes)
	case !utf8.ValidString(name):
		return errors.New("it is not UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("it has control characters")
	}
	return nil
}

// Unnamed is the organization of files that are attributed to none.
const Unnamed = "unnamed"

// AttributionByFlags is what flags say of files that no manifest and no folder attributes.
func AttributionByFlags(organization, account string, capturedAt snapshots.Date) Attribution {
	a := Attribution{Organization: organization}.ofAccount(account, FromFlag).dated(capturedAt, FromFlag)
	if organization != "" {
		a.OrganizationSource = FromFlag
	}
	return a
}

// StatesAccount reports whether more than a flag or a guess names the account.
func (a *Attribution) StatesAccount() bool {
	return a.Account != "" && a.AccountSource != FromFlag && a.AccountSource != FromPosition
}

// or fills what is unknown in a from b.
func (a Attribution) or(b Attribution) Attribution {
	if a.Organization == "" {
		a.Organization, a.OrganizationSource = b.Organization, b.OrganizationSource
	}
	if a.Account == "" {
		a.Account, a.AccountSource = b.Account, b.AccountSource
	}
	if !a.CapturedAt.Known() {
		a.CapturedAt, a.CapturedAtIsDate, a.CapturedAtSource = b.CapturedAt, b.CapturedAtIsDate, b.CapturedAtSource
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

// ofAccount is a with an account that a manifest, a layout or a flag states.
func (a Attribution) ofAccount(account, source string) Attribution {
	if a.Account, _ = snapshots.CleanAccountID(account); a.Account != "" {
		a.AccountSource = source
	}
	return a
}

// dated is a with a time that a name or layout states.
func (a Attribution) dated(date snapshots.Date, source string) Attribution {
	if date.At.Known() {
		a.CapturedAt, a.CapturedAtIsDate, a.CapturedAtSource = date.At, date.IsDate, source
	}
	return a
}
