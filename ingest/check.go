package ingest

import (
	"fmt"
	"time"

	"iamcensus/snapshots"
)

// checkUser reports what cannot be true of a row. The row is loaded all the
// same: an implausible time becomes unknown, and in the views a time after the
// snapshot has age 0. Of a snapshot with only a date, any time of that day may be
// before it.
func (p plausible) checkUser(u *snapshots.User, id *identity, report func(snapshots.Issue)) {
	check := func(column string, t *snapshots.Time) {
		p.clear(t, u.Line, column, report)
		if t.Known() && t.Unix > id.latest() {
			report(snapshots.Issue{
				Line: u.Line, Column: column, Kind: "after_captured_at",
				Reason: fmt.Sprintf("%s is after the snapshot time %s; its age is treated as 0",
					t, time.Unix(id.capturedAt, 0).UTC().Format(time.RFC3339)),
				Remedy: "check captured_at, and whether the report was edited",
			})
		}
	}
	check("user_creation_time", &u.CreatedAt)
	check("password_last_used", &u.PasswordLastUsed)
	check("password_last_changed", &u.PasswordLastChanged)
	p.nextRotation().clear(&u.PasswordNextRotation, u.Line, "password_next_rotation", report)
	for i := range u.Keys {
		key := &u.Keys[i]
		check(keyColumns[i].lastRotated, &key.LastRotated)
		check(keyColumns[i].lastUsed, &key.LastUsed)
		if key.Active == snapshots.Yes && key.LastRotated.Never() {
			report(snapshots.Issue{
				Line: u.Line, Column: keyColumns[i].lastRotated, Kind: "key_without_date",
				Reason: "an active access key has no rotation date, which AWS always writes; its age is unknown",
				Remedy: "download the report again",
			})
		}
	}
	for i := range u.Certificates {
		check(certificateColumns[i], &u.Certificates[i].LastRotated)
	}
}

// Columns of the credential report, by slot.
var (
	keyColumns = [2]struct{ lastRotated, lastUsed string }{
		{"access_key_1_last_rotated", "access_key_1_last_used_date"},
		{"access_key_2_last_rotated", "access_key_2_last_used_date"},
	}
	certificateColumns = [2]string{"cert_1_last_rotated", "cert_2_last_rotated"}
)
