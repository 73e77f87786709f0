package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"regexp"
	"strings"
)

// roundedID is an account id that a spreadsheet rounded.
var roundedID = regexp.MustCompile(`^[0-9.,]+[Ee]\+?[0-9]+$`)

// account is that of account_id, or else of the ARN: a table may have many accounts,
// and its folder can name only one. Tools that treat account_id as a number drop its
// leading zeros.
func (r *tableReader) account(row *tableRow) (account string, ok bool) {
	id := row.text(atAccount)
	_, fromARN := splitARN(row.text(atARN))
	switch {
	case id == "" || roundedID.MatchString(id) && fromARN != "":
		return fromARN, true
	case roundedID.MatchString(id):
		r.refuse(row, "bad_account", snapshots.Quote(id)+" is a rounded account id, and the row has no ARN",
			"export the table again, and do not edit it in a spreadsheet")
		return "", false
	case len(id) < 12 && strings.Trim(id, "0123456789") == "":
		return strings.Repeat("0", 12-len(id)) + id, true
	}
	return id, true
}

// capturedAt is the time of the report, unknown if the row has none.
func (r *tableReader) capturedAt(row *tableRow) (at snapshots.Time, ok bool) {
	switch {
	case row.cells[atGeneratedTime].kind == filledCell:
		return r.time(row, atGeneratedTime)
	case row.cells[atSyncTime].kind != filledCell:
		return snapshots.Time{}, true
	case !r.reportedSynced:
		r.reportedSynced = true
		r.out.Issue(snapshots.Issue{
			Column: tableColumns[atSyncTime], Kind: "captured_at_is_sync_time",
			Reason: "the table has no time of the report; the time of the sync is used, which may be up to 4 hours later",
			Remedy: "none, unless hours matter: then ingest the output of aws iam get-credential-report",
		})
	}
	return r.time(row, atSyncTime)
}

// time reads the time of the report from a column.
func (r *tableReader) time(row *tableRow, at int) (t snapshots.Time, ok bool) {
	if t, ok = timeCell(rfc3339(row.text(at))); !ok || !t.Known() {
		r.refuse(row, "bad_captured_at", fmt.Sprintf("invalid time %s in %s", snapshots.Quote(row.text(at)), tableColumns[at]),
			timeRemedy)
		return snapshots.Time{}, false
	}
	return t, true
}
