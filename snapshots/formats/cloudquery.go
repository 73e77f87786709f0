package formats

// cloudquery is the table aws_iam_credential_reports of CloudQuery's file
// destinations: CSV, JSON lines and, in parquet.go, Parquet. The source of the plugin
// was public until April 2024 (cloudquery/cloudquery,
// plugins/source/aws/resources/services/iam, removed in 19b6912cce). How it changes
// the report:
//
//   - All times are timestamps: N/A, no_information and not_supported become null.
//     password_status is not that of Steampipe, but an older name of
//     password_enabled, the only one until November 2022
//     (cloudquery/cloudquery#3145). Both have the text of AWS, including root's
//     not_supported.
//   - Some columns lose an underscore (access_key1_active), others do not.
//   - There is no column for the account, but the ARN; and none for the time of the
//     report. _cq_sync_time, if present, is the start of the sync, which may use a
//     report that is up to 4 hours old.
var cloudquery = Format{
	Name:  "cloudquery",
	Title: "CloudQuery table aws_iam_credential_reports, CSV or JSON lines",
	Rows:  true,
	Match: func(head []byte) bool { return isCloudquery(namesIn(head)) },
	Read:  readTable,
}

func isCloudquery(has columnNames) bool {
	return has("user") && (has("_cq_id") || has("_cq_sync_time") || has("access_key1_active")) && isReport(has)
}

// cloudqueryNames are the columns that CloudQuery renames, with the names of AWS.
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
