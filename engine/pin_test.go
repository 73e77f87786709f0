package engine_test

import (
	"database/sql"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/engine"
)

// TestPin loads three files and pins the first two: by their ids, and by their
// times where the ids are others. Another digest pins nothing.
func TestPin(t *testing.T) {
	const two, three = "12 | 2021-01-24T00:00:00Z | 1 | 1 | 2\n", "123 | 2021-02-24T00:00:00Z | 2 | 2 | 3\n"
	for name, test := range map[string]struct {
		ids  [3]int
		sum  string // of the pinned files
		want string
	}{
		"a later load":   {[3]int{1, 2, 3}, "1,2", two},
		"another order":  {[3]int{3, 1, 2}, "1,2", two},
		"files replaced": {[3]int{4, 7, 9}, "1,2", two},
		"other files":    {[3]int{1, 2, 3}, "1,4", three},
		"nothing pinned": {[3]int{1, 2, 3}, "", three},
	} {
		db := threeFiles(t, test.ids)
		pin := engine.Pin{Files: 2, CapturedUntil: time.Date(2021, 1, 24, 0, 0, 0, 0, time.UTC)}
		if test.sum != "" {
			if err := db.QueryRow("select sha256($1)", test.sum).Scan(&pin.SHA256); err != nil {
				t.Fatal(err)
			}
		}
		if err := engine.CreateViews(t.Context(), db, engine.Choices{Temp: true, Pin: pin}); err != nil {
			t.Fatal(err)
		}
		got := lines(t, db, `select (select string_agg(sha256, '' order by sha256) from stg_file), (select captured_until from mart_ledger),
			(select count(*) from mart_coverage), (select count(*) from account), (select count(*) from stg_snapshot) + (select count(*) from stg_issue)`)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// threeFiles returns a database with a snapshot of January in file 1, an issue
// in file 2, and a snapshot of another account and organization, of February,
// in file 3.
func threeFiles(t *testing.T, ids [3]int) *sql.DB {
	db, err := engine.Open("", engine.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := engine.CreateTables(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		run(t, db, fmt.Sprintf(`insert into source_file (file_id, path, sha256, size_bytes, attribution_hash, outcome, n_rows_read, n_rows_loaded, n_rows_refused)
			values (%d, '', '%d', 0, 0, 'loaded', 0, 0, 0)`, id, i+1))
	}
	run(t, db, fmt.Sprintf(`
		insert into organization values ('org-a'), ('org-b');
		insert into account values ('org-a', '111122223333'), ('org-b', '444455556666');
		insert into snapshot (snapshot_id, org_id, account_id, captured_at, captured_at_source, file_id) values
			(1, 'org-a', '111122223333', timestamp '2021-01-24', 'path', %d), (2, 'org-b', '444455556666', timestamp '2021-02-24', 'path', %d);
		insert into ingest_issue values (1, %d, '', null, null, 'field_count', '', '', 0)`, ids[0], ids[2], ids[1]))
	return db
}
