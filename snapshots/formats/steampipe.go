package formats

// steampipe is the table aws_iam_credential_report of turbot/steampipe-plugin-aws
// (aws/table_aws_iam_credential_report.go), from steampipe query or
// steampipe_export_aws, as CSV, JSON or JSON lines. How it changes the report:
//
//   - N/A, no_information and not_supported become null: in CSV an empty cell, or
//     <null> before 0.20.7. Since plugin 0.4, password_status preserves what this
//     loses of password_last_used: used, never_used, not_set.
//   - Root's password_enabled not_supported becomes true. The description of that
//     column says "always false", which was so only for six days in September 2021,
//     in no release (5cec3a46, 6c0a6f6f).
//   - generated_time is AWS's GeneratedTime; account_id and partition are those
//     of the caller (aws/common_columns.go). region is always global.
//   - Times are RFC 3339 in the time zone of the machine; before October 2021,
//     2006-01-02 15:04:05 in UTC (turbot/go-kit, types/convert_types.go).
var steampipe = Format{
	Name:  "steampipe",
	Title: "Steampipe table aws_iam_credential_report, CSV, JSON or JSON lines",
	Rows:  true,
	Match: func(head []byte) bool { return isSteampipe(namesIn(head)) },
	Read:  readTable,
}

func isSteampipe(has columnNames) bool { return has("user_name") && isReport(has) }

// steampipeNames are the columns that Steampipe renames, with the names of AWS.
var steampipeNames = [][2]string{
	{"user_name", "user"},
	{"user_arn", "arn"},
}
