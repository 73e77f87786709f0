package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// tableReader collects rows into batches, one at a time.
type tableReader struct {
	out            Sink
	rows           rowSource
	remedy         string // for what the table as a whole lacks
	batch          *snapshots.UserBatch
	seen           []bool                 // by column: a row has it
	roots          map[tableSnapshot]bool // snapshots with a root row so far
	reportedSynced bool                   // the issue that _cq_sync_time replaces the report's time was emitted

	hasAccounts, hasTimes bool // whether rows have them; as in the first row
}

// tableSnapshot is one account at one time.
type tableSnapshot struct {
	account    string
	capturedAt snapshots.Time
}

// readTable reads all rows.
func readTable(rows rowSource, out Sink) {
	r := &tableReader{
		out: out, rows: rows, seen: make([]bool, len(tableColumns)), roots: map[tableSnapshot]bool{},
		remedy: "export the whole table with all its columns",
	}
	row := &tableRow{cells: make([]tableCell, len(tableColumns))}
	for rows.next(row) {
		r.read(row)
		clear(row.cells)
	}
	r.flush()
	r.reportMissing()
}

func (r *tableReader) read(row *tableRow) {
	for at, c := range row.cells {
		r.seen[at] = r.seen[at] || c.kind != absent
	}
	if row.text(atUser) == "" {
		r.refuse(row, "no_user_name", "the row has no user name", "export the table again, or add the name")
		return
	}
	if !row.isUTF8() {
		r.refuse(row, "invalid_utf8", "the row is not valid UTF-8", "export the table again as UTF-8")
		return
	}
	if !r.selectBatch(row) {
		return
	}
	user := snapshots.User{Line: row.line}
	r.readUser(&user, row)
	if r.batch.ARNAccount == "" {
		r.readARN(user.ARN)
	}
	if isRoot(&user) {
		r.takeRoot(user, row)
		return
	}
	r.batch.Users = append(r.batch.Users, user)
}

func (r *tableReader) refuse(row *tableRow, kind, reason, remedy string) {
	r.out.Issue(snapshots.Issue{Line: row.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}

// selectBatch starts a new batch if the current one is full or of another snapshot. ok
// is false if the row is refused: it lacks the account or time that other rows have,
// or the reverse, and would be a snapshot of its own.
func (r *tableReader) selectBatch(row *tableRow) (ok bool) {
	account, ok := r.account(row)
	if !ok {
		return false
	}
	capturedAt, ok := r.capturedAt(row)
	if !ok {
		return false
	}
	if r.batch == nil {
		r.hasAccounts, r.hasTimes = account != "", capturedAt.Known()
	}
	if r.hasAccounts != (account != "") || r.hasTimes != capturedAt.Known() {
		r.refuse(row, "no_snapshot", "other rows of the table have an account and time where this row has none, or the reverse", r.remedy)
		return false
	}
	if b := r.batch; b == nil || b.Account != account || b.CapturedAt != capturedAt || len(b.Users) == snapshots.UserBatchSize {
		r.flush()
		r.batch = &snapshots.UserBatch{Account: account, Partition: row.text(atPartition), CapturedAt: capturedAt}
	}
	return true
}

func (r *tableReader) flush() {
	if r.batch == nil {
		return
	}
	r.batch.MissingColumns, r.batch.UnknownColumns = r.missing(), r.rows.unknownColumns()
	r.out.Users(r.batch)
	r.batch = nil
}

// missing lists the columns of the report that no row had so far.
func (r *tableReader) missing() (names []string) {
	for at, name := range CredentialReportColumns {
		if !r.seen[at] {
			names = append(names, name)
		}
	}
	return names
}

func (r *tableReader) reportMissing() {
	missing := r.missing()
	switch {
	case !slices.Contains(r.seen, true):
		r.out.Issue(snapshots.Issue{Kind: "no_rows", Reason: "the table has no valid row", Remedy: r.remedy})
	case len(missing) > 0:
		r.out.Issue(snapshots.Issue{
			Kind:   "missing_column",
			Reason: fmt.Sprintf("missing %s in the table; dependent figures are unknown for its accounts", columnList(missing)),
			Remedy: r.remedy,
		})
	}
}

// readUser reads the cells of the report. The nulls come last, since their meaning
// depends on the other cells.
func (r *tableReader) readUser(u *snapshots.User, row *tableRow) {
	for at, name := range CredentialReportColumns {
		if c := row.cells[at]; c.kind == filledCell && !putCell(u, name, c.text) {
			r.badCell(row, at)
		}
	}
	status := r.passwordStatus(u, row)
	restoreRootPassword(u, r.batch.CapturedAt)
	for at, name := range CredentialReportColumns {
		if row.cells[at].kind == null {
			reportColumns[name](u, wordForNull(name, u, status))
		}
	}
}

func (r *tableReader) badCell(row *tableRow, at int) {
	issue := snapshots.Issue{
		Line: row.line, Column: tableColumns[at], Kind: "bad_time",
		Reason: fmt.Sprintf("invalid time %s in %s; treated as unknown", snapshots.Quote(row.text(at)), tableColumns[at]),
		Remedy: timeRemedy,
	}
	if strings.HasSuffix(issue.Column, "_active") || at == atPasswordEnabled || at == atPasswordStatus {
		issue.Kind = "bad_flag"
		issue.Reason = fmt.Sprintf("invalid flag %s in %s; treated as unknown", snapshots.Quote(row.text(at)), tableColumns[at])
		issue.Remedy = "export the table again, and do not edit it in a spreadsheet"
	}
	r.out.Issue(issue)
}

func (r *tableReader) readARN(arn string) {
	if partition, account := splitARN(arn); account != "" {
		r.batch.Partition, r.batch.ARNAccount = partition, account
	}
}

func (r *tableReader) takeRoot(root snapshots.User, row *tableRow) {
	snapshot := tableSnapshot{r.batch.Account, r.batch.CapturedAt}
	if r.roots[snapshot] {
		r.refuse(row, "duplicate_root", "the account has a second root row of the same time; the first one counts",
			"export the table again; if it has several reports, include the column of their times")
		return
	}
	r.roots[snapshot] = true
	r.batch.Root = &root
}
