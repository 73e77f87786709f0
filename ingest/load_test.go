package ingest_test

import (
	"archive/zip"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"iamcensus/engine"
	"iamcensus/ingest"
	"iamcensus/snapshots/files"
)

const header = "user,arn,user_creation_time,password_enabled,mfa_active,access_key_1_active,access_key_1_last_rotated\n"

// census is a database in memory and a folder to load into it.
type census struct {
	*testing.T
	db      *sql.DB
	dir     string
	now     func() time.Time
	version string // of iamcensus
}

// hour is an hour from now, when no folder has just changed.
func hour() time.Time { return time.Now().Add(time.Hour) }

func newCensus(t *testing.T) *census {
	db, err := engine.Open("", engine.ReadWrite)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := engine.CreateTables(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	return &census{T: t, db: db, dir: t.TempDir(), now: time.Now}
}

// file writes a file and the folders above it.
func (c *census) file(name, text string) {
	c.Helper()
	name = filepath.Join(c.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		c.Fatal(err)
	}
}

// ingest loads the folder.
func (c *census) ingest() ingest.Summary {
	c.Helper()
	return c.ingestAs(files.Attribution{}, c.dir)
}

func (c *census) ingestAs(fallback files.Attribution, paths ...string) ingest.Summary {
	c.Helper()
	summary, err := ingest.Load(c.Context(), c.db, ingest.Options{
		Paths: paths, Fallback: fallback, Limits: files.DefaultLimits, Jobs: 2, Version: c.version, Now: c.now,
	})
	if err != nil {
		c.Fatal(err)
	}
	return summary
}

// load loads the folder, checks what holds for every database, and creates the views.
func (c *census) load() ingest.Summary {
	c.Helper()
	summary := c.tested()
	if err := engine.CreateViews(c.Context(), c.db, engine.Choices{}); err != nil {
		c.Fatal(err)
	}
	return summary
}

// tested is load without views.
func (c *census) tested() ingest.Summary {
	c.Helper()
	summary := c.ingest()
	if failures, err := engine.Test(c.Context(), c.db); err != nil || len(failures) > 0 {
		c.Fatalf("data tests: %v %v", failures, err)
	}
	if summary.RowsRead != summary.RowsLoaded+summary.RowsRefused {
		c.Errorf("rows do not add up: %+v", summary)
	}
	return summary
}

// rows returns the rows of a query as lines, with blanks between cells.
func (c *census) rows(query string) string {
	c.Helper()
	rows, err := c.db.QueryContext(c.Context(), query)
	if err != nil {
		c.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		columns, _ := rows.Columns()
		cells := make([]any, len(columns))
		pointers := make([]any, len(columns))
		for i := range cells {
			pointers[i] = &cells[i]
		}
		if err := rows.Scan(pointers...); err != nil {
			c.Fatal(err)
		}
		fmt.Fprintln(&b, cells...)
	}
	if err := rows.Err(); err != nil {
		c.Fatal(err)
	}
	return b.String()
}

func (c *census) want(query, want string) {
	c.Helper()
	if diff := cmp.Diff(strings.TrimLeft(want, "\n"), c.rows(query)); diff != "" {
		c.Errorf("%s (-want +got):\n%s", query, diff)
	}
}

func row(account, name string) string {
	return fmt.Sprintf("%s,arn:aws:iam::%s:user/%s,2020-01-01T00:00:00Z,true,false,false,N/A\n", name, account, name)
}

func TestLoadAgainChangesNothing(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/report.csv", header+row("111122223333", "anna"))
	c.file("notes.txt", "no report")
	first := c.load()
	dump := c.rows("select * from source_file") + c.rows("select * from ingest_issue") + c.rows("select * from iam_user")
	again := c.load()
	if first.Snapshots != 1 || again.Unchanged != 2 || again.RowsRead != 0 {
		t.Errorf("first %+v, again %+v", first, again)
	}
	if got := c.rows("select * from source_file") + c.rows("select * from ingest_issue") + c.rows("select * from iam_user"); got != dump {
		t.Errorf("before\n%safter\n%s", dump, got)
	}
	c.want("select run_id, n_files, n_unchanged from ingest_run order by run_id", "1 2 0\n2 2 2\n")
}

// TestUnchangedFoldersAreNotListed: a change in a folder is found, be it a new
// file, one that is gone, or new bytes of one.
func TestUnchangedFoldersAreNotListed(t *testing.T) {
	c := newCensus(t)
	c.now = hour
	const folder = "2021-01-24/org-a/111122223333/"
	expect := func(files, unchanged int64) {
		t.Helper()
		if s := c.ingest(); s.Files != files || s.Unchanged != unchanged {
			t.Errorf("%d files, %d unchanged; want %d, %d", s.Files, s.Unchanged, files, unchanged)
		}
	}
	c.file(folder+"b.csv", header+row("111122223333", "anna"))
	expect(1, 0)
	expect(1, 1)
	c.file(folder+"a.csv", header+row("111122223333", "anna")+row("111122223333", "bert"))
	expect(2, 1)
	c.want("select path[-5:], outcome from source_file order by path", "a.csv refused\nb.csv loaded\n")
	expect(2, 2)
	c.file(folder+"a.csv", header+row("111122223333", "anna"))
	expect(2, 1)
	c.want("select path[-5:], outcome from source_file order by path", "a.csv duplicate\nb.csv loaded\n")
	expect(2, 2)
	if err := os.Remove(filepath.Join(c.dir, folder, "b.csv")); err != nil {
		t.Fatal(err)
	}
	expect(1, 0) // what a.csv is a copy of is gone, so it counts now
	expect(1, 1)
	for _, name := range []string{"x.csv", "y.csv"} {
		c.file("2021-01-24/org-b/"+name, "no report")
	}
	expect(3, 1)
	if _, err := c.db.ExecContext(c.Context(), "delete from source_file where path like '%y.csv'"); err != nil {
		t.Fatal(err) // as if the load had been cut off between the two
	}
	expect(3, 2)
	expect(3, 3)
	if err := os.RemoveAll(filepath.Join(c.dir, "2021-01-24/org-b")); err != nil {
		t.Fatal(err)
	}
	c.file(folder+"deeper/c.csv", header+row("111122223333", "anna"))
	expect(2, 1)
	expect(2, 2)
}

// TestUnchangedTreeIsNotWalked: a load walks after any change, and only then. To
// see whether it walked, a file is removed from the ledger: only a walk finds it.
func TestUnchangedTreeIsNotWalked(t *testing.T) {
	c := newCensus(t)
	c.now = hour
	const org = "2021-01-24/org-a/"
	report := header + row("111122223333", "anna")
	c.file(org+"manifest.json", `{"organization": "acme"}`)
	c.file(org+"notes.txt", "no report")
	c.file(org+"111122223333/a.csv", report)
	c.file(org+"111122223333/lost.txt", "no report")
	c.file(org+"b!/notes.txt", "no report")
	c.file(org+"444455556666/c.zip", zipOf(t, "c.csv", header+row("444455556666", "carl")))
	walks := func(fallback files.Attribution, paths ...string) bool {
		t.Helper()
		const lost = " from source_file where path like '%lost.txt'"
		for _, statement := range []string{"update ingest_run set file_ids = file_ids - (select coalesce(sum(file_id), 0)" + lost + ")", "delete" + lost} {
			if _, err := c.db.ExecContext(c.Context(), statement); err != nil {
				t.Fatal(err)
			}
		}
		s := c.ingestAs(fallback, paths...)
		return s.Files != s.Unchanged
	}
	if c.ingest(); walks(files.Attribution{}, c.dir) {
		t.Fatal("it walked, although nothing had changed")
	}
	c.want("select n_files, n_unchanged from ingest_run order by run_id desc limit 1", "5 5\n")

	at := func(name string) string { return filepath.Join(c.dir, name) }
	other := t.TempDir()
	for _, change := range []struct {
		what string
		do   func() error
	}{
		{"a file", func() error {
			return errors.Join(os.WriteFile(at(org+"notes.txt"), []byte("no REPORT"), 0), os.Chtimes(at(org+"notes.txt"), hour(), hour()))
		}},
		{"a file's time", func() error { return os.Chtimes(at(org+"111122223333/a.csv"), hour(), hour()) }},
		{"a manifest", func() error {
			return os.WriteFile(at(org+"manifest.json"), []byte(`{"organization": "acme", "accounts_expected": 9}`), 0)
		}},
		{"an archive", func() error {
			return os.WriteFile(at(org+"444455556666/c.zip"), []byte(zipOf(t, "other.csv", report)), 0)
		}},
		{"a new file", func() error { return os.WriteFile(at(org+"111122223333/b.csv"), []byte(report), 0o666) }},
		{"a file removed", func() error { return os.Remove(at(org + "111122223333/b.csv")) }},
		{"a folder renamed", func() error { return os.Rename(at(org+"b!"), at(org+"b")) }},
		{"a folder removed", func() error { return os.RemoveAll(at(org + "b")) }},
		{"a load of other paths", func() error {
			c.file("elsewhere.txt", "no report")
			if err := os.Rename(at("elsewhere.txt"), filepath.Join(other, "elsewhere.txt")); err != nil {
				return err
			}
			c.ingestAs(files.Attribution{}, other)
			return nil
		}},
		{"a new folder, empty", func() error { return os.Mkdir(at(org+"777788889999"), 0o777) }},
	} {
		if c.ingest(); walks(files.Attribution{}, c.dir) {
			t.Errorf("before %s: it walked", change.what)
		}
		c.ingest()
		if err := change.do(); err != nil {
			t.Fatal(err)
		}
		if !walks(files.Attribution{}, c.dir) {
			t.Errorf("%s: it did not walk", change.what)
		}
	}
	if err := os.Remove(at(org + "777788889999")); err != nil {
		t.Fatal(err)
	}
	if c.ingest(); walks(files.Attribution{}, c.dir) {
		t.Error("it walked, after all changes")
	}
	c.ingest()
	if !walks(files.Attribution{Organization: "other"}, c.dir) || !walks(files.Attribution{}, at("2021-01-24")) {
		t.Error("it did not walk, although the request was another")
	}
	for range 2 {
		if !walks(files.Attribution{}, c.dir, files.Stdin) {
			t.Error("it did not walk, although standard input may have changed")
		}
	}
	c.now = func() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC) }
	for range 2 {
		if !walks(files.Attribution{}, c.dir) {
			t.Error("it did not walk, although every folder had just changed")
		}
	}
	c.now = hour
	c.ingest()
	c.file(org+"manifest.json", `{"organization": "another"}`)
	for range 3 {
		if s := c.ingest(); s.Reattributed == 0 {
			t.Error("a file belongs to another organization now, but is not counted as reattributed")
		}
	}
}

