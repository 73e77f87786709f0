package formats

import (
	"slices"
	"unicode/utf8"
)

// A table is the credential report as other tools hand it out: one row per
// user, of one account or of many, as CSV, JSON or Parquet. The tools turned
// words of AWS into null and into booleans; what they did is undone here, for
// all of them, so that the same report gives the same records whatever way it
// took. The formats say which tool does what, and where that is written.

// credentialReportTable is a table that is neither Steampipe's nor
// CloudQuery's: AWS's columns in JSON, or in CSV with a column beside them
// that says whose or of when the row is.
var credentialReportTable = Format{
	Name:  "credential-report-table",
	Title: "IAM credential reports as one table: AWS's columns as JSON, or as CSV with account_id or generated_time",
	Match: func(head []byte) bool {
		has := namesIn(head)
		return has("user") && (isJSON(head) || has("account_id") || has("generated_time")) && isReport(has)
	},
	Read: readTableText,
}

// tableColumns are the columns that are read: the report's, and what tools
// put beside them.
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

// tableName is a name that a column goes by.
type tableName struct {
	name string
	at   int // in tableColumns
}

// tableNames are all names of all columns. Where a row has two names of one
// column, the first counts.
var tableNames = func() (names []tableName) {
	for at, name := range tableColumns {
		names = append(names, tableName{name, at})
	}
	for _, alias := range slices.Concat(steampipeNames, cloudqueryNames) {
		names = append(names, tableName{alias[0], slices.Index(tableColumns, alias[1])})
	}
	return names
}()

// tableColumn gives the place of a name in tableColumns, -1 if nobody reads it.
func tableColumn(name string) int {
	i := slices.IndexFunc(tableNames, func(n tableName) bool { return n.name == name })
	if i < 0 {
		return -1
	}
	return tableNames[i].at
}

// tableCell is what a row says in one column.
type tableCell struct {
	is   cellKind
	text string
}

type cellKind uint8

const (
	isAbsent cellKind = iota // the row has no such column, or its value cannot be read
	isNull
	isText
)

// tableText is the cell of a text. <null> is how Steampipe prints null in CSV
// before 0.20.7 (turbot/steampipe, pkg/display/column.go); no name in AWS can
// be that.
func tableText(text string) tableCell {
	if text == "" || text == "<null>" {
		return tableCell{is: isNull}
	}
	return tableCell{isText, text}
}

// tableRow is one row while it is read.
type tableRow struct {
	line  int         // of a text of lines; else the number of the row
	cells []tableCell // by tableColumns
}

func (r *tableRow) text(at int) string { return r.cells[at].text }

func (r *tableRow) isUTF8() bool {
	return !slices.ContainsFunc(r.cells, func(c tableCell) bool { return !utf8.ValidString(c.text) })
}

// rowSource goes through the rows of a table, whatever it is packed in.
type rowSource interface {
	// next reads a row into row, whose cells are all absent, and is false at
	// the end. It refuses itself what it cannot read.
	next(row *tableRow) bool
	// unread lists the columns that nobody reads, as far as it went.
	unread() []string
}
