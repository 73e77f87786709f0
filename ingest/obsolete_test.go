package ingest_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func (c *census) remove(name string) {
	c.Helper()
	if err := os.RemoveAll(filepath.Join(c.dir, name)); err != nil {
		c.Fatal(err)
	}
}

// contents are the tables of a database, ids and times of files aside.
func (c *census) contents() string {
	c.Helper()
	dir := strings.ReplaceAll(c.dir, "'", "''")
	relative := func(column string) string { return "replace(" + column + ", '" + dir + "', '')" }
	var b strings.Builder
	for _, query := range []string{
		"select " + relative("path") + ", outcome, n_rows_read, n_rows_loaded, n_rows_refused from source_file order by all",
		"select " + relative("path") + ", line, kind, " + relative("reason") + ", n_rows_refused from ingest_issue order by all",
		"select org_id, account_id, captured_at, user_name, password_enabled from snapshot join iam_user using (snapshot_id) order by all",
		"select org_id, account_id, captured_at, d.n_rows, minimum_length, n from document d left join password_policy using (document_id) left join entity using (document_id) order by all",
		"select org_id, account_id, captured_at, n_accounts from account_expectation order by all",
		"select * from account order by all",
		"select * from organization order by all",
		"select count(*) from access_key union all select count(*) from user_arn union all select count(*) from root_account",
	} {
		b.WriteString(c.rows(query) + "\n")
	}
	return b.String()
}

// TestIssuesEndWithTheirCause: after a file is removed or repaired, the database is
// that of a load of what is there now.
func TestIssuesEndWithTheirCause(t *testing.T) {
	const folder = "2021-01-24/org-a/111122223333/"
	anna, bert := row("111122223333", "anna"), row("111122223333", "bert")
	policy := `{"PasswordPolicy": {"MinimumPasswordLength": 14}}`
	for name, test := range map[string]struct {
		before, after map[string]string // "" is a removed file
	}{
		"a refused file removed":  {map[string]string{folder + "a.csv": header + anna, folder + "notes.txt": "x"}, map[string]string{folder + "notes.txt": ""}},
		"a refused file repaired": {map[string]string{folder + "a.csv": "x"}, map[string]string{folder + "a.csv": header + anna}},
		"a refused row repaired":  {map[string]string{folder + "a.csv": header + anna + "short,row\n"}, map[string]string{folder + "a.csv": header + anna + bert}},
		"a row of another account repaired": {
			map[string]string{folder + "a.csv": header + anna + row("444455556666", "guest")},
			map[string]string{folder + "a.csv": header + anna},
		},
		"a document repaired": {map[string]string{folder + "p.json": policy}, map[string]string{folder + "p.json": strings.Replace(policy, "14", "15", 1)}},
		"the first of two in conflict removed": {
			map[string]string{folder + "a.csv": header + anna, folder + "b.csv": header + bert},
			map[string]string{folder + "a.csv": ""},
		},
		"the second of two in conflict removed": {
			map[string]string{folder + "a.csv": header + anna, folder + "b.csv": header + bert},
			map[string]string{folder + "b.csv": ""},
		},
		"the second of two in conflict made a copy": {
			map[string]string{folder + "a.csv": header + anna, folder + "b.csv": header + bert},
			map[string]string{folder + "b.csv": header + anna},
		},
		"the first of two copies removed": {
			map[string]string{folder + "a.csv": header + anna, folder + "b.csv": header + anna},
			map[string]string{folder + "a.csv": ""},
		},
		"the first of two copies changed": {
			map[string]string{folder + "a.csv": header + anna, folder + "b.csv": header + anna},
			map[string]string{folder + "a.csv": header + bert},
		},
		"a manifest changed": {
			map[string]string{folder + "a.csv": header + anna, "2021-01-24/org-a/manifest.json": `{"accounts_expected": 3, "color": "red"}`},
			map[string]string{"2021-01-24/org-a/manifest.json": `{"accounts_expected": 4}`},
		},
		"a manifest removed": {
			map[string]string{folder + "a.csv": header + anna, "2021-01-24/org-a/manifest.json": `{"accounts_expected": 3, "color": "red"}`},
			map[string]string{"2021-01-24/org-a/manifest.json": ""},
		},
		"an archive removed": {map[string]string{"a.zip": zipOf(t, folder+"notes.txt", "x"), folder + "a.csv": header + anna}, map[string]string{"a.zip": ""}},
		"a member removed": {
			map[string]string{"a.zip": zipOf(t, folder+"notes.txt", "x")},
			map[string]string{"a.zip": zipOf(t, folder+"a.csv", header+anna)},
		},
		"a folder removed":            {map[string]string{folder + "a.csv": header + anna, "other/deep/notes.txt": "x"}, map[string]string{"other": ""}},
		"a file replaced by a folder": {map[string]string{folder + "a.csv": header + anna, "notes": "x"}, map[string]string{"notes": "", "notes/a.txt": "x"}},
		"two files that swap their names": {
			map[string]string{folder + "a.csv": header + anna, "2021-01-24/org-a/444455556666/a.csv": header + row("444455556666", "carl") + row("444455556666", "dora")},
			map[string]string{folder + "a.csv": header + row("444455556666", "carl") + row("444455556666", "dora"), "2021-01-24/org-a/444455556666/a.csv": header + anna},
		},
		"a file moved to another organization": {
			map[string]string{folder + "a.csv": header + anna, folder + "p.json": policy},
			map[string]string{folder + "a.csv": "", "2021-01-24/org-b/111122223333/a.csv": header + anna, folder + "p.json": "", "2021-01-24/org-b/111122223333/p.json": policy},
		},
		"a renamed archive": {map[string]string{"a.zip": zipOf(t, "2021-01-24/111122223333/a.csv", header+anna)}, map[string]string{
			"a.zip": "", "b.zip": zipOf(t, "2021-01-24/111122223333/a.csv", header+anna),
		}},
		"an archive whose member conflicts with a removed file": {
			map[string]string{"2021-01-24/org-a/111122223333.zip": zipOf(t, "b.csv", header+anna+bert), "2021-01-24/org-a/111122223333/a.csv": header + anna},
			map[string]string{"2021-01-24/org-a/111122223333/a.csv": header + anna + bert},
		},
		"a folder replaced by a file": {
			map[string]string{folder + "a.csv": header + anna, "other/deep/notes.txt": "x"},
			map[string]string{"other": "y"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, fresh := newCensus(t), newCensus(t)
			for name, text := range test.before {
				c.file(name, text)
			}
			c.tested()
			now := map[string]string{}
			for _, files := range []map[string]string{test.before, test.after} {
				for name, text := range files {
					now[name] = text
				}
			}
			for _, name := range slices.Sorted(maps.Keys(test.after)) {
				if c.remove(name); test.after[name] != "" {
					c.file(name, test.after[name])
				}
			}
			for name, text := range now {
				if text != "" && !strings.HasPrefix(name, "other/") {
					fresh.file(name, text)
				}
			}
			c.tested()
			fresh.tested()
			if diff := cmp.Diff(fresh.contents(), c.contents()); diff != "" {
				t.Errorf("(-fresh +again):\n%s", diff)
			}
			before := c.contents()
			if s := c.tested(); s.Unchanged != s.Files || c.contents() != before {
				t.Errorf("once more: %+v", s)
			}
		})
	}
}

