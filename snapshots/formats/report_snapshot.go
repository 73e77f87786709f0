package formats

import (
	"cmp"
	"fmt"
	"iamcensus/snapshots"
)

// rowSnapshot is the account and the time that a row names.
type rowSnapshot struct {
	account    string // from a column of its own; "" if the row has none
	arnAccount string // from the ARN; "" if the row has none
	partition  string // of the ARN, or from a column
	capturedAt snapshots.Time
}

// tableSnapshot is one account at one time.
type tableSnapshot struct {
	account    string
	capturedAt snapshots.Time
}

func (s rowSnapshot) key() tableSnapshot {
	return tableSnapshot{cmp.Or(s.account, s.arnAccount), s.capturedAt}
}

// snapshotOf reads account and time of a row. ok is false if the row is refused.
func (r *reportReader) snapshotOf(row *tableRow) (s rowSnapshot, ok bool) {
	s.partition, s.arnAccount = splitARN(row.text(atARN))
	if s.arnAccount == "" {
		s.partition = row.text(atPartition)
	}
	if s.account, ok = r.account(row, s.arnAccount); !ok {
		return s, false
	}
	s.capturedAt, ok = r.timeOf(row)
	return s, ok
}

// account is that of a column of its own, "" if the row has none.
func (r *reportReader) account(row *tableRow, arnAccount string) (account string, ok bool) {
	id := row.text(atAccount)
	account, ok = snapshots.CleanAccountID(id)
	switch {
	case !ok && arnAccount == "":
		r.refuse(row, "bad_account", snapshots.Quote(id)+" is a rounded account id, and the row has no ARN",
			"export the table again, and do not edit it in a spreadsheet")
		return "", false
	case !isName(account):
		r.refuse(row, "bad_account", "the account is too long for an id or pseudonym, or has characters of neither",
			"export the table again")
		return "", false
	case account == "":
		account, _ = snapshots.CleanAccountID(row.text(atOtherAccount))
		if !snapshots.IsAccountID(account) {
			return "", true
		}
	}
	r.hasAccounts = r.hasAccounts || account != ""
	return account, true
}

// timeOf is the time of the report, unknown if the row and the file have none.
func (r *reportReader) timeOf(row *tableRow) (at snapshots.Time, ok bool) {
	switch {
	case row.cells[atGeneratedTime].kind == filledCell:
		return r.time(row, atGeneratedTime)
	case row.cells[atSyncTime].kind != filledCell:
		return r.capturedAt, true
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
func (r *reportReader) time(row *tableRow, at int) (t snapshots.Time, ok bool) {
	if t, ok = timeCell(row.text(at)); !ok || !t.Known() {
		r.refuse(row, "bad_captured_at", fmt.Sprintf("invalid time%s in %s", shown(row.text(at)), tableColumns[at]),
			timeRemedy)
		return snapshots.Time{}, false
	}
	return t, true
}
