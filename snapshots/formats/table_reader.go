package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// tableReader makes Parts of rows. Only one Part is in memory.
type tableReader struct {
	out    Sink
	rows   rowSource
	remedy string // for what the table as a whole lacks
	part   *snapshots.UserBatch
	seen   []bool                 // the columns that some row had
	roots  map[tableSnapshot]bool // the snapshots whose root row was there
	synced bool                   // it is said that _cq_sync_time stands in for the report's own time

	hasAccounts, hasTimes bool // of the rows; the first row tells
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
	r.tellMissing()
}

func (r *tableReader) read(row *tableRow) {
	for at, c := range row.cells {
		r.seen[at] = r.seen[at] || c.is != isAbsent
	}
	if row.text(atUser) == "" {
		r.refuse(row, "no_user_name", "the row has no user name", "export it again, or fill the cell")
		return
	}
	if !row.isUTF8() {
		r.refuse(row, "invalid_utf8", "the row is not valid UTF-8", "export it again as UTF-8")
		return
	}
	if !r.openPart(row) {
		return
	}
	user := snapshots.User{Line: row.line}
	r.fill(&user, row)
	if r.part.ARNAccount == "" {
		r.readARN(user.ARN)
	}
	if isRoot(&user) {
		r.takeRoot(user, row)
		return
	}
	r.part.Users = append(r.part.Users, user)
}

func (r *tableReader) refuse(row *tableRow, kind, reason, remedy string) {
	r.out.Issue(snapshots.Issue{Line: row.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}

// openPart hands the Part over that is full or is not the row's, and begins
// the row's. ok is false if the row is refused: nobody can tell its account
// or time, while the others have them, and it would be a snapshot of its own.
func (r *tableReader) openPart(row *tableRow) (ok bool) {
	account, ok := r.account(row)
	if !ok {
		return false
	}
	capturedAt, ok := r.capturedAt(row)
	if !ok {
		return false
	}
	if r.part == nil {
		r.hasAccounts, r.hasTimes = account != "", capturedAt.Known()
	}
	if r.hasAccounts != (account != "") || r.hasTimes != capturedAt.Known() {
		r.refuse(row, "no_snapshot", "the row says less or more of its account and time than the rows before it", r.remedy)
		return false
	}
	if p := r.part; p == nil || p.Account != account || p.CapturedAt != capturedAt || len(p.Users) == snapshots.UserBatchSize {
		r.flush()
		r.part = &snapshots.UserBatch{Account: account, Partition: row.text(atPartition), CapturedAt: capturedAt}
	}
	return true
}

func (r *tableReader) flush() {
	if r.part == nil {
		return
	}
	r.part.MissingColumns, r.part.UnknownColumns = r.missing(), r.rows.unread()
	r.out.Users(r.part)
	r.part = nil
}

// missing lists the report's columns that no row had so far.
func (r *tableReader) missing() (names []string) {
	for at, name := range CredentialReportColumns {
		if !r.seen[at] {
			names = append(names, name)
		}
	}
	return names
}

func (r *tableReader) tellMissing() {
	missing := r.missing()
	switch {
	case !slices.Contains(r.seen, true):
		r.out.Issue(snapshots.Issue{Kind: "no_rows", Reason: "the table has no row that can be read", Remedy: r.remedy})
	case len(missing) > 0:
		r.out.Issue(snapshots.Issue{
			Kind:   "missing_column",
			Reason: fmt.Sprintf("the table has no readable %s: what depends on that is unknown for its accounts", strings.Join(missing, ", ")),
			Remedy: r.remedy,
		})
	}
}

// fill reads the cells of the report. The nulls come last, since what they
// stand for hangs on the others.
func (r *tableReader) fill(u *snapshots.User, row *tableRow) {
	for at, name := range CredentialReportColumns {
		if c := row.cells[at]; c.is == isText && !putCell(u, name, c.text) {
			r.badCell(row, at)
		}
	}
	status := r.passwordStatus(u, row)
	undoRootPassword(u, r.part.CapturedAt)
	for at, name := range CredentialReportColumns {
		if row.cells[at].is == isNull {
			reportColumns[name](u, nullWord(name, u, status))
		}
	}
}

func (r *tableReader) badCell(row *tableRow, at int) {
	issue := snapshots.Issue{
		Line: row.line, Column: tableColumns[at], Kind: "bad_time",
		Reason: fmt.Sprintf("%s is no time: it is taken as unknown", snapshots.Quote(row.text(at))),
		Remedy: timesLookLike,
	}
	if strings.HasSuffix(issue.Column, "_active") || at == atPasswordEnabled || at == atPasswordStatus {
		issue.Kind = "bad_flag"
		issue.Reason = fmt.Sprintf("%s is neither true nor false: it is taken as unknown", snapshots.Quote(row.text(at)))
		issue.Remedy = "export the table again, and keep spreadsheets from it"
	}
	r.out.Issue(issue)
}

func (r *tableReader) readARN(arn string) {
	if partition, account := splitARN(arn); account != "" {
		r.part.Partition, r.part.ARNAccount = partition, account
	}
}

func (r *tableReader) takeRoot(root snapshots.User, row *tableRow) {
	snapshot := tableSnapshot{r.part.Account, r.part.CapturedAt}
	if r.roots[snapshot] {
		r.refuse(row, "duplicate_root", "the account has a second root row of the same time: the first one counts",
			"export the table again; if it holds several reports, export the column that tells their times")
		return
	}
	r.roots[snapshot] = true
	r.part.Root = &root
}