// TestInterruptedLoad: files that it did not reach are read by the next load.
func TestInterruptedLoad(t *testing.T) {
	c := newCensus(t)
	c.now = hour
	for i := range 2000 {
		c.file(fmt.Sprintf("org-a/%d.txt", i), "no report")
	}
	ctx, cancel := context.WithCancel(t.Context())
	s, err := ingest.Load(ctx, c.db, ingest.Options{
		Paths: []string{c.dir}, Limits: files.DefaultLimits, Jobs: 1, Now: c.now, Progress: func(ingest.Progress) { cancel() },
	})
	if !errors.Is(err, context.Canceled) || s.Files == 2000 {
		t.Fatalf("%d files: %v", s.Files, err)
	}
	if again := c.ingest(); again.Files != 2000 || again.Unchanged != s.Files {
		t.Errorf("%d of %d files are unchanged; want %d of 2000", again.Unchanged, again.Files, s.Files)
	}
}

func zipOf(t *testing.T, name, text string) string {
	t.Helper()
	var b strings.Builder
	archive := zip.NewWriter(&b)
	member, err := archive.Create(name)
	if err == nil {
		_, err = io.WriteString(member, text)
	}
	if err := errors.Join(err, archive.Close()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTwoReportsOfOneTime(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/a.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-a/111122223333/b.csv", header+row("111122223333", "bert")+row("111122223333", "cleo"))
	c.file("2021-01-24/org-a/111122223333/copy.csv", header+row("111122223333", "anna"))
	c.load()
	c.want("select user_name from iam_user", "anna\n")
	c.want("select outcome, n_rows_read, n_rows_refused from source_file order by path", "loaded 1 0\nrefused 2 2\nduplicate 0 0\n")
	c.want("select kind, n_rows_refused, contains(reason, 'a.csv') from ingest_issue where kind not in ('missing_column', 'no_root_row')", "snapshot_conflict 2 true\n")
}

func TestAccountInTwoOrganizations(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-b/111122223333/r.csv", header+row("111122223333", "anna"))
	c.load()
	c.want("select org_id, account_id from account order by all", "org-a 111122223333\norg-b 111122223333\n")
	c.want("select kind, count(*) from ingest_issue where kind not in ('missing_column', 'no_root_row') group by kind", "account_claimed_twice 1\n")
}

func TestRowsThatAreIssues(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/r.csv", header+
		row("111122223333", "anna")+
		row("111122223333", "anna")+ // twice
		strings.Replace(row("111122223333", "late"), "2020", "2022", 1)+ // after the snapshot
		"short,row\n"+
		row("444455556666", "guest")) // of another account
	c.load()
	c.want("select line, kind, n_rows_refused from ingest_issue where kind not in ('missing_column', 'no_root_row') order by line, kind", `
3 duplicate_user 1
4 after_captured_at 0
5 field_count 1
<nil> account_mismatch 0
`)
	c.want("select account_id, user_name from iam_user join snapshot using (snapshot_id) order by user_id", `
111122223333 anna
111122223333 late
444455556666 guest
`)
}

func TestAccountOfFolderAndARNs(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/444455556666/r.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-b/prod/r.csv", header+row("222233334444", "bert"))
	c.load()
	c.want("select account_id from snapshot order by 1", "111122223333\n222233334444\n")
	c.want("select kind from ingest_issue where kind not in ('missing_column', 'no_root_row')", "account_mismatch\n")
}

// TestDocumentBesideAReport: a document that names no account is of the account of
// the reports in its folder, whichever is loaded first, if these are of one.
func TestDocumentBesideAReport(t *testing.T) {
	c := newCensus(t)
	policy := `{"PasswordPolicy": {"MinimumPasswordLength": 14}}`
	c.file("2021-01-24/org-a/prod/a.json", policy)
	c.file("2021-01-24/org-a/both/a.json", policy)
	c.file("2021-01-24/org-a/444455556666/a.json", policy)
	c.load()
	c.want("select account_id from document order by all", "444455556666\nboth\nprod\n")
	c.file("2021-01-24/org-a/prod/r.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-a/both/r.csv", header+row("222233334444", "bert"))
	c.file("2021-01-24/org-a/both/s.csv", header+row("333344445555", "carl"))
	c.load()
	c.want("select account_id from document order by all", "111122223333\n444455556666\nboth\n")
}

// TestWarnings: what may make one organization of several is an issue and a warning,
// once for each load.
func TestWarnings(t *testing.T) {
	c := newCensus(t)
	kinds := func(want string) {
		c.Helper()
		c.want("select kind, count(*) from ingest_issue where kind not in ('missing_column', 'no_root_row') group by kind order by kind", want)
	}
	report := func(account string) string { return header + row(account, "anna") }
	c.file("2021-01-24/111122223333/r.csv", report("111122223333"))
	if s := c.load(); len(s.Warnings) != 0 {
		t.Errorf("one account: %q", s.Warnings)
	}
	c.file("2021-01-24/222233334444/r.csv", report("222233334444"))
	c.file("2021-01-24/333344445555/r.csv", report("333344445555"))
	if s := c.load(); len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], "unnamed") {
		t.Errorf("three accounts: %q", s.Warnings)
	}
	kinds("unnamed_organization 1\n")

	c.file("acme-2021-01-24.zip", zipOf(t, "export/prod/r.csv", report("444455556666")))
	c.file("acme-2021-02-24.zip", zipOf(t, "export/prod/r.csv", report("444455556666")))
	if s := c.load(); len(s.Warnings) != 0 {
		t.Errorf("the same archive of two days: %q", s.Warnings)
	}
	c.file("globex_20210124.zip", zipOf(t, "export/prod/r.csv", report("555566667777")))
	c.file("hooli.zip", zipOf(t, "2021-01-24/export/prod/r.csv", report("666677778888")))
	if s := c.load(); len(s.Warnings) != 1 || !strings.Contains(s.Warnings[0], `"export"`) {
		t.Errorf("three archives: %q", s.Warnings)
	}
	kinds("several_archives 1\nunnamed_organization 1\n")
	if s := c.load(); len(s.Warnings) != 0 || s.Unchanged != s.Files {
		t.Errorf("the same again: %+v", s)
	}
}

