package formats

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// credentialReportCSV is the report as AWS writes it, or edited: columns are found by
// their names, unknown ones are counted, missing ones are an issue.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
var credentialReportCSV = Format{
	Name:  "credential-report-csv",
	Title: "IAM credential report, CSV as AWS writes it",
	Match: func(head []byte) bool {
		header, _, _ := bytes.Cut(bytes.TrimLeft(head, "\r\n"), []byte("\n"))
		columns := strings.Split(strings.TrimSpace(string(header)), ",")
		return slices.Contains(columns, "user") && slices.ContainsFunc(columns, func(name string) bool {
			return name != "user" && name != "arn" && reportColumns[name] != nil
		})
	},
	Read: func(in Input, out Sink) { readCredentialReport(in, snapshots.Time{}, out) },
}

// rootNames are the names of the root row: in reports, in AWS's documentation, and in
// edited files that have a root ARN.
var rootNames = []string{"<root_account>", "root_account", "root"}

// isRoot recognizes the root row. The ARN of an IAM user named root has user.
func isRoot(u *snapshots.User) bool {
	return u.Name == rootNames[0] ||
		slices.Contains(rootNames, u.Name) && !strings.Contains(u.ARN, ":user/")
}

// reportReader reads the rows of one credential report.
type reportReader struct {
	out        Sink
	rows       *csvRows
	capturedAt snapshots.Time
	columns    []column // by position; nil for a column that is not read
	names      []string // by position
	userAt     int      // position of column user
	arnAt      int      // position of column arn, -1 if it is missing
	missing    []string
	extra      []string
	hadRoot    bool
	checkUTF8  bool // some row is not valid UTF-8
	batch      *snapshots.UserBatch
}

// readCredentialReport reads a report in CSV that was generated at capturedAt.
func readCredentialReport(in Input, capturedAt snapshots.Time, out Sink) {
	text := unsafe.String(unsafe.SliceData(in.Data), len(in.Data))
	r := &reportReader{
		out: out, rows: newCSVRows(text, in.RowBytes), capturedAt: capturedAt, arnAt: -1,
		checkUTF8: !utf8.Valid(in.Data),
	}
	standard := r.readStandardHeader()
	if !standard && !(r.rows.Next() && r.readHeader()) {
		return
	}
	standard = standard && !r.rows.quotes && !r.checkUTF8
	r.newBatch()
	for {
		switch {
		case standard && r.standardRow():
		case r.rows.Next():
			r.readRow()
		default:
			r.out.Users(r.batch)
			return
		}
	}
}

// readHeader finds the columns. It is false if the file is refused.
func (r *reportReader) readHeader() bool {
	for at, name := range r.rows.fields {
		name = strings.TrimSpace(name)
		if slices.Contains(r.names, name) {
			r.refuseFile(name)
			return false
		}
		r.names = append(r.names, name)
		r.columns = append(r.columns, reportColumns[name])
		switch {
		case name == "user":
			r.userAt = at
		case name == "arn":
			r.arnAt = at
		case reportColumns[name] == nil:
			r.extra = append(r.extra, name)
		}
	}
	for _, name := range CredentialReportColumns {
		if !slices.Contains(r.names, name) {
			r.missing = append(r.missing, name)
		}
	}
	if len(r.missing) > 0 {
		r.out.Issue(snapshots.Issue{
			Line: 1, Kind: "missing_column",
			Reason: fmt.Sprintf("missing %s in the header; dependent figures are unknown for this account", columnList(r.missing)),
			Remedy: "download a new report with aws iam generate-credential-report and get-credential-report",
		})
	}
	return true
}

// refuseFile refuses all rows of a report whose header has a column twice.
func (r *reportReader) refuseFile(name string) {
	rows := 0
	for r.rows.Next() {
		rows++
	}
	r.out.Issue(snapshots.Issue{
		Line: 1, Column: name, Kind: "wrong_header", RowsRefused: rows,
		Reason: fmt.Sprintf("the header has the column %s twice", name),
		Remedy: "download a new report with aws iam generate-credential-report and get-credential-report",
	})
}

func (r *reportReader) newBatch() {
	r.batch = &snapshots.UserBatch{CapturedAt: r.capturedAt, MissingColumns: r.missing, UnknownColumns: r.extra}
	// A row has some 250 bytes. Too much room costs less than growing.
	r.batch.Users = snapshots.NewUsers(min(snapshots.UserBatchSize, len(r.rows.rest)/200+1))
}

