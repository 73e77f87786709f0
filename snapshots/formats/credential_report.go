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

// credentialReportCSV is the report as AWS writes it, and as people edit it:
// columns are found by the header's names, unknown ones are kept aside,
// missing ones are listed.
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

// column puts one cell into its place. ok is false if the cell is none.
type column func(u *snapshots.User, cell string) (ok bool)

// reportColumns are the columns that are read, by their names in the header.
var reportColumns = map[string]column{
	"user":                   func(u *snapshots.User, s string) bool { u.Name = s; return s != "" },
	"arn":                    func(u *snapshots.User, s string) bool { u.ARN = textCell(s); return true },
	"user_creation_time":     timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.CreatedAt }),
	"password_enabled":       passwordEnabledColumn,
	"password_last_used":     timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordLastUsed }),
	"password_last_changed":  timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordLastChanged }),
	"password_next_rotation": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.PasswordNextRotation }),
	"mfa_active":             flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.MFAActive }),

	"access_key_1_active":            flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Keys[0].Active }),
	"access_key_1_last_rotated":      timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[0].LastRotated }),
	"access_key_1_last_used_date":    timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[0].LastUsed }),
	"access_key_1_last_used_region":  textColumn(func(u *snapshots.User) *string { return &u.Keys[0].Region }),
	"access_key_1_last_used_service": textColumn(func(u *snapshots.User) *string { return &u.Keys[0].Service }),
	"access_key_2_active":            flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Keys[1].Active }),
	"access_key_2_last_rotated":      timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[1].LastRotated }),
	"access_key_2_last_used_date":    timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Keys[1].LastUsed }),
	"access_key_2_last_used_region":  textColumn(func(u *snapshots.User) *string { return &u.Keys[1].Region }),
	"access_key_2_last_used_service": textColumn(func(u *snapshots.User) *string { return &u.Keys[1].Service }),

	"cert_1_active":       flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Certificates[0].Active }),
	"cert_1_last_rotated": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Certificates[0].LastRotated }),
	"cert_2_active":       flagColumn(func(u *snapshots.User) *snapshots.Flag { return &u.Certificates[1].Active }),
	"cert_2_last_rotated": timeColumn(func(u *snapshots.User) *snapshots.Time { return &u.Certificates[1].LastRotated }),
}

func timeColumn(place func(*snapshots.User) *snapshots.Time) column {
	return func(u *snapshots.User, cell string) (ok bool) {
		*place(u), ok = timeCell(cell)
		return ok
	}
}

func flagColumn(place func(*snapshots.User) *snapshots.Flag) column {
	return func(u *snapshots.User, cell string) (ok bool) {
		*place(u), _, ok = flagCell(cell)
		return ok
	}
}

func textColumn(place func(*snapshots.User) *string) column {
	return func(u *snapshots.User, cell string) bool { *place(u) = textCell(cell); return true }
}

func passwordEnabledColumn(u *snapshots.User, cell string) (ok bool) {
	u.PasswordEnabled, u.PasswordEnabledMissing, ok = flagCell(cell)
	return ok
}

// rootNames are what the root row is called: by AWS, by AWS's own
// documentation, and in hand-made files beside a root ARN.
var rootNames = []string{"<root_account>", "root_account", "root"}

// isRoot tells the root row. A user may be named root; then the ARN says user.
func isRoot(u *snapshots.User) bool {
	return u.Name == rootNames[0] ||
		slices.Contains(rootNames, u.Name) && !strings.Contains(u.ARN, ":user/")
}

// reportReader reads the rows of one credential report.
type reportReader struct {
	out        Sink
	rows       *csvRows
	capturedAt snapshots.Time
	columns    []column // by position; nil for a column that nobody reads
	names      []string // by position
	userAt     int      // position of column user
	arnAt      int      // position of column arn, -1 if it is missing
	missing    []string
	extra      []string
	hadRoot    bool
	checkUTF8  bool // some row is not valid UTF-8
	part       *snapshots.UserBatch
}

// readCredentialReport reads the text of a report that was made at capturedAt.
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
	r.newPart()
	for {
		switch {
		case standard && r.standardRow():
		case r.rows.Next():
			r.readRow()
		default:
			r.out.Users(r.part)
			return
		}
	}
}

// readStandardHeader reads the header that nearly all files have, and is false for
// another.
func (r *reportReader) readStandardHeader() (ok bool) {
	if r.rows.rest, ok = strings.CutPrefix(r.rows.rest, standardHeader); ok {
		r.rows.next++
		r.columns, r.names, r.arnAt = standardColumns, CredentialReportColumns, 1
	}
	return ok
}

// readHeader finds the columns, and is false if a row could go wrong with them.
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
			Reason: fmt.Sprintf("the header has no %s: what depends on that is unknown for this account", strings.Join(r.missing, ", ")),
			Remedy: "get a new report with aws iam generate-credential-report and get-credential-report",
		})
	}
	return true
}