// TestLitter: litter is in the ledger, and neither an issue nor a refused file.
func TestLitter(t *testing.T) {
	c := newCensus(t)
	c.now = hour
	c.file("2021-01-24/org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-a/README.md", "who and why")
	c.file("2021-01-24/org-a/.git/config", "[core]")
	c.file("2021-01-24/org-a/more.zip", zipOf(t, "__MACOSX/._r.csv", "x"))
	for range 2 {
		c.load()
		c.want("select outcome, count(*) from source_file group by outcome order by outcome", "archive 1\nignored 3\nloaded 1\n")
		c.want("select count(*) from ingest_issue where kind not in ('missing_column', 'no_root_row')", "0\n")
	}
	if s := c.load(); s.Unchanged != s.Files {
		t.Errorf("the same again: %+v", s)
	}
	c.file("2021-01-24/org-a/README.md", "who, why and when")
	c.load()
	c.want("select count(*) from source_file where outcome = 'ignored'", "3\n")
}

func TestRefusedFileIsReadAgainWithAnotherAttribution(t *testing.T) {
	c := newCensus(t)
	c.file("org-a/r.csv", header+row("111122223333", "anna"))
	if s := c.load(); s.RowsRefused != 1 {
		t.Errorf("without a time: %+v", s)
	}
	c.file("org-a/manifest.json", `{"captured_at": "2021-01-24", "accounts_expected": 3, "standalone": true, "color": "red"}`)
	if s := c.load(); s.RowsLoaded != 1 || s.RowsRefused != 0 {
		t.Errorf("with a manifest: %+v", s)
	}
	c.want("select outcome, count(*) from source_file group by outcome order by outcome", "loaded 1\nmanifest 1\n")
	c.want("select kind from ingest_issue where kind not in ('missing_column', 'no_root_row')", "unknown_key\n")
	c.want("select org_id, is_standalone, captured_at_source from snapshot", "org-a true manifest\n")
	c.want("select n_expected, n_received, n_missing from mart_coverage", "3 1 2\n")

	c.file("org-a/manifest.json", `{"captured_at": "2021-01-25"}`)
	if s := c.load(); s.Reattributed != 1 || s.Snapshots != 0 {
		t.Errorf("with another manifest: %+v", s)
	}
}

