package formats

import (
	"iamcensus/snapshots"
	"strings"
	"time"
)

// putCell reads a cell of the report as databases print it.
func putCell(u *snapshots.User, name, text string) (ok bool) {
	if reportColumns[name](u, moment(text)) {
		return true
	}
	boolean, ok := booleans[text]
	return ok && reportColumns[name](u, boolean)
}

// booleans are those of PostgreSQL's COPY and of SQLite.
var booleans = map[string]string{"t": "true", "f": "false", "1": "true", "0": "false"}

const timesLookLike = "times look like 2021-01-24T09:38:09Z or 2021-01-24 09:38:09+00; a spreadsheet may have rewritten this one"

// moment turns a time as databases print it, 2021-01-24 09:38:09.5+00, into
// RFC 3339. Without a zone it is UTC: so are TIMESTAMP in DuckDB and Arrow,
// and timestamp in Steampipe before October 2021
// (turbot/steampipe-postgres-fdw, f963a06). Other texts stay as they are, and
// no name in IAM can look so.
func moment(s string) string {
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

// passwordStatus gives what Steampipe says in password_status: used,
// never_used or not_set. CloudQuery's column of this name is an older one for
// password_enabled, and is read as that.
func (r *tableReader) passwordStatus(u *snapshots.User, row *tableRow) string {
	c := row.cells[atPasswordStatus]
	if c.is != isText || c.text == "used" || c.text == "never_used" || c.text == "not_set" {
		return c.text
	}
	var older snapshots.User
	if !passwordEnabledColumn(&older, c.text) {
		r.badCell(row, atPasswordStatus)
	} else if row.cells[atPasswordEnabled].is == isAbsent {
		r.seen[atPasswordEnabled] = true
		u.PasswordEnabled, u.PasswordEnabledMissing = older.PasswordEnabled, older.PasswordEnabledMissing
	}
	return ""
}

// rootSwitch is a time before which AWS wrote not_supported for root's
// password_enabled, whatever was the case: awsdocs/iam-user-guide of December
// 2022 says so, and reports of January 2023 still have it.
var rootSwitch = time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// undoRootPassword takes a boolean back that a tool put in the place of
// root's not_supported.
func undoRootPassword(u *snapshots.User, capturedAt snapshots.Time) {
	if isRoot(u) && u.PasswordEnabled != snapshots.Unknown && capturedAt.Known() && capturedAt.Unix < rootSwitch {
		u.PasswordEnabled, u.PasswordEnabledMissing = snapshots.Unknown, snapshots.NotSupported
	}
}

// nullWord is what AWS writes where a tool has null. "" is unknown: AWS
// always writes something else there.
func nullWord(name string, u *snapshots.User, status string) string {
	switch name {
	case "user_creation_time", "password_enabled":
		return ""
	case "password_last_used":
		return lastUsedWord(u, status)
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

// lastUsedWord tells a password that was never used from none. In AWS's
// report the former is no_information and the latter N/A, so that a table
// without Steampipe's status has it in password_enabled.
func lastUsedWord(u *snapshots.User, status string) string {
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
