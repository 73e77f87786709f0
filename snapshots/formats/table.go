package formats

import (
	"slices"
	"unicode/utf8"
)

// A table is the credential report as other tools export it: one row per user, of one
// or several accounts, as CSV, JSON or Parquet. The tools replace words of AWS by null
// and by booleans. The table reader undoes that, so that a report gives the same users
// whichever tool exported it. steampipe.go and cloudquery.go document the changes.

// credentialReportTable is any other table: AWS's columns in JSON, or in CSV with a
// further column for the account or the time of the report.
var credentialReportTable = Format{
	Name:  "credential-report-table",
	Title: "IAM credential reports in one table: the columns of AWS as JSON, or as CSV with account_id or generated_time",
	Match: func(head []byte) bool {
		has := namesIn(head)
		return has("user") && (isJSON(head) || has("account_id") || has("generated_time")) && isReport(has)
	},
	Read: readTableText,
}

// tableColumns are the columns that are read: those of the report, and those that
// tools add.
var tableColumns = append(slices.Clone(CredentialReportColumns),
	"account_id", "partition", "password_status", "generated_time", "_cq_sync_time")

// Positions in tableColumns.
var (
	atUser            = slices.Index(tableColumns, "user")
	atARN             = slices.Index(tableColumns, "arn")
	atPasswordEnabled = slices.Index(tableColumns, "password_enabled")
	atAccount         = slices.Index(tableColumns, "account_id")
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
	return names
}()

// tableColumn is the index of a name in tableColumns, -1 if the column is not read.
func tableColumn(name string) int {
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

// tableText is the cell with a text. <null> is null in CSV of Steampipe before 0.20.7
// (turbot/steampipe, pkg/display/column.go); no name in AWS can be that.
func tableText(text string) tableCell {
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