// TestRefusedFileIsReadAgainByAnotherVersion: a newer iamcensus may know the
// format of a file that an older one refused. What is loaded is not read again.
func TestRefusedFileIsReadAgainByAnotherVersion(t *testing.T) {
	c := newCensus(t)
	c.now = hour
	c.file("2021-01-24/org-a/111122223333/report.csv", header+row("111122223333", "anna"))
	c.file("2021-01-24/org-a/444455556666/report.zip", zipOf(t, "report.csv", header+row("444455556666", "bert")))
	c.file("2021-01-24/org-a/notes.txt", "no report")
	c.file("2021-01-24/org-a/notes.zip", zipOf(t, "notes.txt", "no report"))
	for _, step := range []struct {
		version   string
		unchanged int64
	}{{"v1", 0}, {"v1", 4}, {"v2", 2}, {"v2", 4}} { // 4 files, and 2 in archives that are opened
		c.version = step.version
		s := c.ingest()
		if s.Unchanged != step.unchanged {
			t.Errorf("%s: %+v, want %d unchanged", step.version, s, step.unchanged)
		}
	}
	c.want("select outcome, count(*) from source_file group by outcome order by outcome", "archive 2\nloaded 2\nrefused 2\n")
	c.want("select count(*) from ingest_issue where kind not in ('missing_column', 'no_root_row')", "2\n")
}

func TestSeveralSnapshotsOfAnAccount(t *testing.T) {
	c := newCensus(t)
	c.file("2021-01-24/org-a/111122223333/r.csv", header+row("111122223333", "anna"))
	c.load()
	c.file("2021-02-24/org-a/111122223333/r.csv", header+row("111122223333", "anna")+row("111122223333", "bert"))
	c.load()
	c.want("select snapshot_id, is_current from stg_snapshot order by snapshot_id", "1 false\n2 true\n")
	c.want("select n_users, n_snapshots from mart_population", "2 2\n")
	c.want("select user_id, snapshot_id from iam_user order by user_id", "1 1\n2 2\n3 2\n")
}
