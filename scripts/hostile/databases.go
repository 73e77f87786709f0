package main

import (
	"database/sql"
	"errors"
	"fmt"

	_ "github.com/duckdb/duckdb-go/v2" // the driver "duckdb"
)

const endless = "with recursive r(n) as (select 0::bigint union all select n + 1 from r) "

var databases = []input{
	{name: "database: negative ids", sql: "update source_file set file_id = -5; update ingest_issue set file_id = -5; update snapshot set file_id = -5, snapshot_id = -5; update iam_user set user_id = -5, snapshot_id = -5"},
	{name: "database: large ids", sql: "update source_file set file_id = 2147483647; update snapshot set file_id = 2147483647, snapshot_id = 2147483647"},
	{name: "database: large counts", sql: "update source_file set size_bytes = 9223372036854775807, n_rows_read = 9223372036854775807, n_rows_loaded = 9223372036854775807; insert into source_file select * from source_file; insert into entity values (1, 'user', null, 9223372036854775807), (1, 'user', null, 9223372036854775807)"},
	{name: "database: HTML", sql: "update source_file set outcome = '<script>a</script>', format = '<script>', path = '<script>'; insert into ingest_issue values (1, 1, '<script>', 1, '<script>', '<script>', '<script>', '<script>', 1); update snapshot set captured_at_source = '<script>', partition = '<script>', source_note = '<script>', unknown_columns = '<script>'"},
	{name: "database: control characters", sql: "update snapshot set org_id = chr(27) || '[31m' || chr(155); update source_file set org_id = chr(27) || '[31m', outcome = chr(27) || '[2J'; insert into ingest_issue values (1, 1, chr(27) || '[2J', 1, 'x', chr(27) || '[2J', chr(27) || '[2J', 'x', 1)"},
	{name: "database: many versions", sql: "insert into schema_version select range from range(2000000)"},
	{name: "database: no version", sql: "delete from schema_version"},
	{name: "database: endless view", sql: "drop table iam_user; create view iam_user as " + endless + "select n as user_id, 1 as snapshot_id, 'a' as user_name, null::timestamp_s as created_at, true as password_enabled, null::timestamp_s as password_last_used_at, null as password_last_used_missing, null::timestamp_s as password_last_changed_at, null as password_last_changed_missing, null::timestamp_s as password_next_rotation_at, true as mfa_active, false as has_more_credentials from r"},
	{name: "database: endless version", sql: "drop table schema_version; create view schema_version as " + endless + "select n::integer as version from r"},
	{name: "database: large view", sql: "alter table source_file rename to files; create view source_file as select f.* from files f, range(1000000000)"},
	{name: "database: a table is missing", sql: "drop table access_key"},
	{name: "database: other types", sql: "alter table iam_user alter created_at type varchar; update iam_user set created_at = 'soon'; alter table snapshot alter captured_at type varchar"},
	{name: "database: infinite times", sql: "update snapshot set captured_at = 'infinity'; update iam_user set created_at = '-infinity'"},
	{name: "database: long names", sql: "update snapshot set org_id = repeat('o', 2000000); update account set org_id = repeat('o', 2000000); update source_file set org_id = repeat('o', 2000000)"},
	{name: "database: longer names", sql: "update snapshot set org_id = repeat('o', 130000); update account set org_id = repeat('o', 130000); update source_file set org_id = repeat('o', 130000); insert into iam_user select i.* replace (row_number() over () + 10 as user_id, repeat('u', 130000) as user_name) from iam_user i, range(50)"},
	{name: "database: own views", sql: "create or replace view mart_figure as select 1 as one; create or replace view stg_user as select 1 as one; create or replace macro days(x) as 0"},
}

// change runs statements on a database.
func change(path, statements string) error {
	db, err := sql.Open("duckdb", path)
	if err != nil {
		return err
	}
	_, err = db.Exec(statements)
	return errors.Join(err, db.Close())
}

// loaded are the users of the harmless account, those of files outside the folder,
// the most issues of one file, and all users.
type loaded struct{ good, foreign, issues, users int }

// printLoaded prints the numbers, for readLoaded.
func printLoaded(path string) error {
	db, err := sql.Open("duckdb", path+"?access_mode=read_only&memory_limit=500MB")
	if err != nil {
		return err
	}
	var l loaded
	const users = "(select count(*) from snapshot join iam_user using (snapshot_id) where account_id = ?)"
	err = db.QueryRow("select "+users+", "+users+", coalesce((select max(n) from (select count(*) as n from ingest_issue group by file_id)), 0), (select count(*) from iam_user)",
		goodAccount, foreignAccount).Scan(&l.good, &l.foreign, &l.issues, &l.users)
	fmt.Println(l.good, l.foreign, l.issues, l.users)
	return errors.Join(err, db.Close())
}
