package ingest

import (
	"cmp"
	"strings"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// identity says which account and organization rows belong to, and when they
// were captured.
type identity struct {
	organization string
	account      string
	capturedAt   int64  // seconds since 1970
	source       string // of capturedAt: report, manifest, path or flag
}

// identify combines what a batch says about itself with the attribution of its
// file. Account: first a column of the batch, then manifest and folders, then
// the ARNs. Time: first the report's own.
func identify(batch *snapshots.UserBatch, a files.Attribution) (identity, *snapshots.Issue) {
	id := identity{
		organization: cmp.Or(a.Organization, files.Unnamed),
		account:      cmp.Or(strings.Clone(batch.Account), a.Account), // a clone outlives the file's memory
	}
	if id.account == "" {
		id.account = strings.Clone(batch.ARNAccount)
	}
	if id.account == "" {
		return id, &snapshots.Issue{
			Kind:   "no_account",
			Reason: "cannot determine the account: no manifest, folder or ARN names it",
			Remedy: `move the file to <date>/<organization>/<account>/, or add {"account": "..."} to a manifest.json beside it`,
		}
	}
	switch {
	case batch.CapturedAt.Known():
		id.capturedAt, id.source = batch.CapturedAt.Unix, "report"
	case a.CapturedAt.Known():
		id.capturedAt, id.source = a.CapturedAt.Unix, a.CapturedAtSource
	default:
		return id, &snapshots.Issue{
			Kind: "no_captured_at", Reason: "cannot determine the snapshot time",
			Remedy: "use get-credential-report JSON (it has GeneratedTime), captured_at in a manifest.json, " +
				"a date in the path such as 2021-01-24, or --captured-at",
		}
	}
	return id, nil
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
		id.account = a.Account // the account of the call is in no AWS Organization
	}
	return id, issue
}

func describesAccount(d *snapshots.Document) bool {
	return len(d.Entities)+len(d.Users)+len(d.Compliance)+len(d.Rules) > 0 || d.RootSummary != nil || d.PasswordPolicy != nil
}
