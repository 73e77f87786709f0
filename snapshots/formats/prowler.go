package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"regexp"
	"slices"
)

// prowlerFindings is the output of Prowler (prowler-cloud/prowler): one row per check
// and resource, with a verdict but without the dates that it was derived from:
//
//   - CSV, with commas in version 2 (include/csv_header), with semicolons since
//     (prowler/lib/outputs/csv/csv.py), and the CSV per compliance framework
//     (prowler/lib/outputs/compliance);
//   - JSON-ASFF, and the JSON of versions 2 and 3.
//
// JSON-OCSF has rows of the report in resources[].data.metadata since version 5.2
// (15e888a939), but only of users with a finding. With --status FAIL or -c most users
// are missing, and the file does not show that. A census would count the worst users
// only, so this is refused as well.
//
// Since version 3 the whole report is in memory only
// (prowler/providers/aws/services/iam/iam_service.py). Version 2 with -k keeps it in a
// temporary file prowler.cred_report-XXXXXX (include/credentials_report), which is
// the CSV of AWS and is read as such.
var prowlerFindings = Format{
	Name:  "prowler-findings",
	Title: "Prowler findings: recognized, but refused, as they are not a credential report",
	Rows:  true,
	Match: func(head []byte) bool {
		if isJSON(head) {
			return isProwlerJSON(head)
		}
		header, _, _ := bytes.Cut(head, []byte("\n"))
		names := bytes.FieldsFunc(bytes.TrimSpace(header), func(r rune) bool { return r == ',' || r == ';' || r == '"' })
		return slices.ContainsFunc(prowlerHeaders, func(marks [2]string) bool {
			return hasName(names, marks[0]) && hasName(names, marks[1])
		})
	},
	Read: func(_ Input, out Sink) {
		out.Issue(snapshots.Issue{
			Kind:   "findings_not_report",
			Reason: "the file has Prowler findings, not a credential report: no dates, and only the resources that the scan selected",
			Remedy: "ingest the credential report of the account: the output of aws iam get-credential-report, " +
				"or prowler.cred_report of Prowler 2 with -k",
		})
	},
}

// prowlerHeaders are two columns that identify a CSV: of version 2, of version 3 and
// later, and of their compliance files.
var prowlerHeaders = [][2]string{
	{"TITLE_ID", "CHECK_RESULT"},
	{"CHECK_ID", "STATUS_EXTENDED"},
	{"REQUIREMENTS_ID", "STATUSEXTENDED"},
}

func hasName(names [][]byte, name string) bool {
	return slices.ContainsFunc(names, func(n []byte) bool { return string(n) == name })
}

// isProwlerJSON finds the product name in OCSF and ASFF, and fields of the JSON of
// versions 3 and 2.
func isProwlerJSON(head []byte) bool {
	return bytes.Contains(head, []byte(`"FindingUniqueId"`)) || bytes.Contains(head, []byte(`"Control ID"`)) ||
		bytes.Contains(head, []byte(`"Prowler"`)) && prowlerProduct.Match(head)
}

var prowlerProduct = regexp.MustCompile(`"(name|vendor_name|ProviderName)"\s*:\s*"Prowler"`)
