package engine_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/engine"
	"iamcensus/ingest"
	"iamcensus/report"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/synth"
)

// The benchmarks compare the whole report with one statement, written by hand,
// that returns the same figures and rule counts.

// benchUsers is the number of users in the database, IAMCENSUS_BENCH_USERS if it
// is set.
func benchUsers() int {
	if n, err := strconv.Atoi(os.Getenv("IAMCENSUS_BENCH_USERS")); err == nil {
		return n
	}
	return 100_000
}

// bench is created once for all benchmarks.
var bench struct {
	dir  string
	path string // of the database
}

func TestMain(m *testing.M) {
	code := m.Run()
	if bench.dir != "" {
		os.RemoveAll(bench.dir)
	}
	os.Exit(code)
}

// database creates a census of synthetic users and of the folders in more.
func database(tb testing.TB, users int, dir string, more ...string) string {
	tb.Helper()
	input, path := filepath.Join(dir, "in"), filepath.Join(dir, "census.duckdb")
	accounts := max(10, users/1400)
	err := synth.Write(tb.Context(), input, synth.Options{
		Accounts: accounts, Standalone: accounts / 6, Organizations: max(5, accounts/7), Users: users, Seed: 1,
		CapturedAt: time.Date(2021, 1, 24, 18, 0, 0, 0, time.UTC),
	})
	if err != nil {
		tb.Fatal(err)
	}
	db := openFile(tb, path, engine.ReadWrite)
	defer closeFile(tb, db)
	if err := engine.CreateTables(tb.Context(), db); err != nil {
		tb.Fatal(err)
	}
	_, err = ingest.Load(context.Background(), db, ingest.Options{
		Paths: append(more, input), Limits: files.DefaultLimits, Jobs: runtime.GOMAXPROCS(0), Now: time.Now,
	})
	if err != nil {
		tb.Fatal(err)
	}
	if err := engine.CreateViews(tb.Context(), db, engine.Choices{}); err != nil {
		tb.Fatal(err)
	}
	if err := os.RemoveAll(input); err != nil {
		tb.Fatal(err)
	}
	return path
}

func benchDatabase(b *testing.B) string {
	b.Helper()
	if bench.path == "" {
		var err error
		if bench.dir, err = os.MkdirTemp("", "iamcensus-bench-"); err != nil {
			b.Fatal(err)
		}
		bench.path = database(b, benchUsers(), bench.dir)
	}
	return bench.path
}

func openFile(tb testing.TB, path string, mode engine.Mode) *sql.DB {
	tb.Helper()
	db, err := engine.Open(path, mode)
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

func closeFile(tb testing.TB, db *sql.DB) {
	if err := db.Close(); err != nil {
		tb.Error(err)
	}
}

// BenchmarkReport is what the report command does, except writing the file.
func BenchmarkReport(b *testing.B) {
	path := benchDatabase(b)
	for b.Loop() {
		db := openFile(b, path, engine.ReadOnly)
		if err := engine.CreateViews(b.Context(), db, engine.Choices{Temp: true}); err != nil {
			b.Fatal(err)
		}
		if err := engine.CompareDays(b.Context(), db); err != nil {
			b.Fatal(err)
		}
		if _, err := report.Read(b.Context(), db); err != nil {
			b.Fatal(err)
		}
		closeFile(b, db)
	}
}

// BenchmarkHandWritten is the statement alone.
func BenchmarkHandWritten(b *testing.B) {
	path := benchDatabase(b)
	for b.Loop() {
		db := openFile(b, path, engine.ReadOnly)
		if numbers := handWritten(b, db); len(numbers) == 0 {
			b.Fatal("no numbers")
		}
		closeFile(b, db)
	}
}

// TestHandWritten compares the numbers of three ways: the marts over single
// users, the marts of a report over kinds of users, and the statement written by
// hand.
func TestHandWritten(t *testing.T) {
	path := database(t, 3000, t.TempDir(), "testdata/prowler")
	db := openFile(t, path, engine.ReadWrite)
	defer closeFile(t, db)
	want := handWritten(t, db)
	if len(want) != 51 {
		t.Errorf("%d figures and rules, not 51", len(want))
	}
	for _, temp := range []bool{false, true} {
		if err := engine.CreateViews(t.Context(), db, engine.Choices{Temp: temp}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, marts(t, db, want)); diff != "" {
			t.Errorf("by hand (-) and marts (+), in a report: %t:\n%s", temp, diff)
		}
	}
}

func handWritten(tb testing.TB, db *sql.DB) []string {
	query, err := os.ReadFile("testdata/bench/handwritten.sql")
	if err != nil {
		tb.Fatal(err)
	}
	return numbers(tb, db, string(query))
}

// marts returns the lines of the marts with the ids of other lines: practices
// and rule sets may be added.
func marts(tb testing.TB, db *sql.DB, like []string) []string {
	ids := map[string]bool{}
	for _, line := range like {
		ids[id(line)] = true
	}
	lines := numbers(tb, db, `
		select f.figure_id, f.numerator, f.denominator, f.n_unknown,
			sum(o.numerator * o.numerator::double), sum(o.numerator * o.denominator::double), sum(o.denominator * o.denominator::double)
		from mart_figure f join figure_by_organization o on o.figure_id = f.figure_id
		where f.counted = 'user'
		group by all
		union all
		select ruleset_id || ' ' || rule, any_value(numerator) filter (where counted = 'rule'), any_value(denominator) filter (where counted = 'rule'),
			any_value(n_unknown) filter (where counted = 'rule'), any_value(numerator) filter (where counted = 'rule_user'), null, null
		from mart_ruleset where rule is not null and ruleset_id <> 'article'
		group by all`)
	return slices.DeleteFunc(lines, func(line string) bool { return !ids[id(line)] })
}

// id returns a line of numbers without its six numbers.
func id(line string) string {
	words := strings.Fields(line)
	return strings.Join(words[:len(words)-6], " ")
}

// numbers are the rows of a query as lines, sorted.
func numbers(tb testing.TB, db *sql.DB, query string) []string {
	tb.Helper()
	rows, err := db.QueryContext(tb.Context(), query)
	if err != nil {
		tb.Fatal(err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id string
		var counts [6]sql.NullFloat64
		if err := rows.Scan(&id, &counts[0], &counts[1], &counts[2], &counts[3], &counts[4], &counts[5]); err != nil {
			tb.Fatal(err)
		}
		for _, count := range counts {
			id += fmt.Sprintf(" %.0f", count.Float64)
		}
		lines = append(lines, strings.TrimSpace(id))
	}
	if err := rows.Err(); err != nil {
		tb.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}
