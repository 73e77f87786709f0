package engine_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"iamcensus/engine"
)

var update = flag.Bool("update", false, "write the rows that the queries return into the files")

// open returns a new database in memory with tables and views.
func open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := engine.Open("", engine.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	if err := engine.CreateTables(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if err := engine.CreateViews(t.Context(), db, engine.Choices{}); err != nil {
		t.Fatal(err)
	}
	return db
}

// shared is one database for all tests that roll back what they change: it
// takes longer to create the views than to query them.
var shared struct {
	sync.Once
	db *sql.DB
}

// rolledBack returns the shared database in a transaction that ends with the
// test, and fills it with testdata/shared.sql and more statements.
func rolledBack(t *testing.T, statements string) *sql.DB {
	t.Helper()
	shared.Do(func() { shared.db = open(t) })
	if shared.db == nil {
		t.Fatal("there is no database")
	}
	rows, err := os.ReadFile("testdata/shared.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, shared.db, "begin transaction")
	t.Cleanup(func() {
		if _, err := shared.db.Exec("rollback"); err != nil {
			t.Error(err)
		}
	})
	run(t, shared.db, string(rows)+statements)
	return shared.db
}

// TestViews inserts rows into the base tables and queries the views. Each file of
// testdata holds given.sql, and then pairs of a query and the rows it returns, one
// a line, cells separated by " | ", NULL as "-". The rows of testdata/shared.sql
// are there, too. A section named compare holds two times to compare; an empty
// one compares the days.
func TestViews(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if archive.Files[0].Name != "given.sql" {
				t.Fatal("the first section is not given.sql")
			}
			db := rolledBack(t, string(archive.Files[0].Data))
			for i := range archive.Files {
				section := &archive.Files[i]
				switch section.Name {
				case "compare":
					compare(t, db, string(section.Data))
				case "want":
					got := lines(t, db, string(archive.Files[i-1].Data))
					if *update {
						section.Data = []byte(got)
					} else if diff := cmp.Diff(string(section.Data), got); diff != "" {
						t.Errorf("%s (-want +got):\n%s", archive.Files[i-1].Data, diff)
					}
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			failures, err := engine.Test(t.Context(), db)
			if err != nil || len(failures) > 0 {
				t.Errorf("data tests: %v %v", failures, err)
			}
		})
	}
}

func run(t *testing.T, db *sql.DB, statements string) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statements); err != nil {
		t.Fatal(err)
	}
}

