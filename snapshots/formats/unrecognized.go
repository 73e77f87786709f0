package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"regexp"
	"slices"
	"strings"
)

// unrecognized is the issue of a file that no format matches. What is often saved in
// place of an input has words of its own.
func unrecognized(data []byte) snapshots.Issue {
	head := headOf(data)
	for _, known := range notInputs {
		if known.match(head) {
			return snapshots.Issue{Kind: known.kind, Reason: known.reason, Remedy: known.remedy}
		}
	}
	if isJSON(head) && slices.ContainsFunc(inventoryColumns, func(column string) bool { return bytes.Contains(data, []byte(column)) }) {
		return snapshots.Issue{
			Kind: "inventory", Reason: "the file is an inventory of another tool with a credential report inside, which is not read",
			Remedy: "save the rows of the report as one JSON array, or the output of aws iam get-credential-report",
		}
	}
	return snapshots.Issue{
		Kind: "unrecognized", Reason: "unrecognized file: " + contentKind(head),
		Remedy: "remove it, or convert it to an input format (list them with iamcensus formats)",
	}
}

// notInput is something that is often saved in place of an input.
type notInput struct {
	match                func(head []byte) bool
	kind, reason, remedy string
}

var notInputs = []notInput{
	{func(head []byte) bool { return len(head) == 0 }, "empty_file", "the file is empty", "download it again, or remove it"},
	{
		looksLike(`^\s*(?:\[\s*\]|\{\s*\}|null)?\s*$`), "empty_file",
		"the file has no data, only an empty JSON value or blanks", "download it again, or remove it",
	},
	{
		reportState.Match, "no_report", "the file is the output of generate-credential-report, not the report",
		"save the output of aws iam get-credential-report, or remove the file",
	},
	{
		looksLike(`^(?i)(?:\s|<\?xml[^>]*>|<!--[\s\S]*?-->)*<(?:!doctype html|html|head|body|table)`), "html_page",
		"the file is an HTML page, probably of a sign-in, not the download", "sign in, and download it again",
	},
	{
		looksLike(`^\s*(?:<\?xml[^>]*>\s*)?<\w+Response\b`),
		"not_json", "the file is the XML of the API", "save the output of the AWS CLI with --output json",
	},
	{
		looksLike(`^\s*(?:user|user_name|Content|GeneratedTime)\s+: |^\s*(?:user|user_name|Content|GeneratedTime) [^\n]*\n-{3,} `),
		"not_csv", "the file is a list or table of PowerShell for people", "use Export-Csv or ConvertTo-Json in place of Format-List and Format-Table",
	},
	{
		looksLike(`^\s*(?:b'user,|\{'[\w]+': )`), "not_json", "the file is what Python prints for people",
		"write decoded bytes as CSV, or use json.dumps(..., default=str)",
	},
	{
		func(head []byte) bool { return hasPrefix(head, "BZh", "\xfd7zXZ", "7z\xbc\xaf", "Rar!\x1a") }, "compression", "the file is compressed in a way that is not read",
		"unpack it, or compress it as zip, gzip, zstd, tar.gz or tar.zst",
	},
	{looksLike(`^%PDF`), "pdf", "the file is a PDF", "download the data as CSV or JSON"},
	{
		func(head []byte) bool { return hasPrefix(head, "\xd0\xcf\x11\xe0") }, "spreadsheet",
		"the file is a spreadsheet in the old format of Excel", "save it as CSV, or download the report again",
	},
	{
		looksLike(`^\s*<\?xml[^>]*>\s*<\?mso-application`), "spreadsheet",
		"the file is a spreadsheet in XML", "save it as CSV, or download the report again",
	},
	{
		looksLike(`^(?:Accounts|AccountSummary|Content|GeneratedTime|ReportFormat|Organization|PasswordPolicy|Policies|Policy|Roots|SummaryMap|Targets|UserDetailList):`),
		"not_json", "the file is the YAML of the AWS CLI", "run the command again with --output json",
	},
	{
		looksLike(`^\s*-{8,}\s*\n\|`), "not_json",
		"the file is a table of the AWS CLI for people", "run the command again with --output json",
	},
	{
		looksLike(`^(?:ACCOUNTS|CHILDREN|ORGANIZATION|ORGANIZATIONALUNITS|PARENTS|PASSWORDPOLICY|POLICIES|POLICY|POLICYSUMMARY|ROOTS|SUMMARYMAP|TARGETS)\t`),
		"not_json", "the file is the text output of the AWS CLI", "run the command again with --output json",
	},
	{
		func(head []byte) bool { return hasKey("Statement")(head) }, "bare_policy",
		"the file is the text of a policy, without its id and what it is attached to",
		"for a service control policy save the output of aws organizations describe-policy and list-targets-for-policy",
	},
	{
		hasKey("Users", "AccessKeyMetadata", "MFADevices", "VirtualMFADevices", "LoginProfile", "AccessKeyLastUsed"), "other_response",
		"the file is a response of AWS IAM that a census does not read", "save the output of aws iam get-credential-report, which has the same and more",
	},
	{
		looksLike(`^\s*\[[\s\[]*"[0-9]{12}"`), "other_response",
		"the file has account ids without the response that they come from", "save the whole output of aws organizations list-accounts",
	},
	{
		looksLike(`^scoutsuite_results\s*=`), "inventory", "the file is a report of ScoutSuite; a credential report inside is not read",
		"save the output of aws iam get-credential-report",
	},
	{
		isRecon, "inventory", "the file is an inventory such as that of aws-recon; a credential report inside its content is not read",
		"save the rows of the report as one JSON array, or the output of aws iam get-credential-report",
	},
	{
		looksLike(`^"?(?:<root_account>|[\w+=,.@-]+)"?[,;\t]"?arn:[\w-]+:iam::`), "no_header",
		"the file has rows of a credential report without their header", "download it again, or add the header",
	},
}

func hasPrefix(head []byte, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return bytes.HasPrefix(head, []byte(prefix)) })
}

func looksLike(pattern string) func(head []byte) bool { return regexp.MustCompile(pattern).Match }

// reportState is the output of generate-credential-report, {"State": "STARTED"}.
var reportState = regexp.MustCompile(`^\s*(?:\{[^{}]*"State"\s*:\s*"(?:STARTED|INPROGRESS|COMPLETE)"[^{}]*\}|(?:STARTED|INPROGRESS|COMPLETE)\b[^,;]*|.*\t(?:STARTED|INPROGRESS|COMPLETE))\s*$`)

// inventoryColumns are columns that only credential reports have, as JSON has them.
var inventoryColumns = []string{`"GeneratedTime"`, `"password_last_changed"`, `"access_key_1_active"`, `"access_key_1_last_rotated"`}

// isRecon recognizes elements of aws-recon (darkbitio/aws-recon), whose resource.content
// has the rows of the report.
func isRecon(head []byte) bool {
	keys := " " + strings.Join(rowKeys(head), " ") + " "
	return strings.Contains(keys, " resource ") && strings.Contains(keys, " service ")
}
