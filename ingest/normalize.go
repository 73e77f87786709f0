package ingest

import (
	"fmt"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"strings"
	"time"
)

// identity says whose a part is, and of when.
type identity struct {
	organization string
	account      string
	capturedAt   int64  // seconds since 1970
	source       string // of capturedAt: report, manifest, path or flag
}

// identify joins what a part says of itself with what stands around its file.
// A column of its own names the account best, then manifest and folders, then
// the ARNs; the report's own time goes first.
func identify(part *snapshots.UserBatch, hint files.Attribution) (identity, *snapshots.Issue) {
	id := identity{organization: hint.Organization, account: strings.Clone(part.Account)} // it outlives the file
	if id.organization == "" {
		id.organization = files.Unnamed
	}
	if id.account == "" {
		id.account = hint.Account
	}
	if id.account == "" {
		id.account = strings.Clone(part.ARNAccount)
	}
	if id.account == "" {
		return id, &snapshots.Issue{
			Kind:   "no_account",
			Reason: "neither a manifest nor the folders nor an ARN say which account this is",
			Remedy: `put the file into <date>/<organization>/<account>/, or a manifest.json {"account": "..."} beside it`,
		}
	}
	switch {
	case part.CapturedAt.Known():
		id.capturedAt, id.source = part.CapturedAt.Unix, "report"
	case hint.CapturedAt.Known():
		id.capturedAt, id.source = hint.CapturedAt.Unix, hint.CapturedAtSource
	default:
		return id, &snapshots.Issue{
			Kind: "no_captured_at", Reason: "nothing says when this report was made",
			Remedy: "give one of these: the JSON of get-credential-report, which has a GeneratedTime; " +
				"captured_at in a manifest.json beside the file; a folder named by the date, such as 2021-01-24; --captured-at",
		}
	}
	return id, nil
}

// checkUser looks at one row for what cannot be. The row is loaded all the
// same; a time after the snapshot has age 0 in the views.
func checkUser(u *snapshots.User, capturedAt int64, report func(snapshots.Issue)) {
	check := func(column string, t snapshots.Time) {
		if t.Known() && t.Unix > capturedAt {
			report(snapshots.Issue{
				Line: u.Line, Column: column, Kind: "after_captured_at",
				Reason: fmt.Sprintf("%s lies after the snapshot's own time, %s: its age counts as 0",
					t, time.Unix(capturedAt, 0).UTC().Format(time.RFC3339)),
				Remedy: "check captured_at, or the clock of whoever edited the report",
			})
		}
	}
	check("user_creation_time", u.CreatedAt)
	check("password_last_used", u.PasswordLastUsed)
	check("password_last_changed", u.PasswordLastChanged)
	for i := range u.Keys {
		key := &u.Keys[i]
		check(keyColumns[i].lastRotated, key.LastRotated)
		check(keyColumns[i].lastUsed, key.LastUsed)
		if key.Active == snapshots.Yes && key.LastRotated.Never() {
			report(snapshots.Issue{
				Line: u.Line, Column: keyColumns[i].lastRotated, Kind: "key_without_date",
				Reason: "an active key has no date of its last rotation, which AWS never writes: its age is unknown",
				Remedy: "get a new report",
			})
		}
	}
	for i := range u.Certificates {
		check(certificateColumns[i], u.Certificates[i].LastRotated)
	}
}

// Names of columns for messages, by slot.
var (
	keyColumns = [2]struct{ lastRotated, lastUsed string }{
		{"access_key_1_last_rotated", "access_key_1_last_used_date"},
		{"access_key_2_last_rotated", "access_key_2_last_used_date"},
	}
	certificateColumns = [2]string{"cert_1_last_rotated", "cert_2_last_rotated"}
)

// splitUserARN takes the path out of a user's ARN, "/" for most. irregular is
// the ARN itself where partition, account, path and name would not give it
// back. Both are "" where there is no ARN.
func splitUserARN(arn, partition, account, name string) (path, irregular string) {
	if arn == "" {
		return "", ""
	}
	rest, ok := strings.CutPrefix(arn, "arn:")
	if ok {
		rest, ok = strings.CutPrefix(rest, partition)
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, ":iam::")
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, account)
	}
	if ok {
		rest, ok = strings.CutPrefix(rest, ":user/")
	}
	if ok {
		rest, ok = strings.CutSuffix(rest, name)
	}
	if !ok || rest != "" && !strings.HasSuffix(rest, "/") {
		return "", arn
	}
	return arn[len(arn)-len(name)-len(rest)-1 : len(arn)-len(name)], ""
}