// TestLoadedStaysWithoutItsFile: a census outlives the folders that it was loaded from.
// Issues do not, and come back with the file.
func TestLoadedStaysWithoutItsFile(t *testing.T) {
	c := newCensus(t)
	report := header + row("111122223333", "anna") + "short,row\n"
	c.file("2021-01-24/org-a/111122223333/a.csv", report)
	c.file("2021-01-24/org-a/222233334444/a.csv", header+row("222233334444", "bert"))
	c.tested()
	whole := c.contents()
	c.remove("2021-01-24/org-a/111122223333")
	c.tested()
	c.want("select user_name from iam_user order by all", "anna\nbert\n")
	c.want("select count(*) from ingest_issue where kind = 'field_count'", "0\n")
	c.want("select count(*) from source_file where n_rows_refused > 0", "0\n")
	c.file("2021-01-24/org-a/111122223333/a.csv", report)
	c.tested()
	if diff := cmp.Diff(whole, c.contents()); diff != "" {
		t.Errorf("with the file again (-before +after):\n%s", diff)
	}
}

// TestReportWrittenAnewEachDay: the snapshots of a file that changes add up, if each has
// its own time.
func TestReportWrittenAnewEachDay(t *testing.T) {
	c := newCensus(t)
	for _, day := range []string{"2021-01-24", "2021-01-25"} {
		c.file("org-a/111122223333/r.csv", "generated_time,"+header+day+"T09:38:09Z,"+row("111122223333", "anna"))
		c.tested()
	}
	c.want("select captured_at::date::varchar from snapshot order by all", "2021-01-24\n2021-01-25\n")
}

// TestOtherPathsAreNotGone: a load says nothing of files that are not below its paths.
func TestOtherPathsAreNotGone(t *testing.T) {
	c := newCensus(t)
	c.file("one/notes.txt", "x")
	c.file("two/notes.txt", "x")
	c.tested()
	c.remove("one")
	c.dir = filepath.Join(c.dir, "two")
	c.tested()
	c.want("select count(*) from ingest_issue", "2\n")
	c.dir = filepath.Dir(c.dir)
	c.tested()
	c.want("select count(*) from ingest_issue", "1\n")
}
