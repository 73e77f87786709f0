package formats

import (
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// reportReader collects the rows of one table into batches. A batch has rows of one
// account and time, a run of them: whose a row is, is the row's own matter.
type reportReader struct {
	out        Sink
	rows       rowSource
	csv        *csvTable      // rows, if they are CSV
	capturedAt snapshots.Time // of rows without a time
	words      bool           // nulls are words of AWS
	watch

	batch     *snapshots.UserBatch
	arnPrefix string // of the ARNs of the batch: arn:aws:iam::111122223333:
	row       *tableRow
	scratch   snapshots.User // the user that is read

	seen        uint64                 // columns that a row of this section has, as bits
	missing     missingColumns         // the others
	roots       map[tableSnapshot]bool // whether a snapshot of partition aws has a root row; others: it has one; at most maxSnapshots
	hadRow      bool                   // the table has a row, read or refused
	hadBatch    bool                   // the table has a batch
	hadSnapshot bool                   // a row has set hasTimes
	hasAccounts bool                   // a row has an account in a column of its own
	hasTimes    bool                   // rows have times of their own or of the file, as the first row does
	several     bool                   // the table has several accounts

	hasWord, hasEmpty bool        // a word of AWS; an empty cell where AWS writes one
	local             refusedRows // whose flags a spreadsheet translated
	reportedSynced    bool        // the issue that _cq_sync_time replaces the report's time was emitted
}

const (
	reportRemedy = "download a new report with aws iam generate-credential-report and get-credential-report"
	timeRemedy   = "write times as 2021-01-24T09:38:09Z or 2021-01-24 09:38:09+00; a spreadsheet may have reformatted this one"
)

// read reads all rows.
func (r *reportReader) read() {
	for !r.ended() && r.next() {
	}
	r.newSection()
	r.reportWhole()
}

func (r *reportReader) next() bool {
	if r.standardRow() {
		return true
	}
	if r.row == nil {
		r.row = &tableRow{cells: make([]tableCell, len(tableColumns))}
	}
	if !r.rows.next(r.row) {
		return false
	}
	r.hadRow = true
	r.readRow(r.row)
	clear(r.row.cells)
	return true
}

// newSection ends the batch before rows with another header.
func (r *reportReader) newSection() {
	r.flush()
	r.reportMissing()
	r.seen = 0
}

func (r *reportReader) readRow(row *tableRow) {
	for at, c := range row.cells {
		if c.kind != absent {
			r.seen |= 1 << at
		}
	}
	if row.text(atUser) == "" {
		r.refuse(row, "no_user_name", "the row has no user name", "download a new report, or add the name")
		return
	}
	if isTotal(row) {
		r.refuse(row, "no_values", "the row has nothing but a name, as a line of totals has", "remove it, or download a new report")
		return
	}
	if !row.isUTF8() {
		r.refuse(row, "invalid_utf8", "the row is not valid UTF-8", "export the table again as UTF-8")
		return
	}
	if !r.checkName(row) {
		return
	}
	r.checkTexts(row)
	s, ok := r.snapshotOf(row)
	if !ok || r.lacksSnapshot(row, s) {
		return
	}
	r.scratch = snapshots.User{Line: row.line}
	if r.readUser(&r.scratch, row, s.capturedAt) {
		r.add(&r.scratch, s)
	}
}

// isTotal reports whether a row has no value in any column, and something else than an ARN
// in that of the ARN.
func isTotal(row *tableRow) bool {
	if row.cells[atARN].kind == absent || strings.HasPrefix(row.text(atARN), "arn:") {
		return false
	}
	values := row.cells[atARN+1 : len(CredentialReportColumns)]
	return !slices.ContainsFunc(values, func(c tableCell) bool { return c.kind == filledCell })
}

func (r *reportReader) refuse(row *tableRow, kind, reason, remedy string) {
	r.out.Issue(snapshots.Issue{Line: row.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}

// lacksSnapshot refuses a row that lacks the account or time that other rows have, or
// has a time where they have none: it would be a snapshot of its own.
func (r *reportReader) lacksSnapshot(row *tableRow, s rowSnapshot) bool {
	if !r.hadSnapshot {
		r.hadSnapshot, r.hasTimes = true, s.capturedAt.Known()
	}
	noAccount := s.key().account == "" && (r.hasAccounts || r.several)
	if noAccount || r.hasTimes != s.capturedAt.Known() {
		r.refuse(row, "no_snapshot", "other rows of the table have an account and time where this row has none, or the reverse",
			"export the whole table with all its columns")
		return true
	}
	return false
}

// add adds a user to the batch, or to a new one if that is full or of another snapshot.
func (r *reportReader) add(u *snapshots.User, s rowSnapshot) {
	b := r.batch
	switch {
	case b == nil || len(b.Users) == snapshots.UserBatchSize:
		r.startBatch(s, b != nil || !r.hadBatch)
	case !sameSnapshot(b, s):
		r.several = r.several || batchKey(b).account != s.key().account
		r.startBatch(s, false)
	}
	r.attribute(u, s)
	if isRoot(u) {
		r.takeRoot(*u)
		return
	}
	r.batch.Users = append(r.batch.Users, *u)
}

// sameSnapshot reports whether a row belongs to a batch. A row without any account
// joins the batch, and gives a batch without one its own.
func sameSnapshot(b *snapshots.UserBatch, s rowSnapshot) bool {
	if b.CapturedAt != s.capturedAt {
		return false
	}
	if batchKey(b).account == "" || s.key().account == "" {
		return true
	}
	return b.Account == s.account && (b.ARNAccount == s.arnAccount || b.ARNAccount == "" || s.arnAccount == "")
}

func batchKey(b *snapshots.UserBatch) tableSnapshot {
	return rowSnapshot{account: b.Account, arnAccount: b.ARNAccount, capturedAt: b.CapturedAt}.key()
}

// startBatch starts a batch. In a run of rows after another account or header there may be
// a single row; else there is room for the rest of the table.
func (r *reportReader) startBatch(s rowSnapshot, isLong bool) {
	r.flush()
	r.hadBatch = true
	r.batch = &snapshots.UserBatch{CapturedAt: s.capturedAt}
	r.arnPrefix = ""
	if isLong && r.csv != nil {
		// A row has some 250 bytes. Too much room costs less than growing.
		r.batch.Users = snapshots.NewUsers(min(snapshots.UserBatchSize, len(r.csv.rows.rest)/200+1))
	}
}

// attribute gives the account of a row to a batch that has none.
func (r *reportReader) attribute(u *snapshots.User, s rowSnapshot) {
	b := r.batch
	if b.Account == "" {
		b.Account = s.account
	}
	if b.Partition == "" {
		b.Partition = s.partition
	}
	if b.ARNAccount == "" && s.arnAccount != "" {
		b.Partition, b.ARNAccount = s.partition, s.arnAccount
		r.arnPrefix = u.ARN[:len("arn:")+len(s.partition)+len(":iam::")+len(s.arnAccount)+len(":")]
	}
}

func (r *reportReader) flush() {
	b := r.batch
	if b == nil {
		return
	}
	b.MissingColumns, b.UnknownColumns = r.missing.of(r.seen), r.rows.unknownColumns()
	if key := batchKey(b); b.Partition == "aws" && !r.roots[key] {
		r.setRoot(key, false)
	}
	if b.Rows() > 0 {
		r.out.Users(b)
	}
	r.batch = nil
}

func (r *reportReader) setRoot(key tableSnapshot, has bool) {
	if r.roots == nil {
		r.roots = map[tableSnapshot]bool{}
	}
	if len(r.roots) < maxSnapshots {
		r.roots[key] = has
	}
}

// rootNames are the names of the root row: in reports, in AWS's documentation, and in
// edited files that have a root ARN.
var rootNames = []string{"<root_account>", "root_account", "root"}

// isRoot recognizes the root row. The ARN of an IAM user named root has user.
func isRoot(u *snapshots.User) bool {
	if u.Name == rootNames[0] {
		return true
	}
	return (u.Name == rootNames[1] || u.Name == rootNames[2]) && !strings.Contains(u.ARN, ":user/")
}

func (r *reportReader) takeRoot(root snapshots.User) {
	key := batchKey(r.batch)
	if r.roots[key] {
		r.out.Issue(snapshots.Issue{
			Line: root.Line, Kind: "duplicate_root", RowsRefused: 1,
			Reason: "the account has a second root row of the same time; the first one counts",
			Remedy: "download a new report; if the file has several reports, include the times of each",
		})
		return
	}
	r.setRoot(key, true)
	r.batch.Root = &root
}

// splitARN gives partition and account of arn:<partition>:iam::<account>:..., and ""
// for any other text.
func splitARN(arn string) (partition, account string) {
	rest, ok := strings.CutPrefix(arn, "arn:")
	if !ok {
		return "", ""
	}
	partition, rest, _ = strings.Cut(rest, ":")
	rest, ok = strings.CutPrefix(rest, "iam::")
	if !ok {
		return "", ""
	}
	account, _, ok = strings.Cut(rest, ":")
	if !ok || account == "" {
		return "", ""
	}
	return partition, account
}
