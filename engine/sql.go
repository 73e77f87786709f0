// Package sql holds every definition of a number. The files are its content;
// the code only applies them, in order:
//
//	schema.sql    base tables, written by ingest
//	settings.sql  thresholds, tier edges and the date of the census
//	staging/      base tables, renamed, with flags and ages
//	organizations/  who belongs to which AWS Organization, and what its policies demand
//	users/        each user with all credentials together, and the kinds of them
//	practices/    one row per user to whom a practice applies, with the verdict
//	rulesets/     the same data under the rules of others: one row per rule and kind of user
//	accounts/     one row per account and check, with the verdict
//	counts/       the practices counted in each organization
//	marts/        all that the report prints
//	tests/        queries that must return no row, of the tables and of the figures
//
// Views of one layer read the layers above it in this list, not each other;
// in organizations/, users/ and counts/ they build on one another in the order
// of their names.
// Adding a practice, a rule set or a mart is adding a file: its header is its
// metadata.
package engine

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	files "iamcensus/sql"

	_ "github.com/duckdb/duckdb-go/v2"
)

// the driver "duckdb"

// Version is that of schema.sql. A database with another one is refused.
const Version = 3

// Setting replaces the values of one setting, such as key_rotation.days.
type Setting struct {
	ID     string
	Values []float64
}

// Choices are what a reader may want otherwise.
type Choices struct {
	Settings []Setting
	AsOf     time.Time // zero: the newest snapshot of each account
	Temp     bool      // views for this connection only: the database stays as it is
}

// Open opens a DuckDB file, or a database in memory for "", with settings of
// DuckDB's. It holds one connection, since views for one reader live in it. A
// new file has blocks of 64 KiB, a quarter of DuckDB's own choice, which few
// columns of a small census fill.
func Open(path string, settings url.Values) (*sql.DB, error) {
	all := url.Values{"default_block_size": {"65536"}}
	maps.Copy(all, settings)
	db, err := sql.Open("duckdb", path+"?"+all.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// CreateTables makes the base tables in a database that has none, and refuses
// a database whose tables are of another version.
func CreateTables(ctx context.Context, db *sql.DB) error {
	var exists bool
	err := db.QueryRowContext(ctx, "select count(*) > 0 from information_schema.tables where table_name = 'schema_version'").Scan(&exists)
	if err != nil {
		return err
	}
	if exists {
		return CheckVersion(ctx, db)
	}
	schema := read("schema.sql") + fmt.Sprintf("insert into schema_version values (%d);", Version)
	if _, err := db.ExecContext(ctx, "begin transaction;"+schema+"commit;"); err != nil {
		return fmt.Errorf("schema.sql: %w", err)
	}
	return nil
}

// CheckVersion says whether the database is one of ours that we can read.
func CheckVersion(ctx context.Context, db *sql.DB) error {
	var version int
	if err := db.QueryRowContext(ctx, "select max(version) from schema_version").Scan(&version); err != nil {
		return fmt.Errorf("this is no census database: make one with iamcensus ingest DIR --db FILE")
	}
	if version != Version {
		return fmt.Errorf("the database has schema version %d, this iamcensus reads %d: use the iamcensus that made it, or ingest anew", version, Version)
	}
	return nil
}

// CreateViews makes settings and views over the base tables. For this
// connection only, users and counts are tables: the marts read the users once.
func CreateViews(ctx context.Context, db *sql.DB, choices Choices) error {
	temp, counts := "", "view"
	if choices.Temp {
		temp, counts = "temp", "table"
	}
	if err := execute(ctx, db, strings.ReplaceAll(read("settings.sql"), "{temp}", temp),
		practiceTable(temp), rulesetTable(temp), rulesetPracticeTable(temp)); err != nil {
		return err
	}
	if err := choose(ctx, db, choices); err != nil {
		return err
	}
	if err := execute(ctx, db, create(temp, "view", Views("staging"))...); err != nil {
		return err
	}
	edges, err := edges(ctx, db)
	if err != nil {
		return err
	}
	practices, rulesets, accounts := Views("practices"), Views("rulesets"), Views("accounts")
	statements := create(temp, "view", Views("organizations"))
	statements = append(statements, create(temp, counts, users(choices.Temp))...)
	statements = append(statements, create(temp, "view", practices)...)
	statements = append(statements, practiceUser(practices, temp))
	statements = append(statements, create(temp, "view", rulesets)...)
	statements = append(statements, rulesetUser(rulesets, temp), rulesetVerdict(temp))
	statements = append(statements, create(temp, "view", accounts)...)
	statements = append(statements, fmt.Sprintf("create or replace %s view account_verdict as %s", temp, union(accounts)))
	statements = append(statements, userCount(temp, counts, edges), practiceCount(practices, temp, counts, edges))
	statements = append(statements, create(temp, counts, Views("counts"))...)
	statements = append(statements, create(temp, "view", Views("marts"))...)
	if choices.Temp {
		return execute(ctx, db, statements...)
	}
	return replace(ctx, db, statements)
}

// replace executes statements unless they are those that made the views of the
// database: DuckDB plans each view that it makes, which takes longer than most
// loads.
func replace(ctx context.Context, db *sql.DB, statements []string) error {
	sum := fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(statements, ";"))))
	var made bool
	if err := db.QueryRowContext(ctx, "select count(*) > 0 from view_version where sha256 = $1", sum).Scan(&made); err != nil || made {
		return err
	}
	all, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer all.Rollback() // an error of its own would only repeat the one that led here
	statements = append(statements, "delete from view_version", fmt.Sprintf("insert into view_version values ('%s')", sum))
	if err := execute(ctx, all, statements...); err != nil {
		return err
	}
	return all.Commit()
}

