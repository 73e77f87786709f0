package formats

import (
	"fmt"
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// cellReaders read the columns of the report, as CredentialReportColumns.
var cellReaders = func() []column {
	readers := make([]column, len(CredentialReportColumns))
	for i, name := range CredentialReportColumns {
		readers[i] = reportColumns[name]
	}
	return readers
}()

// hasWords are the columns in which AWS writes a word where there is no value, as
// CredentialReportColumns.
var hasWords = func() []bool {
	has := make([]bool, len(CredentialReportColumns))
	for i, name := range CredentialReportColumns {
		has[i] = i != atUser && i != atARN && name != "user_creation_time" && !isFlag(name)
	}
	return has
}()

func isFlag(name string) bool {
	return strings.HasSuffix(name, "_active") || name == "password_enabled" || name == "password_status"
}

// readUser reads the cells of the report. The nulls come last, since their meaning
// depends on the other cells. It is false if the row is refused: a spreadsheet
// translated its flags.
func (r *reportReader) readUser(u *snapshots.User, row *tableRow, capturedAt snapshots.Time) bool {
	var bad []int
	for at, read := range cellReaders {
		if c := row.cells[at]; c.kind == filledCell && !read(u, c.text) {
			if isFlag(tableColumns[at]) && isLocalFlag(c.text) {
				r.local.add(row.line, 1)
				return false
			}
			bad = append(bad, at)
		}
	}
	for _, at := range bad {
		r.badCell(row, at)
	}
	r.noteWords(row)
	r.readMore(u, row)
	if r.words {
		r.restoreWords(u, row, capturedAt)
		return true
	}
	for at, read := range cellReaders {
		if row.cells[at].kind == null {
			read(u, "")
		}
	}
	r.passwordStatus(u, row)
	return true
}

// noteWords notes which words the table has, and which it lacks.
func (r *reportReader) noteWords(row *tableRow) {
	for at := range cellReaders {
		switch c := row.cells[at]; {
		case c.kind == absent || r.hasWord && r.hasEmpty:
		case c.text == "N/A" || c.text == "no_information" || c.text == "not_supported":
			r.hasWord = true
		case hasWords[at] && (c.kind == null || isNull(c.text)):
			r.hasEmpty = true
		}
	}
}

// readMore reads additional_credentials_info: how many credentials a user has besides
// those of the report, and what to call for them.
func (r *reportReader) readMore(u *snapshots.User, row *tableRow) {
	text := row.text(atMore)
	if _, missing := missingCell(text); missing || text == "0" {
		return
	}
	u.HasMoreCredentials = true
	r.out.Issue(snapshots.Issue{
		Line: row.line, Column: tableColumns[atMore], Kind: "more_credentials",
		Reason: fmt.Sprintf("user %s has credentials that the report lacks; what the others do not decide is unknown", snapshots.Quote(u.Name)),
		Remedy: "list them with aws iam list-access-keys; a census cannot count them",
	})
}

// texts are the columns with texts that are checked, besides the name.
var texts = []struct {
	at      int
	isValid func(string) bool
}{
	{atARN, isARN},
	{atPartition, isWord},
	{slices.Index(tableColumns, "access_key_1_last_used_region"), isWord},
	{slices.Index(tableColumns, "access_key_1_last_used_service"), isWord},
	{slices.Index(tableColumns, "access_key_2_last_used_region"), isWord},
	{slices.Index(tableColumns, "access_key_2_last_used_service"), isWord},
}

// checkTexts removes texts that are far from what AWS writes.
func (r *reportReader) checkTexts(row *tableRow) {
	for _, text := range texts {
		if text.isValid(row.text(text.at)) {
			continue
		}
		name := tableColumns[text.at]
		r.out.Issue(snapshots.Issue{
			Line: row.line, Column: name, Kind: "bad_text",
			Reason: "invalid text in " + name + "; treated as unknown",
			Remedy: "export the table again",
		})
		row.cells[text.at] = tableCell{}
	}
}

// checkName refuses a row with a name that nothing has. A name that only AWS cannot have
// may be a pseudonym: the row is loaded.
func (r *reportReader) checkName(row *tableRow) bool {
	name := row.text(atUser)
	issue := snapshots.Issue{
		Line: row.line, Column: tableColumns[atUser], Kind: "bad_user_name",
		Remedy: "download a new report; if the names are pseudonyms, use letters and digits",
	}
	switch {
	case len(name) > maxName:
		issue.Reason, issue.RowsRefused = fmt.Sprintf("the user name has %d bytes, more than the maximum of %d", len(name), maxName), 1
	case !isName(name):
		issue.Reason, issue.RowsRefused = "the user name has control characters or invisible ones", 1
	case isSuspicious(name):
		issue.Reason = "the user name has characters that AWS does not allow; loaded as it is"
	default:
		return true
	}
	r.out.Issue(issue)
	return issue.RowsRefused == 0
}

func (r *reportReader) badCell(row *tableRow, at int) {
	name, cell := tableColumns[at], shown(row.text(at))
	issue := snapshots.Issue{
		Line: row.line, Column: name, Kind: "bad_time",
		Reason: fmt.Sprintf("invalid time%s in %s; treated as unknown", cell, name), Remedy: timeRemedy,
	}
	if isFlag(name) {
		issue.Kind = "bad_flag"
		issue.Reason = fmt.Sprintf("invalid flag%s in %s; treated as unknown", cell, name)
		issue.Remedy = "write true or false; a spreadsheet may have reformatted this one"
	}
	r.out.Issue(issue)
}
