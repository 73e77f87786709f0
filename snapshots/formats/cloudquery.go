package formats

// cloudquery is the table aws_iam_credential_reports of CloudQuery as its file
// destinations write it: CSV, JSON lines and, in parquet.go, Parquet. The
// plugin's source was public until April 2024 (cloudquery/cloudquery,
// plugins/source/aws/resources/services/iam, removed in 19b6912cce). What it
// does to the report:
//
//   - All times are timestamps: N/A, no_information and not_supported become
//     null. There is no password_status as Steampipe has it; its column of that
//     name is an older one for password_enabled, the only one until November
//     2022 (cloudquery/cloudquery#3145), and both hold AWS's text, root's
//     not_supported with it.
//   - Some columns lose an underscore, access_key1_active; others do not.
//   - No column says whose the row is, the ARN does; none says when AWS made
//     the report. _cq_sync_time, where it is, is the start of the sync, for
//     which a report of up to 4 hours before may serve.
var cloudquery = Format{
	Name:  "cloudquery",
	Title: "CloudQuery's aws_iam_credential_reports, CSV or JSON lines",
	Match: func(head []byte) bool {
		has := namesIn(head)
		return has("user") && (has("_cq_id") || has("_cq_sync_time") || has("access_key1_active")) && isReport(has)
	},
	Read: readTableText,
}

// cloudqueryNames are the columns that CloudQuery calls otherwise than AWS.
var cloudqueryNames = [][2]string{
	{"access_key1_active", "access_key_1_active"},
	{"access_key1_last_used_region", "access_key_1_last_used_region"},
	{"access_key1_last_used_service", "access_key_1_last_used_service"},
	{"access_key2_active", "access_key_2_active"},
	{"access_key2_last_used_region", "access_key_2_last_used_region"},
	{"access_key2_last_used_service", "access_key_2_last_used_service"},
	{"cert1_active", "cert_1_active"},
	{"cert2_active", "cert_2_active"},
}
