package formats

import (
	"iamcensus/snapshots"
	"time"
)

// restoreWords puts the words of AWS in the place of nulls.
func (r *reportReader) restoreWords(u *snapshots.User, row *tableRow, capturedAt snapshots.Time) {
	status := r.passwordStatus(u, row)
	restoreRootPassword(u, capturedAt)
	for at, name := range CredentialReportColumns {
		if row.cells[at].kind == null {
			cellReaders[at](u, wordForNull(name, u, status))
		}
	}
}

// passwordStatus gives Steampipe's password_status: used, never_used or not_set.
// CloudQuery's column of this name is an older name of password_enabled, and is read
// as such.
func (r *reportReader) passwordStatus(u *snapshots.User, row *tableRow) string {
	c := row.cells[atPasswordStatus]
	if c.kind != filledCell || c.text == "used" || c.text == "never_used" || c.text == "not_set" {
		return c.text
	}
	var older snapshots.User
	if !passwordEnabledColumn(&older, c.text) {
		r.badCell(row, atPasswordStatus)
	} else if row.cells[atPasswordEnabled].kind == absent {
		r.seen |= 1 << atPasswordEnabled
		u.PasswordEnabled, u.PasswordEnabledMissing = older.PasswordEnabled, older.PasswordEnabledMissing
	}
	return ""
}

// rootPasswordReported is when AWS began to write root's password_enabled. Before, it
// was always not_supported: so in awsdocs/iam-user-guide of December 2022, and in
// reports of January 2023.
var rootPasswordReported = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// restoreRootPassword restores root's not_supported, which tools replace by a boolean.
func restoreRootPassword(u *snapshots.User, capturedAt snapshots.Time) {
	if isRoot(u) && u.PasswordEnabled != snapshots.Unknown && capturedAt.Known() && capturedAt.Unix < rootPasswordReported {
		u.PasswordEnabled, u.PasswordEnabledMissing = snapshots.Unknown, snapshots.NotSupported
	}
}

// wordForNull is the word of AWS that a tool replaced by null, "" if there is none
// that AWS writes in this column.
func wordForNull(name string, u *snapshots.User, status string) string {
	switch name {
	case "user_creation_time", "password_enabled":
		return ""
	case "password_last_used":
		return wordForLastUsed(u, status)
	case "password_last_changed":
		if u.PasswordEnabledMissing == snapshots.NotSupported {
			return "not_supported"
		}
	case "password_next_rotation":
		if isRoot(u) {
			return "not_supported"
		}
	}
	return "N/A"
}

// wordForLastUsed distinguishes a password that was never used, no_information, from
// no password, N/A. Without Steampipe's status, password_enabled decides.
func wordForLastUsed(u *snapshots.User, status string) string {
	switch {
	case status == "never_used":
		return "no_information"
	case status == "not_set":
		return "N/A"
	case status == "used":
		return ""
	case u.PasswordEnabled == snapshots.Yes, u.PasswordEnabledMissing == snapshots.NotSupported:
		return "no_information"
	case u.PasswordEnabled == snapshots.No:
		return "N/A"
	}
	return ""
}
