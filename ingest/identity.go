package ingest

import (
	"cmp"
	"fmt"
	"strings"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// identity says which account and organization rows belong to, and when they
// were captured.
type identity struct {
	organization string
	account      string
	isGuess      bool   // only the position of a folder names the account
	capturedAt   int64  // seconds since 1970
	isDate       bool   // capturedAt is 00:00:00 UTC of a day, and no time is known
	source       string // of capturedAt: report, manifest, layout, path or flag
}

// latest is the last second at which the snapshot may have been captured.
func (id *identity) latest() int64 {
	if id.isDate {
		return id.capturedAt + daySeconds - 1
	}
	return id.capturedAt
}

const daySeconds = 86_400

// noCapturedAt is the kind of issue of rows whose time no source has.
const noCapturedAt = "no_captured_at"

// identify combines what a batch says about itself with the attribution of its
// file. Time: first the report's own.
func identify(batch *snapshots.UserBatch, a files.Attribution) (identity, *snapshots.Issue) {
	id := identity{
		organization: validText(cmp.Or(a.Organization, files.Unnamed)),
		account:      validText(strings.Clone(accountOf(batch, &a))), // a clone outlives the file's memory
	}
	if id.account == "" {
		return id, &snapshots.Issue{
			Kind:   "no_account",
			Reason: "cannot determine the account: no column, ARN, manifest, folder or flag names it",
			Remedy: `add {"account": "..."} to a manifest.json beside the file, or use --account`,
		}
	}
	id.isGuess = batch.Account == "" && batch.ARNAccount == "" && a.AccountSource == files.FromPosition
	switch {
	case batch.CapturedAt.Known():
		id.capturedAt, id.source = batch.CapturedAt.Unix, "report"
	case a.CapturedAt.Known():
		id.capturedAt, id.isDate, id.source = a.CapturedAt.Unix, a.CapturedAtIsDate, a.CapturedAtSource
	default:
		return id, &snapshots.Issue{
			Kind: noCapturedAt, Reason: "cannot determine the snapshot time",
			Remedy: "use get-credential-report JSON (it has GeneratedTime), captured_at in a manifest.json, " +
				"a date in the path such as 2021-01-24, or --captured-at",
		}
	}
	return id, nil
}

// accountOf is the first of: an account column, twelve digits in the ARNs, what
// manifest, layout or names state, a pseudonym in the ARNs, a flag, a guess.
func accountOf(batch *snapshots.UserBatch, a *files.Attribution) string {
	switch {
	case batch.Account != "":
		return batch.Account
	case snapshots.IsAccountID(batch.ARNAccount), !a.StatesAccount() && batch.ARNAccount != "":
		return batch.ARNAccount
	}
	return a.Account
}

// accountMismatch is the issue of two different accounts of twelve digits; nil if
// the account that counts is a pseudonym, or has no other beside it.
func accountMismatch(id *identity, batch *snapshots.UserBatch, a *files.Attribution) *snapshots.Issue {
	if !snapshots.IsAccountID(id.account) {
		return nil
	}
	stated := ""
	if a.StatesAccount() {
		stated = a.Account
	}
	for _, other := range []struct{ what, account string }{
		{"the ARNs name", batch.ARNAccount},
		{"the " + a.AccountSource + " names", stated},
		{"the path names", a.OtherAccount},
	} {
		if other.account != id.account && snapshots.IsAccountID(other.account) {
			return &snapshots.Issue{
				Kind:   "account_mismatch",
				Reason: fmt.Sprintf("the rows are of account %s, but %s account %s; the first counts", id.account, other.what, other.account),
				Remedy: "move the file to the folder of its own account, or fix the manifest",
			}
		}
	}
	return nil
}

// maxTimeMismatch is how far the time in a report may be from that of its path or
// manifest.
const maxTimeMismatch = 2 * daySeconds

// timeMismatch is the issue of a report whose own time differs from that of its
// path or manifest; nil if there is none.
func timeMismatch(batch *snapshots.UserBatch, a *files.Attribution) *snapshots.Issue {
	distance := batch.CapturedAt.Unix - a.CapturedAt.Unix
	if !batch.CapturedAt.Known() || !a.CapturedAt.Known() || a.CapturedAtSource == files.FromFlag ||
		-maxTimeMismatch <= distance && distance <= maxTimeMismatch {
		return nil
	}
	return &snapshots.Issue{
		Kind:   "time_mismatch",
		Reason: fmt.Sprintf("the report is of %s, but the %s says %s; the report counts", batch.CapturedAt, a.CapturedAtSource, a.CapturedAt),
		Remedy: "check whether an old report was copied; move it to the folder of its date",
	}
}

// identifyDocument is identify for a document. One that describes an AWS
// Organization needs no account.
func identifyDocument(d *snapshots.Document, a files.Attribution) (identity, *snapshots.Issue) {
	batch := snapshots.UserBatch{Account: d.Account, CapturedAt: d.CapturedAt}
	if describesAccount(d) {
		return identify(&batch, a)
	}
	batch.Account = "-" // any: only organization and time are looked for
	id, issue := identify(&batch, a)
	id.account = d.Account
	if d.Organization != nil && d.Organization.InUse == snapshots.No && id.account == "" {
		id.account, id.isGuess = a.Account, a.AccountSource == files.FromPosition // the account of the call is in no AWS Organization
	}
	return id, issue
}

func describesAccount(d *snapshots.Document) bool {
	return len(d.Entities)+len(d.Users)+len(d.Compliance)+len(d.Rules) > 0 || d.RootSummary != nil || d.PasswordPolicy != nil
}