// compare takes two times, one a line, and without any the days.
func compare(t *testing.T, db *sql.DB, text string) {
	t.Helper()
	run(t, db, "delete from compared_date; delete from compared_verdict")
	if text == "" {
		if err := engine.CompareDays(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		return
	}
	var dates []engine.Date
	for field := range strings.FieldsSeq(text) {
		at, err := time.Parse(time.RFC3339, field)
		if err != nil {
			t.Fatal(err)
		}
		dates = append(dates, engine.Date{Label: field, AsOf: at})
	}
	if err := engine.CompareDates(t.Context(), db, dates[0], dates[1]); err != nil {
		t.Fatal(err)
	}
}

// lines runs a query and writes its rows as text.
func lines(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatalf("%v in\n%s", err, query)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		cells := make([]any, len(columns))
		places := make([]any, len(columns))
		for i := range cells {
			places[i] = &cells[i]
		}
		if err := rows.Scan(places...); err != nil {
			t.Fatal(err)
		}
		b.WriteString(line(cells))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func line(cells []any) string {
	texts := make([]string, len(cells))
	for i, cell := range cells {
		switch cell := cell.(type) {
		case nil:
			texts[i] = "-"
		case time.Time:
			texts[i] = cell.Format(time.RFC3339)
		default:
			texts[i] = fmt.Sprint(cell)
		}
	}
	return strings.Join(texts, " | ") + "\n"
}

// TestDataTests makes each data test fail once.
func TestDataTests(t *testing.T) {
	broken := map[string]string{
		"tests/grain":      "insert into account select * from account",
		"tests/belongs":    "insert into access_key (user_id, snapshot_id, slot) values (99, 1, 1)",
		"tests/accounting": "insert into iam_user (user_id, snapshot_id, user_name) values (99, 1, 'unread')",
		"tests/range":      "insert into access_key (user_id, snapshot_id, slot) values (1, 1, 3)",
	}
	for test, statement := range broken {
		t.Run(test, func(t *testing.T) {
			db := rolledBack(t, statement)
			failures, err := engine.Test(t.Context(), db)
			if err != nil {
				t.Fatal(err)
			}
			for _, failure := range failures {
				if failure.Test == test {
					return
				}
			}
			t.Errorf("%s does not fail, but %v", test, failures)
		})
	}
	if tests := len(engine.Views(engine.DataTests)); tests != len(broken) {
		t.Errorf("%d data tests, %d are broken here", tests, len(broken))
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	db := rolledBack(t, "update schema_version set version = version + 1")
	if err := engine.CreateTables(t.Context(), db); err == nil || !strings.Contains(err.Error(), "schema version") {
		t.Errorf("a newer schema: %v", err)
	}
}

// TestKeysByName compares the keys found by name with those found by matching all
// names of an account with each other, over every short name of a few letters and
// both wildcards. A name with % finds nothing, and is not found.
func TestKeysByName(t *testing.T) {
	db := rolledBack(t, `
		create table letter as select unnest(['a', 'b', 'é', '_', '%', '']) as letter;
		insert into iam_user (user_id, snapshot_id, user_name)
			select row_number() over (order by name, snapshot_id), snapshot_id, name
			from (select distinct a.letter || b.letter || c.letter || d.letter || e.letter as name from letter a, letter b, letter c, letter d, letter e) names
			cross join snapshot
			where length(name) < 4 or snapshot_id = 1 and strpos(name, '%') = 0 and (length(name) = 4 or starts_with(name, 'ab'));
		insert into access_key (user_id, snapshot_id, slot, is_active)
			select user_id, snapshot_id, 1, case user_id % 4 when 0 then false when 1 then true end from iam_user where user_id % 5 > 0;`)
	const naive = `select p.user_id, count(*) filter (where k.is_active), count(*) filter (where k.is_active or k.is_active is null)
		from iam_user p
		join iam_user o on o.snapshot_id = p.snapshot_id and o.user_id <> p.user_id and o.user_name like p.user_name || '%'
		join access_key k on k.user_id = o.user_id
		where strpos(p.user_name || o.user_name, '%') = 0
		group by p.user_id order by p.user_id`
	want := lines(t, db, naive)
	if diff := cmp.Diff(want, lines(t, db, "select user_id, n_keys, n_keys_at_most from user_key_by_name order by user_id")); diff != "" {
		t.Errorf("all names matched (-) and the view (+):\n%s", diff)
	}
	if n := strings.Count(want, "\n"); n < 100 {
		t.Errorf("only %d names match others", n)
	}
}

// TestAlikeNamesAreUnknown has more names of one shape than are compared.
func TestAlikeNamesAreUnknown(t *testing.T) {
	db := rolledBack(t, `
		insert into iam_user (user_id, snapshot_id, user_name) select n, 1, 'abc' || n || '_x' from range(2000, 3001) r(n);
		insert into iam_user (user_id, snapshot_id, user_name) values (1, 1, 'abc_____x'), (2, 1, 'abc______'), (3, 1, repeat('%a', 400) || 'b');
		insert into access_key (user_id, snapshot_id, slot, is_active) select user_id, snapshot_id, 1, true from iam_user;`)
	got := lines(t, db, "select user_id, n_keys, n_keys_at_most from user_key_by_name order by user_id")
	if want := "1 | 0 | 1002\n2 | 0 | 1003\n"; got != want {
		t.Errorf("keys by name %q, want %q", got, want)
	}
}
