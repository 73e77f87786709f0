package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"regexp"
	"slices"
)

// prowlerFindings are what Prowler (prowler-cloud/prowler) writes: one row per
// check and resource, with a verdict in words and without the dates that it
// is made of. That holds for
//
//   - CSV, with commas in version 2 (include/csv_header), with semicolons since
//     (prowler/lib/outputs/csv/csv.py), and the CSV per compliance framework
//     (prowler/lib/outputs/compliance);
//   - JSON-ASFF, and the JSON of versions 2 and 3.
//
// JSON-OCSF has rows of the report in resources[].data.metadata since version
// 5.2 (15e888a939), but only those of users with a finding: with --status FAIL
// or -c most are not there, and the file does not say so. A census of it could
// be taken of the worst users alone, so it is refused with the others.
//
// The report as a whole is in memory only since version 3
// (prowler/providers/aws/services/iam/iam_service.py). Version 2 kept it with
// -k, decoded, in a temporary file prowler.cred_report-XXXXXX
// (include/credentials_report): that one is AWS's own CSV and is read as such.
var prowlerFindings = Format{
	Name:  "prowler-findings",
	Title: "Prowler's findings, which are recognized but are no credential report",
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
			Reason: "these are Prowler's findings, not a credential report: verdicts, and only of the resources that the scan was told to print",
			Remedy: "hand over the credential report of the same account: what aws iam get-credential-report prints, " +
				"or the prowler.cred_report file that Prowler 2 keeps with -k",
		})
	},
}

// prowlerHeaders are two columns by which a CSV is known: of version 2, of
// versions 3 and later, and of their compliance files.
var prowlerHeaders = [][2]string{
	{"TITLE_ID", "CHECK_RESULT"},
	{"CHECK_ID", "STATUS_EXTENDED"},
	{"REQUIREMENTS_ID", "STATUSEXTENDED"},
}

func hasName(names [][]byte, name string) bool {
	return slices.ContainsFunc(names, func(n []byte) bool { return string(n) == name })
}

// isProwlerJSON finds the product in OCSF and ASFF, and the fields of versions
// 3 and 2.
func isProwlerJSON(head []byte) bool {
	return bytes.Contains(head, []byte(`"FindingUniqueId"`)) || bytes.Contains(head, []byte(`"Control ID"`)) ||
		bytes.Contains(head, []byte(`"Prowler"`)) && prowlerProduct.Match(head)
}

var prowlerProduct = regexp.MustCompile(`"(name|vendor_name|ProviderName)"\s*:\s*"Prowler"`)
