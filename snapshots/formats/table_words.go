package formats

import (
	"iamcensus/snapshots"
	"strings"
	"time"
)

// putCell stores a cell of the report in the form that databases export.
func putCell(u *snapshots.User, name, text string) (ok bool) {
	if reportColumns[name](u, rfc3339(text)) {
		return true
	}
	flag, ok := flagTexts[text]
	return ok && reportColumns[name](u, flag)
}

// flagTexts are the booleans of PostgreSQL's COPY and of SQLite.
var flagTexts = map[string]string{"t": "true", "f": "false", "1": "true", "0": "false"}

const timeRemedy = "write times as 2021-01-24T09:38:09Z or 2021-01-24 09:38:09+00; a spreadsheet may have reformatted this one"

// rfc3339 converts a time as databases export it, 2021-01-24 09:38:09.5+00, to RFC
// 3339. A time without a zone is in UTC, as is TIMESTAMP of DuckDB and Arrow, and
// timestamp of Steampipe before October 2021 (turbot/steampipe-postgres-fdw, f963a06).
// Other texts, such as names, are returned unchanged.
func rfc3339(s string) string {
	if len(s) < 19 || s[4] != '-' || s[10] != ' ' && s[10] != 'T' || s[13] != ':' || s[16] != ':' {
		return s
	}
	zone := s[19:]
	if strings.HasPrefix(zone, ".") {
		zone = strings.TrimLeft(zone[1:], "0123456789")
	}
	zone = strings.TrimPrefix(zone, " ")
	switch {
	case zone == "", zone == "UTC":
		zone = "Z"
	case len(zone) == len("+00"):
		zone += ":00"
	case len(zone) == len("+0000"):
		zone = zone[:3] + ":" + zone[3:]
	}
	if s[10] == 'T' && s[19:] == zone {
		return s
	}
	return s[:10] + "T" + s[11:19] + zone
}

// passwordStatus gives Steampipe's password_status: used, never_used or not_set.
// CloudQuery's column of this name is an older name of password_enabled, and is read
// as such.
func (r *tableReader) passwordStatus(u *snapshots.User, row *tableRow) string {
	c := row.cells[atPasswordStatus]
	if c.kind != filledCell || c.text == "used" || c.text == "never_used" || c.text == "not_set" {
		return c.text
	}
	var older snapshots.User
	if !passwordEnabledColumn(&older, c.text) {
		r.badCell(row, atPasswordStatus)
	} else if row.cells[atPasswordEnabled].kind == absent {
		r.seen[atPasswordEnabled] = true
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
