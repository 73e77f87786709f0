package files

import (
	"slices"

	"iamcensus/snapshots"
)

// officeParts are members that every spreadsheet or document has, of Excel, LibreOffice
// or Numbers. They are zips, but their parts are no files of ours.
var officeParts = []string{"[Content_Types].xml", "mimetype", "Index/Document.iwa"}

func isOfficePart(name string) bool { return slices.Contains(officeParts, name) }

func spreadsheet() *snapshots.Issue {
	return &snapshots.Issue{
		Kind: "spreadsheet", Reason: "the file is a spreadsheet or document, not an archive of inputs",
		Remedy: "save it as CSV, or download the report again",
	}
}