// executor is a database, or a transaction in one.
type executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func execute(ctx context.Context, in executor, statements ...string) error {
	for _, statement := range statements {
		if _, err := in.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%w in\n%s", err, statement)
		}
	}
	return nil
}

// choose puts the reader's choices into setting and scope.
func choose(ctx context.Context, db *sql.DB, choices Choices) error {
	for _, setting := range choices.Settings {
		var unit, meaning string
		err := db.QueryRowContext(ctx, "select unit, meaning from setting where setting_id = $1 limit 1", setting.ID).Scan(&unit, &meaning)
		if err != nil {
			return fmt.Errorf("there is no setting %q: the report's last section lists them", setting.ID)
		}
		if _, err := db.ExecContext(ctx, "delete from setting where setting_id = $1", setting.ID); err != nil {
			return err
		}
		for i, value := range setting.Values {
			if _, err := db.ExecContext(ctx, "insert into setting values ($1, $2, $3, $4, $5)", setting.ID, i+1, value, unit, meaning); err != nil {
				return err
			}
		}
	}
	if choices.AsOf.IsZero() {
		return nil
	}
	_, err := db.ExecContext(ctx, "update scope set as_of = $1", choices.AsOf.UTC())
	return err
}

// ParseSetting reads <setting>=<value>[,<value>...].
func ParseSetting(text string) (Setting, error) {
	id, list, ok := strings.Cut(text, "=")
	setting := Setting{ID: strings.TrimSpace(id)}
	if !ok || setting.ID == "" {
		return setting, fmt.Errorf("%q is no setting: write key_rotation.days=45", text)
	}
	values := strings.Split(list, ",")
	if len(values) > 1 && !strings.HasSuffix(setting.ID, ".tiers") {
		return setting, fmt.Errorf("%s takes one value, not %d", setting.ID, len(values))
	}
	for _, value := range values {
		number, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		if err != nil || !(number >= 0 && number <= 100_000) {
			return setting, fmt.Errorf("%q in %q is no number from 0 to 100000", value, text)
		}
		setting.Values = append(setting.Values, number)
	}
	slices.Sort(setting.Values)
	setting.Values = slices.Compact(setting.Values)
	return setting, nil
}

// Failure is a row that a data test returned.
type Failure struct {
	Test string // its path in sql/, without .sql
	Row  string
}

// What data tests are about, and so when they run: after every load; whenever
// figures are computed, since that takes longer than most loads.
const (
	Tables  = "tests/tables"
	Figures = "tests/figures"
)

// Test runs the data tests of Tables or Figures. What they return breaks a rule
// of the data set.
func Test(ctx context.Context, db *sql.DB, of string) ([]Failure, error) {
	var failures []Failure
	for _, test := range Views(of) {
		rows, err := db.QueryContext(ctx, test.query)
		if err != nil {
			return nil, fmt.Errorf("data test %s: %w", test.Name, err)
		}
		for rows.Next() {
			var what, which any
			if err := rows.Scan(&what, &which); err != nil {
				return nil, fmt.Errorf("data test %s: %w", test.Name, err)
			}
			failures = append(failures, Failure{of + "/" + test.Name, fmt.Sprint(what, ": ", which)})
		}
		if err := rows.Err(); err != nil {
			return nil, fmt.Errorf("data test %s: %w", test.Name, err)
		}
	}
	return failures, nil
}

// View is one file of a layer.
type View struct {
	Name   string
	header map[string]string
	query  string
}

// Views are the views of one layer, sorted by name.
func Views(layer string) []View {
	entries, err := fs.ReadDir(files.Files, layer)
	if err != nil {
		panic(err) // an embedded folder is there
	}
	var views []View
	for _, entry := range entries {
		query := read(path.Join(layer, entry.Name()))
		views = append(views, View{strings.TrimSuffix(entry.Name(), ".sql"), header(query), query})
	}
	return views
}

