package engine_test

import (
	"database/sql"
	"flag"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"iamcensus/engine"
)

var update = flag.Bool("update", false, "write what the queries give into the files")

// open gives a database in memory with tables and engine.
func open(t *testing.T, choices engine.Choices) *sql.DB {
	t.Helper()
	db, err := engine.Open("", engine.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := engine.CreateTables(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	if err := engine.CreateViews(t.Context(), db, choices); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestViews gives rows to the base tables and reads engine. Each file of
// testdata holds given.sql, and then pairs of a query and what it gives, one
// line a row, cells apart by " | ", NULL as "-". given.sql may call
// the shared rows of testdata/shared.sql its own. A section named compare
// holds two times to compare; an empty one compares the days.
func TestViews(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no testdata", err)
	}
	shared, err := os.ReadFile("testdata/shared.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			db := open(t, engine.Choices{})
			for i := range archive.Files {
				section := &archive.Files[i]
				switch {
				case section.Name == "given.sql":
					run(t, db, string(shared)+string(section.Data))
				case section.Name == "compare":
					compare(t, db, string(section.Data))
				case section.Name == "want":
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
			for _, of := range []string{engine.Tables, engine.Figures} {
				failures, err := engine.Test(t.Context(), db, of)
				if err != nil || len(failures) > 0 {
					t.Errorf("data tests: %v %v", failures, err)
				}
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

// TestDataTests breaks each rule once: a data test that cannot fail is none.
func TestDataTests(t *testing.T) {
	shared, err := os.ReadFile("testdata/shared.sql")
	if err != nil {
		t.Fatal(err)
	}
	broken := map[string]string{
		"tests/tables/grain":      "insert into account select * from account",
		"tests/tables/belongs":    "insert into access_key (user_id, snapshot_id, slot) values (99, 1, 1)",
		"tests/tables/accounting": "insert into iam_user (user_id, snapshot_id, user_name) values (99, 1, 'unread')",
		"tests/tables/range":      "insert into access_key (user_id, snapshot_id, slot) values (1, 1, 3)",
		"tests/figures/parts":     "create or replace view figure_by_organization as select 'x' as figure_id, 2 as numerator, 0 as n_unknown, 1 as denominator",
	}
	for test, statement := range broken {
		t.Run(test, func(t *testing.T) {
			db := open(t, engine.Choices{})
			run(t, db, string(shared)+statement)
			failures, err := engine.Test(t.Context(), db, path.Dir(test))
			if err != nil {
				t.Fatal(err)
			}
			for _, failure := range failures {
				if failure.Test == test {
					return
				}
			}
			t.Errorf("%s says nothing, the tests say %v", test, failures)
		})
	}
	if tests := len(engine.Views(engine.Tables)) + len(engine.Views(engine.Figures)); tests != len(broken) {
		t.Errorf("%d data tests, of which %d are broken here", tests, len(broken))
	}
}

// TestHeaders keeps the metadata whole: each view says what it is.
func TestHeaders(t *testing.T) {
	ruleset := []string{"Title", "Order", "Grain", "Reads", "Counts", "Unknown", "Why", "Source"}
	for _, practice := range engine.Views("practices") {
		ruleset = append(ruleset, "Differs "+practice.Name)
	}
	for layer, keys := range map[string][]string{
		"staging":   {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
		"users":     {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
		"practices": {"Title", "Finding", "Order", "Headline", "Figure", "Grain", "Reads", "Counts", "Applies", "Unknown", "Why", "Detect", "Prevent"},
		"rulesets":  ruleset,
		"counts":    {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
		"marts":     {"Title", "Grain", "Reads", "Counts", "Why"},
	} {
		for _, view := range engine.Views(layer) {
			for _, key := range keys {
				if view.Header(key) == "" {
					t.Errorf("%s/%s.sql has no line -- %s:", layer, view.Name, key)
				}
			}
		}
	}
}

func TestParseSetting(t *testing.T) {
	for text, want := range map[string]string{
		"key_rotation.days=45":       "{key_rotation.days [45]}",
		"key_rotation.tiers=90,45":   "{key_rotation.tiers [45 90]}",
		"key_rotation.tiers=45, 45":  "{key_rotation.tiers [45]}",
		"key_rotation.days":          "error",
		"=45":                        "error",
		"key_rotation.days=45,90":    "error",
		"key_rotation.days=":         "error",
		"key_rotation.days=-1":       "error",
		"key_rotation.days=NaN":      "error",
		"key_rotation.days=1e300":    "error",
		"key_rotation.days=45; drop": "error",
	} {
		setting, err := engine.ParseSetting(text)
		got := fmt.Sprint(setting)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("ParseSetting(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestNewerSchemaIsRefused(t *testing.T) {
	db := open(t, engine.Choices{})
	run(t, db, "update schema_version set version = version + 1")
	if err := engine.CreateTables(t.Context(), db); err == nil || !strings.Contains(err.Error(), "schema version") {
		t.Errorf("a newer schema gives %v", err)
	}
}

func TestUnknownSettingIsRefused(t *testing.T) {
	db := open(t, engine.Choices{})
	err := engine.CreateViews(t.Context(), db, engine.Choices{Settings: []engine.Setting{{ID: "rotation.days", Values: []float64{1}}}})
	if err == nil || !strings.Contains(err.Error(), `"rotation.days"`) {
		t.Errorf("an unknown setting gives %v", err)
	}
}

// TestNamesAsPatterns holds the keys found by name against the comparison of
// all names of an account with each other, over every short name of a few
// letters and both wildcards.
func TestNamesAsPatterns(t *testing.T) {
	db := open(t, engine.Choices{})
	shared, err := os.ReadFile("testdata/shared.sql")
	if err != nil {
		t.Fatal(err)
	}
	run(t, db, string(shared)+`
		create table letter as select unnest(['a', 'b', 'é', '_', '%', '']) as letter;
		insert into iam_user (user_id, snapshot_id, user_name)
			select row_number() over (order by name, snapshot_id), snapshot_id, name
			from (select distinct a.letter || b.letter || c.letter || d.letter as name from letter a, letter b, letter c, letter d) names
			cross join snapshot
			where length(name) < 4 or snapshot_id = 1 and name not like '%\%%' escape '\';
		insert into access_key (user_id, snapshot_id, slot, is_active)
			select user_id, snapshot_id, 1, case user_id % 4 when 0 then false when 1 then true end from iam_user where user_id % 5 > 0;`)
	const naive = `select p.user_id, count(*) filter (where k.is_active), count(*) filter (where k.is_active or k.is_active is null)
		from iam_user p
		join iam_user o on o.snapshot_id = p.snapshot_id and o.user_id <> p.user_id and o.user_name like p.user_name || '%'
		join access_key k on k.user_id = o.user_id
		group by p.user_id order by p.user_id`
	want := lines(t, db, naive)
	if diff := cmp.Diff(want, lines(t, db, "select user_id, n_keys, n_keys_at_most from user_key_by_name order by user_id")); diff != "" {
		t.Errorf("all names with each other (-) and the view (+):\n%s", diff)
	}
	if n := strings.Count(want, "\n"); n < 100 {
		t.Errorf("only %d names match others", n)
	}
}
