package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"regexp"
	"strings"
)

// roundedID is an account id that a spreadsheet took for a large number.
var roundedID = regexp.MustCompile(`^[0-9.,]+[Ee]\+?[0-9]+$`)

// account says whose the row is: account_id, else the ARN's account, for a
// table holds many accounts and the folder around it can name only one.
// Tools that take account_id for a number cut off its zeros.
func (r *tableReader) account(row *tableRow) (account string, ok bool) {
	id := row.text(atAccount)
	_, fromARN := splitARN(row.text(atARN))
	switch {
	case id == "" || roundedID.MatchString(id) && fromARN != "":
		return fromARN, true
	case roundedID.MatchString(id):
		r.refuse(row, "bad_account", snapshots.Quote(id)+" is a rounded number, and no ARN says which account it was",
			"export the table again, and keep spreadsheets from it")
		return "", false
	case len(id) < 12 && strings.Trim(id, "0123456789") == "":
		return strings.Repeat("0", 12-len(id)) + id, true
	}
	return id, true
}

// capturedAt says when the row's report was made, as far as the row knows.
func (r *tableReader) capturedAt(row *tableRow) (at snapshots.Time, ok bool) {
	switch {
	case row.cells[atGeneratedTime].is == isText:
		return r.time(row, atGeneratedTime)
	case row.cells[atSyncTime].is != isText:
		return snapshots.Time{}, true
	case !r.synced:
		r.synced = true
		r.out.Issue(snapshots.Issue{
			Column: tableColumns[atSyncTime], Kind: "captured_at_is_sync_time",
			Reason: "the table does not say when AWS made the report: it is dated by the time of the sync, which may be up to 4 hours later",
			Remedy: "nothing, unless hours matter: then hand over what aws iam get-credential-report prints",
		})
	}
	return r.time(row, atSyncTime)
}

// time reads when the row's report was made.
func (r *tableReader) time(row *tableRow, at int) (t snapshots.Time, ok bool) {
	if t, ok = timeCell(moment(row.text(at))); !ok || !t.Known() {
		r.refuse(row, "bad_captured_at", fmt.Sprintf("%s in %s is no time", snapshots.Quote(row.text(at)), tableColumns[at]),
			timesLookLike)
		return snapshots.Time{}, false
	}
	return t, true
}
