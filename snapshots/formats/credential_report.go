package formats

import "slices"

// credentialReportCSV is the report as AWS writes it, or edited: columns are found by
// their names, unknown ones are counted, missing ones are an issue.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
var credentialReportCSV = Format{
	Name:  "credential-report-csv",
	Title: "IAM credential report, CSV as AWS writes it",
	Rows:  true,
	Match: func(head []byte) bool {
		has := namesIn(head)
		return !isJSON(head) && has("user") && slices.ContainsFunc(CredentialReportColumns[2:], has)
	},
	Read: readTable,
}