// refuseFile refuses all rows of a report whose header names a column twice.
func (r *reportReader) refuseFile(name string) {
	rows := 0
	for r.rows.Next() {
		rows++
	}
	r.out.Issue(snapshots.Issue{
		Line: 1, Column: name, Kind: "wrong_header", RowsRefused: rows,
		Reason: fmt.Sprintf("the header names the column %s twice", name),
		Remedy: "get a new report with aws iam generate-credential-report and get-credential-report",
	})
}

func (r *reportReader) newPart() {
	r.part = &snapshots.UserBatch{CapturedAt: r.capturedAt, MissingColumns: r.missing, UnknownColumns: r.extra}
	// A row has some 250 bytes; a few too many places cost less than growing.
	r.part.Users = snapshots.NewUsers(min(snapshots.UserBatchSize, len(r.rows.rest)/200+1))
}

func (r *reportReader) readRow() {
	rows := r.rows
	if r.checkUTF8 && !utf8.ValidString(rows.raw) {
		r.refuseRow("invalid_utf8", "the row is not valid UTF-8", "save the report as UTF-8, or get a new one")
		return
	}
	if rows.tooLong() {
		r.refuseRow(rowTooLong(rows.most))
		return
	}
	if rows.broken {
		r.refuseRow("open_quote", "a quote in the row is never closed, or something follows it",
			"quote the cell as RFC 4180 says: quotes around it, quotes in it doubled")
		return
	}
	if len(rows.fields) != len(r.columns) && !r.joinName() {
		r.refuseRow("field_count",
			fmt.Sprintf("the row of %s has %d fields, the header has %d", snapshots.Quote(rows.fields[0]), len(rows.fields), len(r.columns)),
			"if the file was cut off, get a new one; if a name has a comma in it, put the name and the ARN in quotes")
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

// nextUser is the place of a user in the part.
func (r *reportReader) nextUser(line int) *snapshots.User {
	if len(r.part.Users) == snapshots.UserBatchSize {
		r.out.Users(r.part)
		r.newPart()
	}
	r.part.Users = append(r.part.Users, snapshots.User{Line: line})
	return r.lastUser()
}

func (r *reportReader) lastUser() *snapshots.User { return &r.part.Users[len(r.part.Users)-1] }

func (r *reportReader) dropUser() { r.part.Users = r.part.Users[:len(r.part.Users)-1] }

// takeUser is called when all cells of the last user are read.
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

// badCell records a cell that is neither value nor word. The row goes on
// without it, and false says that it cannot: it has no user name.
func (r *reportReader) badCell(at int) (goOn bool) {
	name, cell := r.names[at], r.rows.fields[at]
	if at == r.userAt {
		r.refuseRow("no_user_name", "the row has no user name", "get a new report, or fill the cell")
		return false
	}
	issue := snapshots.Issue{
		Line: r.rows.line, Column: name, Kind: "bad_time",
		Reason: fmt.Sprintf("%s is no time: it is taken as unknown", snapshots.Quote(cell)),
		Remedy: "times look like 2021-01-24T09:38:09+00:00; a spreadsheet may have rewritten this one",
	}
	if strings.HasSuffix(name, "_active") || strings.HasSuffix(name, "_enabled") {
		issue.Kind = "bad_flag"
		issue.Reason = fmt.Sprintf("%s is neither true nor false: it is taken as unknown", snapshots.Quote(cell))
		issue.Remedy = "write true or false"
	}
	r.out.Issue(issue)
	return true
}

// readARN takes account and partition from the first ARN that has them.
func (r *reportReader) readARN(u *snapshots.User) {
	if r.part.ARNAccount != "" || u.ARN == "" {
		return
	}
	r.part.Partition, r.part.ARNAccount = splitARN(u.ARN)
}

// splitARN gives partition and account of arn:<partition>:iam::<account>:...,
// and nothing if the text is no such ARN.
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
		r.refuseRow("duplicate_root", "the report has a second root row: the first one counts",
			"get a new report; one report is one account")
		return
	}
	r.hadRoot = true
	r.part.Root = &root
}

// joinName mends a row whose user name has commas in it that nobody quoted.
// IAM allows +=,.@_- in names. The name stands twice, as the user and at the
// end of the ARN, so the row has twice as many extra fields, or fewer of them
// in a row without the ARN's copy; it is mended only where both agree.
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

// CredentialReportColumns are the 22 columns as AWS orders them.
var CredentialReportColumns = []string{
	"user", "arn", "user_creation_time", "password_enabled", "password_last_used",
	"password_last_changed", "password_next_rotation", "mfa_active",
	"access_key_1_active", "access_key_1_last_rotated", "access_key_1_last_used_date",
	"access_key_1_last_used_region", "access_key_1_last_used_service",
	"access_key_2_active", "access_key_2_last_rotated", "access_key_2_last_used_date",
	"access_key_2_last_used_region", "access_key_2_last_used_service",
	"cert_1_active", "cert_1_last_rotated", "cert_2_active", "cert_2_last_rotated",
}

// The header as AWS writes it, which nearly all files have, and its columns.
var (
	standardHeader  = strings.Join(CredentialReportColumns, ",") + "\n"
	standardColumns = func() []column {
		columns := make([]column, len(CredentialReportColumns))
		for i, name := range CredentialReportColumns {
			columns[i] = reportColumns[name]
		}
		return columns
	}()
)
