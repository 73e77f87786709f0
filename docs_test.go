package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"iamcensus/cli"
)

// TestDocumentedCommands runs the commands of iamcensus that the docs show, page
// by page, in a folder that has the sample.
func TestDocumentedCommands(t *testing.T) {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir, commands := t.TempDir(), 0
	for name, blocks := range documented(t) {
		script := "symlink snapshots -> $ROOT/snapshots\n"
		for _, line := range strings.Split(strings.Join(blocks, "\n"), "\n") {
			if strings.HasPrefix(line, "iamcensus ") || strings.Contains(line, "| iamcensus ") {
				commands++
				script += fmt.Sprintf("exec sh -c '%s'\n", strings.ReplaceAll(line, "'", "''"))
			}
		}
		file := filepath.Join(dir, strings.NewReplacer("/", "_", ".md", ".txtar").Replace(name))
		if err := os.WriteFile(file, []byte(script), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if commands == 0 {
		t.Fatal("the docs show no commands")
	}
	testscript.Run(t, testscript.Params{
		Dir: dir,
		Setup: func(env *testscript.Env) error {
			env.Setenv("ROOT", filepath.ToSlash(root))
			return nil
		},
	})
}

// TestDocumentedTargets looks for the targets of make that the docs name.
func TestDocumentedTargets(t *testing.T) {
	makefile, err := os.ReadFile("Makefile")
	if err != nil {
		t.Fatal(err)
	}
	target := regexp.MustCompile(`(?m)^(?:[A-Z_]+=\S+ )*make ([a-z-]+)`)
	for name, blocks := range documented(t) {
		for _, found := range target.FindAllStringSubmatch(strings.Join(blocks, "\n"), -1) {
			if !regexp.MustCompile(`(?m)^` + found[1] + `:`).Match(makefile) {
				t.Errorf("%s: the Makefile has no target %s", name, found[1])
			}
		}
	}
}

// TestDocumentedLimits holds the table in docs/security.md to the flags of ingest
// and their defaults.
func TestDocumentedLimits(t *testing.T) {
	var help strings.Builder
	if code := cli.Run(context.Background(), []string{"ingest", "--help"}, nil, &help, io.Discard); code != 0 {
		t.Fatalf("ingest --help ends with %d", code)
	}
	text, err := os.ReadFile("docs/security.md")
	if err != nil {
		t.Fatal(err)
	}
	flags := limits(help.String(), `(?m)^ *(--max-[a-z-]+) .*\(default (\d+)\)$`)
	rows := limits(string(text), "(?m)^\\|.*\\| `(--max-[a-z-]+)` \\| (\\d+) \\|")
	if diff := cmp.Diff(flags, rows); diff != "" || len(flags) == 0 {
		t.Errorf("flags (-) and rows (+):\n%s", diff)
	}
}

// limits are the two parts of each match.
func limits(text, pattern string) map[string]string {
	all := map[string]string{}
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		all[match[1]] = match[2]
	}
	return all
}

// TestDocumentedQueries runs the queries that the docs show over the sample.
func TestDocumentedQueries(t *testing.T) {
	file := filepath.Join(t.TempDir(), "census.duckdb")
	if code := cli.Run(context.Background(), []string{"ingest", "snapshots/sample", "--db", file}, nil, io.Discard, io.Discard); code != 0 {
		t.Fatalf("ingest ends with %d", code)
	}
	db, err := sql.Open("duckdb", file)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	queries := 0
	query := regexp.MustCompile(`(?m)^(--|select|with) `)
	for name, blocks := range documented(t) {
		for _, block := range blocks {
			if !query.MatchString(block) {
				continue
			}
			queries++
			if _, err := db.Exec(block); err != nil {
				t.Errorf("%s: %v in\n%s", name, err, block)
			}
		}
	}
	if queries == 0 {
		t.Error("the docs show no queries")
	}
}

// documented returns the indented blocks of each page.
func documented(t *testing.T) map[string][]string {
	t.Helper()
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, pattern := range []string{"docs/*.md", "docs/*/*.md"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, found...)
	}
	indented := regexp.MustCompile(`(?m)(?:^    .*\n)+`)
	all := map[string][]string{}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, block := range indented.FindAllString(string(text), -1) {
			all[page] = append(all[page], regexp.MustCompile(`(?m)^    `).ReplaceAllString(block, ""))
		}
	}
	return all
}
