package formats

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// A table is the credential report as AWS or other tools export it: one row per user,
// of one or several accounts, as CSV, JSON or Parquet. Some tools replace words of AWS
// by null and by booleans. report_words.go undoes that, so that a report gives the same
// users whichever tool exported it. steampipe.go and cloudquery.go document the
// changes.

// credentialReportTable is any other table: AWS's columns in JSON, or in CSV with a
// further column for the account or the time of the report.
var credentialReportTable = Format{
	Name:  "credential-report-table",
	Title: "IAM credential reports in one table: the columns of AWS as JSON, or as CSV with account_id or generated_time",
	Rows:  true,
	Match: func(head []byte) bool {
		has := namesIn(head)
		return has("user") && (isJSON(head) || slices.ContainsFunc(ownColumns, has)) && isReport(has)
	},
	Read: readTable,
}

// ownColumns are columns of tables that AWS's report does not have.
var ownColumns = append([]string{"account_id", "generated_time"}, accountNames...)

// accountNames are further names of the account. A cell counts if it has an account
// id, since such columns have names of accounts as well.
var accountNames = []string{
	"account", "accountid", "account_number", "accountnumber", "aws_account", "aws_account_id", "awsaccountid", "aws_account_number",
}

// tableColumns are the columns that are read: those of the report, and those that
// tools add.
var tableColumns = append(slices.Clone(CredentialReportColumns),
	"additional_credentials_info", "account_id", "account", "partition", "password_status", "generated_time", "_cq_sync_time")

// Positions in tableColumns.
var (
	atUser            = slices.Index(tableColumns, "user")
	atARN             = slices.Index(tableColumns, "arn")
	atPasswordEnabled = slices.Index(tableColumns, "password_enabled")
	atMore            = slices.Index(tableColumns, "additional_credentials_info")
	atAccount         = slices.Index(tableColumns, "account_id")
	atOtherAccount    = slices.Index(tableColumns, "account")
	atPartition       = slices.Index(tableColumns, "partition")
	atPasswordStatus  = slices.Index(tableColumns, "password_status")
	atGeneratedTime   = slices.Index(tableColumns, "generated_time")
	atSyncTime        = slices.Index(tableColumns, "_cq_sync_time")
)

// tableName is one of the names of a column.
type tableName struct {
	name string
	at   int // in tableColumns
}

// tableNames are all names of all columns. If a row has two names of one column, the
// first counts.
var tableNames = func() (names []tableName) {
	for at, name := range tableColumns {
		names = append(names, tableName{name, at})
	}
	for _, alias := range slices.Concat(steampipeNames, cloudqueryNames) {
		names = append(names, tableName{alias[0], slices.Index(tableColumns, alias[1])})
	}
	for _, name := range accountNames[1:] {
		names = append(names, tableName{name, atOtherAccount})
	}
	return names
}()

// tableColumn is the index of a name in tableColumns, -1 if the column is not read.
func tableColumn(name string) int {
	name = columnName(name)
	i := slices.IndexFunc(tableNames, func(n tableName) bool { return n.name == name })
	if i < 0 {
		return -1
	}
	return tableNames[i].at
}

// tableCell is the value of a row in one column.
type tableCell struct {
	kind cellKind
	text string
}

type cellKind uint8

const (
	absent cellKind = iota // the row has no such column, or its value cannot be read
	null
	filledCell
)

// tableText is the cell with a text, without the blanks around it. <null> is null in CSV of Steampipe before 0.20.7
// (turbot/steampipe, pkg/display/column.go); no name in AWS can be that.
func tableText(text string) tableCell {
	text = strings.TrimSpace(text)
	if text == "" || text == "<null>" {
		return tableCell{kind: null}
	}
	return tableCell{filledCell, text}
}

// tableRow is a row while it is read.
type tableRow struct {
	line  int         // in text with one row per line; else the number of the row
	cells []tableCell // as tableColumns
}

func (r *tableRow) text(at int) string { return r.cells[at].text }

func (r *tableRow) isUTF8() bool {
	return !slices.ContainsFunc(r.cells, func(c tableCell) bool { return !utf8.ValidString(c.text) })
}

// rowSource reads the rows of a table in one encoding.
type rowSource interface {
	// next reads a row into row, whose cells are all absent. It is false at the end.
	// It emits issues for rows that it cannot read, and skips them.
	next(row *tableRow) bool
	// unknownColumns lists the columns that are not read, in the rows so far.
	unknownColumns() []string
}

// nullsAreWords reports whether a tool documents that its nulls are words of AWS.
func nullsAreWords(has columnNames) bool { return isSteampipe(has) || isCloudquery(has) }

// isReport reports whether a table has columns that only credential reports have.
func isReport(has columnNames) bool { return slices.ContainsFunc(reportNames, has) }

// reportNames are the names of such columns. Tables of users, too, have names, times and
// password_last_used.
var reportNames = func() (names []string) {
	for _, n := range tableNames {
		prefix, _, _ := strings.Cut(n.name, "_")
		if slices.Contains([]string{"password", "mfa", "access", "cert"}, prefix) && n.name != "password_last_used" && n.name != "password_status" {
			names = append(names, n.name)
		}
	}
	return names
}()