func read(name string) string {
	data, err := files.Files.ReadFile(name)
	if err != nil {
		panic(err) // an embedded file is there
	}
	return string(data)
}

// header reads the lines -- Key: value at the top of a file.
func header(query string) map[string]string {
	keys := map[string]string{}
	for line := range strings.Lines(query) {
		comment, ok := strings.CutPrefix(line, "-- ")
		if !ok {
			break
		}
		if key, value, ok := strings.Cut(strings.TrimSpace(comment), ": "); ok {
			keys[key] = value
		}
	}
	return keys
}

// Header gives one line of the header: Title, Grain, Reads, ...
func (v View) Header(key string) string { return v.header[key] }

// create makes the statements that create the views of a layer.
func create(temp, what string, views []View) []string {
	statements := make([]string, len(views))
	for i, v := range views {
		statements[i] = fmt.Sprintf("create or replace %s %s %s as\n%s", temp, what, v.Name, v.query)
	}
	return statements
}

// practiceUser unites the practices.
func practiceUser(practices []View, temp string) string {
	return fmt.Sprintf(`create or replace %s view practice_user as
select s.org_id, s.account_id, s.captured_at, s.is_current, p.*
from (%s) p
join stg_snapshot s on s.snapshot_id = p.snapshot_id`, temp, union(practices))
}

// rulesetUser unites the rule sets.
func rulesetUser(rulesets []View, temp string) string {
	return fmt.Sprintf("create or replace %s view ruleset_user as %s", temp, union(rulesets))
}

// rulesetVerdict has one row per unit under test.
func rulesetVerdict(temp string) string {
	return fmt.Sprintf(`create or replace %s view ruleset_verdict as
with units as (
    select r.*, u.slot, case u.place when 1 then of_user when 2 then of_password when 3 then of_key_1 else of_key_2 end as verdict
    from ruleset_user r
    cross join (values (1, null), (2, 0), (3, 1), (4, 2)) u (place, slot)
)
select s.org_id, s.account_id, s.is_current, u.ruleset_id, u.practice_id, u.rule, u.unit, u.snapshot_id, u.user_id,
    cast(u.slot as tinyint) as slot, nullif(u.verdict, -1) = 1 as is_violation
from units u
join stg_snapshot s on s.snapshot_id = u.snapshot_id
where u.verdict is not null`, temp)
}

// union is all rows of views that have the same columns.
func union(views []View) string {
	parts := make([]string, len(views))
	for i, v := range views {
		parts[i] = "select * from " + v.Name
	}
	return strings.Join(parts, " union all ")
}

// practiceTable lists the practices with what their headers say.
func practiceTable(temp string) string {
	return fmt.Sprintf(`create or replace %s table practice as
select * from (values %s) as practice (practice_id, position, figure_prefix, title, finding, headline, counts, applies, unknown, why, detect, prevent)`,
		temp, headers("practices", "Figure", "Title", "Finding", "Headline", "Counts", "Applies", "Unknown", "Why", "Detect", "Prevent"))
}

// rulesetTable lists the rule sets with what their headers say.
func rulesetTable(temp string) string {
	return fmt.Sprintf(`create or replace %s table ruleset as
select * from (values %s) as ruleset (ruleset_id, position, title, counts, unknown, why, source)`,
		temp, headers("rulesets", "Title", "Counts", "Unknown", "Why", "Source"))
}

// rulesetPracticeTable says in words how each rule set differs on each practice.
func rulesetPracticeTable(temp string) string {
	var rows []string
	for _, r := range Views("rulesets") {
		for _, p := range Views("practices") {
			rows = append(rows, fmt.Sprintf("(%s, %s, %s)", quote(r.Name), quote(p.Name), quote(r.header["Differs "+p.Name])))
		}
	}
	return fmt.Sprintf(`create or replace %s table ruleset_practice as
select * from (values %s) as ruleset_practice (ruleset_id, practice_id, differs)`, temp, strings.Join(rows, ",\n"))
}

// headers are the views of a layer in their order: name, position from 1, and
// lines of the header.
func headers(layer string, keys ...string) string {
	views := Views(layer)
	slices.SortFunc(views, func(a, b View) int { return cmp.Compare(a.header["Order"], b.header["Order"]) })
	var rows []string
	for i, v := range views {
		row := []string{quote(v.Name), strconv.Itoa(i + 1)}
		for _, key := range keys {
			row = append(row, quote(v.header[key]))
		}
		rows = append(rows, "("+strings.Join(row, ", ")+")")
	}
	return strings.Join(rows, ",\n")
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
