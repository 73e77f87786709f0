package engine_test

import (
	"database/sql"
	"strings"
	"testing"

	"iamcensus/engine"
)

// tables returns a new database in memory with the base tables and the rows of
// testdata/shared.sql.
func tables(t *testing.T, statements string) *sql.DB {
	t.Helper()
	db, err := engine.Open("", engine.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := engine.CreateTables(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	run(t, db, `insert into organization values ('org-a');
		insert into source_file (file_id, path, sha256, size_bytes, attribution_hash, outcome, n_rows_read, n_rows_loaded, n_rows_refused)
			values (1, 'a.csv', '', 0, 0, 'loaded', 0, 0, 0);
		insert into snapshot (snapshot_id, org_id, account_id, captured_at, captured_at_source, file_id)
			values (1, 'org-a', '111122223333', timestamp '2021-01-24', 'path', 1);`+statements)
	return db
}

func TestCheckOfOurs(t *testing.T) {
	db := tables(t, "create table note (text varchar); create view my_view as select count(*) as n from iam_user")
	if err := engine.Check(t.Context(), db); err != nil {
		t.Error(err)
	}
	if _, err := db.ExecContext(t.Context(), "set memory_limit = '100GB'"); err == nil {
		t.Error("settings can be changed while a database is read")
	}
}

// TestCheck changes a census in ways that ingest does not.
func TestCheck(t *testing.T) {
	const file = "insert into source_file (file_id, path, sha256, size_bytes, attribution_hash, outcome, n_rows_read, n_rows_loaded, n_rows_refused) values "
	const endless = " as with recursive n (x) as (select 1 union all select x + 1 from n) select x from n;"
	for statements, want := range map[string]string{
		"drop table schema_version":                                                                                     "not a census database",
		"drop table schema_version; create view schema_version" + endless:                                               "not a census database",
		"alter table schema_version alter version type varchar":                                                         "not a census database",
		"drop table schema_version; create table schema_version (version integer not null, x integer as (version + 1))": "not a census database",
		"insert into schema_version values (5)":                                                                         "not a census database",
		"delete from schema_version":                                                                                    "not a census database",
		"update schema_version set version = 4":                                                                         "schema version 4",
		"drop table source_file; create view source_file" + endless:                                                     `table "source_file"`,
		"drop table entity": `table "entity"`,
		"drop table entity; create schema x; create table x.entity (document_id integer not null, kind varchar not null, entity_key varchar, n bigint not null)": `table "entity"`,
		"alter table iam_user add column more varchar":                                     `table "iam_user"`,
		"alter table iam_user drop column has_more_credentials":                            `table "iam_user"`,
		"alter table iam_user alter user_name drop not null":                               `table "iam_user"`,
		"alter table iam_user alter user_name type blob":                                   `table "iam_user"`,
		"alter table access_key alter last_used_missing type varchar":                      `table "access_key"`,
		"create sequence s; alter table iam_user alter user_name set default nextval('s')": `table "iam_user"`,
		"create macro lower(x) as 'a'":                                                     `function "lower"`,
		`create macro "+"(a, b) as 3`:                                                      `function "+"`,
		"create macro duckdb_functions() as table select 1":                                `function "duckdb_functions"`,
		"create macro replace(a, b, c) as a":                                               `function "replace"`,
		"create index i on iam_user (user_name)":                                           `index "i"`,
		file + "(-5, '', '', 0, 0, 'loaded', 0, 0, 0)":                                     "table source_file: an id out of range",
		file + "(2147483647, '', '', 0, 0, 'loaded', 0, 0, 0)":                             "table source_file: an id out of range",
		file + "(2, '', '', 0, 0, 'loaded', 9223372036854775807, 0, 0)":                    "table source_file: a count out of range",
		file + "(2, '', '', 0, 0, 'loaded', -1, 0, 0)":                                     "table source_file: a count out of range",
		file + "(2, '', '', 0, 0, '<b>', 0, 0, 0)":                                         "table source_file: an invalid outcome",
		file + "(2, repeat('a', 132000), '', 0, 0, 'loaded', 0, 0, 0)":                     "table source_file: a text of more than 128 KiB",
		file + "(1, '', '', 0, 0, 'loaded', 0, 0, 0)":                                      "rows with equal ids in file_id",
		"insert into ingest_issue values (1, 1, '', null, null, 'a b', '', '', 0)":         "table ingest_issue: an invalid kind",
		"insert into entity values (1, 'group', null, 9223372036854775807)":                "table entity: a count out of range",
		"update snapshot set captured_at = 'infinity'":                                     "table snapshot: a time out of range",
		"update snapshot set captured_at = '-infinity'":                                    "table snapshot: a time out of range",
		"update snapshot set captured_at = '290000-01-01'":                                 "table snapshot: a time out of range",
		"insert into user_arn values (7, null, null), (7, '/a/', null)":                    "rows with equal ids in user_arn",
		"insert into document (document_id, org_id, captured_at, captured_at_source, format, n_rows, file_id) select 1, 'a', timestamp '2021-01-24', 'path', 'f', 0, 1 from range(2)": "rows with equal ids in document_id",
		"insert into iam_user (user_id, snapshot_id, user_name) values (7, 1, 'a'), (7, 1, 'b')":                                                                                      "rows with equal ids in iam_user",
	} {
		t.Run(statements, func(t *testing.T) {
			err := engine.Check(t.Context(), tables(t, statements))
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%v, want %s", err, want)
			}
		})
	}
}

// TestIngestRefusesOtherDatabases: a load goes into a new database or a census.
func TestIngestRefusesOtherDatabases(t *testing.T) {
	for statements, want := range map[string]string{
		"drop table schema_version":                    "not a census database",
		"create macro lower(x) as 'a'":                 `function "lower"`,
		"update source_file set file_id = -5":          "an id out of range",
		"update source_file set file_id = 2147483647":  "an id out of range",
		"update snapshot set captured_at = 'infinity'": "a time out of range",
	} {
		err := engine.CreateTables(t.Context(), tables(t, statements))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", statements, err, want)
		}
	}
}