func (r *reportReader) readRow() {
	rows := r.rows
	if r.checkUTF8 && !utf8.ValidString(rows.raw) {
		r.refuseRow("invalid_utf8", "the row is not valid UTF-8", "save the report as UTF-8, or download a new one")
		return
	}
	if rows.tooLong() {
		r.refuseRow(rowTooLong(rows.limit))
		return
	}
	if rows.broken {
		r.refuseRow("open_quote", "a quote in the row is never closed, or text follows it",
			"quote cells as in RFC 4180: quotes around the cell, quotes in it doubled")
		return
	}
	if len(rows.fields) != len(r.columns) && !r.joinName() {
		r.refuseRow("field_count",
			fmt.Sprintf("the row of %s has %d fields, the header has %d", snapshots.Quote(rows.fields[0]), len(rows.fields), len(r.columns)),
			"if the file is truncated, download a new one; if a name has a comma, quote the name and the ARN")
		return
	}
	user := r.nextUser(rows.line)
	for at, put := range r.columns {
		if put != nil && !put(user, rows.fields[at]) && !r.badCell(at) {
			r.dropUser()
			return
		}
	}
	r.takeUser()
}

// nextUser appends a user to the batch, or to a new one.
func (r *reportReader) nextUser(line int) *snapshots.User {
	if len(r.batch.Users) == snapshots.UserBatchSize {
		r.out.Users(r.batch)
		r.newBatch()
	}
	r.batch.Users = append(r.batch.Users, snapshots.User{Line: line})
	return r.lastUser()
}

func (r *reportReader) lastUser() *snapshots.User { return &r.batch.Users[len(r.batch.Users)-1] }

func (r *reportReader) dropUser() { r.batch.Users = r.batch.Users[:len(r.batch.Users)-1] }

// takeUser completes the last user after all cells are read.
func (r *reportReader) takeUser() {
	user := r.lastUser()
	r.readARN(user)
	if isRoot(user) {
		r.takeRoot(*user)
		r.dropUser()
	}
}

func (r *reportReader) refuseRow(kind, reason, remedy string) {
	r.out.Issue(snapshots.Issue{Line: r.rows.line, Kind: kind, Reason: reason, Remedy: remedy, RowsRefused: 1})
}

// badCell emits the issue of an invalid cell. It is false if the row is refused: it
// has no user name.
func (r *reportReader) badCell(at int) (accepted bool) {
	name, cell := r.names[at], r.rows.fields[at]
	if at == r.userAt {
		r.refuseRow("no_user_name", "the row has no user name", "download a new report, or add the name")
		return false
	}
	issue := snapshots.Issue{
		Line: r.rows.line, Column: name, Kind: "bad_time",
		Reason: fmt.Sprintf("invalid time %s in %s; treated as unknown", snapshots.Quote(cell), name),
		Remedy: "write times as 2021-01-24T09:38:09+00:00; a spreadsheet may have reformatted this one",
	}
	if strings.HasSuffix(name, "_active") || strings.HasSuffix(name, "_enabled") {
		issue.Kind = "bad_flag"
		issue.Reason = fmt.Sprintf("invalid flag %s in %s; treated as unknown", snapshots.Quote(cell), name)
		issue.Remedy = "write true or false"
	}
	r.out.Issue(issue)
	return true
}

// readARN takes account and partition from the first ARN that has them.
func (r *reportReader) readARN(u *snapshots.User) {
	if r.batch.ARNAccount != "" || u.ARN == "" {
		return
	}
	r.batch.Partition, r.batch.ARNAccount = splitARN(u.ARN)
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
	if !ok {
		return "", ""
	}
	return partition, account
}

func (r *reportReader) takeRoot(root snapshots.User) {
	if r.hadRoot {
		r.refuseRow("duplicate_root", "the report has a second root row; the first one counts",
			"download a new report; a report has one account")
		return
	}
	r.hadRoot = true
	r.batch.Root = &root
}

// joinName repairs a row whose user name has commas and is not quoted: IAM allows
// +=,.@_- in names. The name is also the end of the ARN. The row is repaired only if
// the two agree.
func (r *reportReader) joinName() bool {
	fields, want := r.rows.fields, len(r.columns)
	if r.userAt != 0 || r.arnAt != 1 || len(fields) <= want {
		return false
	}
	extra := len(fields) - want
	for inName := 1; inName <= extra; inName++ {
		if !strings.HasPrefix(fields[inName+1], "arn:") {
			continue
		}
		arnEnd := extra + 2 // the field after the ARN
		name := strings.Join(fields[:inName+1], ",")
		arn := strings.Join(fields[inName+1:arnEnd], ",")
		if strings.HasSuffix(arn, "/"+name) || strings.HasSuffix(arn, ":"+name) {
			r.rows.fields = append([]string{name, arn}, fields[arnEnd:]...)
			return true
		}
	}
	return false
}

// columnList names columns for a message, the first three of many.
func columnList(names []string) string {
	switch n := len(names); {
	case n == 1:
		return "column " + names[0]
	case n > 4:
		return fmt.Sprintf("columns %s and %d more", strings.Join(names[:3], ", "), n-3)
	}
	return "columns " + strings.Join(names, ", ")
}
