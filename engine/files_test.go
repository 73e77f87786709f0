package engine_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"iamcensus/engine"
	files "iamcensus/sql"
)

// The tests of this file find what was forgotten in a file of sql/.

// required are the lines that the header of each file has, by layer.
var required = map[string][]string{
	"catalog":       {"Title", "Grain", "Reads", "Counts", "Why"},
	"staging":       {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"organizations": {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"users":         {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"practices":     {"Title", "Finding", "Order", "Headline", "Figure", "Grain", "Reads", "Counts", "Applies", "Unknown", "Why", "Detect", "Prevent"},
	"rulesets":      {"Title", "Order", "Grain", "Reads", "Counts", "Unknown", "Why", "Source"},
	"accounts":      {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"verdicts":      {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"counts":        {"Title", "Grain", "Reads", "Counts", "Unknown", "Why"},
	"marts":         {"Title", "Grain", "Reads", "Counts", "Why"},
}

// optional are the other lines; those that end in a space have an argument.
var optional = map[string][]string{
	"catalog":   {"Unknown"},
	"practices": {"Threshold", "Tiers", "Tier kind", "Tier denominator"},
	"rulesets":  {"Differs "},
	"accounts":  {"Threshold", "Check "},
	"marts":     {"Threshold", "Unknown"},
}

func TestHeaders(t *testing.T) {
	for _, layer := range engine.Layers {
		if required[layer.Name] == nil {
			t.Errorf("no header is required in sql/%s", layer.Name)
		}
		for _, view := range engine.Views(layer.Name) {
			name := "sql/" + layer.Name + "/" + view.Name + ".sql"
			for _, key := range required[layer.Name] {
				if view.Header(key) == "" {
					t.Errorf("%s has no line -- %s:", name, key)
				}
			}
			for _, key := range view.Keys() {
				known := func(optional string) bool {
					return key == optional || strings.HasSuffix(optional, " ") && strings.HasPrefix(key, optional)
				}
				if !slices.Contains(required[layer.Name], key) && !slices.ContainsFunc(optional[layer.Name], known) {
					t.Errorf("%s: unknown line -- %s:", name, key)
				}
				if practice, ok := strings.CutPrefix(key, "Differs "); ok && !exists("practices", practice) {
					t.Errorf("%s: -- %s: there is no such practice", name, key)
				}
			}
		}
	}
}

func exists(layer, name string) bool {
	return slices.ContainsFunc(engine.Views(layer), func(v engine.View) bool { return v.Name == name })
}

func TestOrderIsANumberUsedOnce(t *testing.T) {
	for _, layer := range []string{"practices", "rulesets"} {
		used := map[int]string{}
		for _, view := range engine.Views(layer) {
			n, err := strconv.Atoi(view.Header("Order"))
			if err != nil {
				t.Errorf("sql/%s/%s.sql: invalid Order %q", layer, view.Name, view.Header("Order"))
			} else if used[n] != "" {
				t.Errorf("sql/%s: %s and %s have the Order %d", layer, used[n], view.Name, n)
			}
			used[n] = view.Name
		}
	}
}

// TestTextsNameSettings finds {key_rotation.days} in texts of the report that
// are not settings.
func TestTextsNameSettings(t *testing.T) {
	inText := regexp.MustCompile(`\{([^}]*)\}`)
	ids := engine.SettingIDs()
	for _, layer := range engine.Layers {
		for _, view := range engine.Views(layer.Name) {
			for _, key := range view.Keys() {
				for _, match := range inText.FindAllStringSubmatch(view.Header(key), -1) {
					if !slices.Contains(ids, match[1]) {
						t.Errorf("sql/%s/%s.sql: -- %s: %s is not a setting", layer.Name, view.Name, key, match[0])
					}
				}
			}
		}
	}
}

// TestChecksHaveTitles compares the Check lines of accounts/ with the ids in the
// queries.
func TestChecksHaveTitles(t *testing.T) {
	id := regexp.MustCompile(`select\s+'([a-z_]+\.[a-z_]+)'`)
	for _, view := range engine.Views("accounts") {
		var titles, ids []string
		for _, key := range view.Keys() {
			if check, ok := strings.CutPrefix(key, "Check "); ok {
				titles = append(titles, check)
			}
		}
		for _, match := range id.FindAllStringSubmatch(view.Query, -1) {
			ids = append(ids, match[1])
		}
		if !slices.Equal(titles, ids) {
			t.Errorf("sql/accounts/%s.sql has Check lines for %v, its query has %v", view.Name, titles, ids)
		}
	}
}

// TestPracticesHaveRows asks for rows with the verdicts of each practice.
func TestPracticesHaveRows(t *testing.T) {
	for _, practice := range engine.Views("practices") {
		name := filepath.Join("testdata", practice.Name+".txtar")
		text, err := os.ReadFile(name)
		if err != nil {
			t.Errorf("practice %s has no test rows: write %s", practice.Name, name)
		} else if !regexp.MustCompile(`(?s)-- query --.*\bfrom ` + practice.Name + `\b`).Match(text) {
			t.Errorf("%s has no query of %s", name, practice.Name)
		}
	}
}

// TestReads compares the Reads line of each header with the query, and both with
// the layers that the relation may read.
func TestReads(t *testing.T) {
	layerOf := map[string]string{}
	for _, match := range regexp.MustCompile(`create table if not exists (\w+)`).FindAllStringSubmatch(schema(t), -1) {
		layerOf[match[1]] = "tables"
	}
	for _, layer := range engine.Layers {
		for _, view := range engine.Views(layer.Name) {
			layerOf[view.Name] = layer.Name
		}
	}
	check := func(file string, query string, allowed []string) {
		for _, name := range relations(query) {
			if !slices.Contains(allowed, layerOf[name]) {
				t.Errorf("sql/%s.sql reads %s of layer %q, and may read %v", file, name, layerOf[name], allowed)
			}
		}
	}
	for _, layer := range engine.Layers {
		for _, view := range engine.Views(layer.Name) {
			file := path.Join(layer.Name, view.Name)
			reads, found := slices.Sorted(slices.Values(view.Reads())), relations(view.Query)
			if !slices.Equal(reads, found) {
				t.Errorf("sql/%s.sql: -- Reads: %v, its query reads %v", file, reads, found)
			}
			check(file, view.Query, layer.Reads)
		}
	}
	for _, test := range engine.Views(engine.DataTests) {
		check(path.Join(engine.DataTests, test.Name), test.Query, []string{"tables"})
	}
}

func schema(t *testing.T) string {
	t.Helper()
	text, err := files.Files.ReadFile("schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	noise    = regexp.MustCompile(`--.*|'[^']*'`) // comments and texts
	ratesIn  = regexp.MustCompile(`\{rates (\w+):`)
	eachIn   = regexp.MustCompile(`\{each (\w+)\}`)
	readIn   = regexp.MustCompile(`\b(?:from|join)\s+([a-z_]\w*)`)
	cteIn    = regexp.MustCompile(`(?:\bwith|\brecursive|,)\s+(\w+)\s*(?:\([^()]*\)\s*)?as\s*\(`)
	noLetter = regexp.MustCompile(`\s+`)
)

// relations returns the relations that a query reads, sorted: the names after
// from and join, common table expressions excluded.
func relations(query string) []string {
	query = noLetter.ReplaceAllString(noise.ReplaceAllString(query, ""), " ")
	found := map[string]bool{}
	for _, match := range eachIn.FindAllStringSubmatch(query, -1) {
		for _, view := range engine.Views(match[1]) {
			found[view.Name] = true
		}
	}
	for _, match := range ratesIn.FindAllStringSubmatch(query, -1) {
		found[match[1]] = true
	}
	for _, match := range readIn.FindAllStringSubmatch(query, -1) {
		found[match[1]] = true
	}
	for _, match := range cteIn.FindAllStringSubmatch(query, -1) {
		delete(found, match[1])
	}
	return slices.Sorted(maps.Keys(found))
}

func TestRelations(t *testing.T) {
	for query, want := range map[string]string{
		"select * from a":            "a",
		"select 1 from a x join b y": "a b",
		"with a as (select 1 from b), c as (select 1 from a) select * from c cross join d":       "b d",
		"with recursive a (x, y) as (select 1 from b union all select 1 from a) select * from a": "b",
		"select 1 from (values (1)) a":           "",
		"select 'text from a' -- from b\nfrom c": "c",
	} {
		if got := strings.Join(relations(query), " "); got != want {
			t.Errorf("%s reads %q, want %q", query, got, want)
		}
	}
}

// TestReportsReadMarts looks at every text of report/ and population/ that is a
// query.
func TestReportsReadMarts(t *testing.T) {
	sources, err := filepath.Glob("../report/*.go")
	more, err2 := filepath.Glob("../population/*.go")
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	queries := 0
	for _, source := range append(sources, more...) {
		file, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			literal, ok := node.(*ast.BasicLit)
			if !ok || literal.Kind != token.STRING {
				return true
			}
			text, err := strconv.Unquote(literal.Value)
			if err != nil || !strings.HasPrefix(text, "select ") && !strings.HasPrefix(text, "with ") {
				return true
			}
			queries++
			for _, name := range relations(text) {
				if !exists("marts", name) {
					t.Errorf("%s reads %s, which is not a mart: %s", source, name, text)
				}
			}
			return true
		})
	}
	if queries < 10 {
		t.Errorf("only %d queries found", queries)
	}
}

var (
	ageIn     = regexp.MustCompile(`\b\w+_s\b`)
	compareIn = regexp.MustCompile(`\b(\w+_s) (?:<|<=|=|>=|>) \{(days|seconds) \d+\}`)
)

// bareAges returns the ages of a query that are not compared with a threshold:
// days for ages, seconds for the gap between a user and its key.
func bareAges(query string) []string {
	left := compareIn.ReplaceAllStringFunc(query, func(text string) string {
		match := compareIn.FindStringSubmatch(text)
		if strings.HasSuffix(match[1], "_gap_s") == (match[2] == "seconds") {
			return ""
		}
		return text
	})
	return ageIn.FindAllString(left, -1)
}

// TestThresholdsOfRuleSets: ages in user_kind are rounded to the thresholds that
// the queries name as {days 45}. A comparison with anything else would be wrong.
func TestThresholdsOfRuleSets(t *testing.T) {
	for _, view := range engine.Views("rulesets") {
		for _, age := range bareAges(view.Query) {
			t.Errorf("sql/rulesets/%s.sql: %s is not compared with a threshold such as {days 45}", view.Name, age)
		}
	}
	for query, want := range map[string]int{
		"key_1_age_s > {days 45}":          0,
		"key_1_gap_s < {seconds 10}":       0,
		"key_1_age_s > 45 * 86400":         1,
		"key_1_gap_s < 10":                 1,
		"45 * 86400 < key_1_age_s":         1,
		"key_1_age_s > {seconds 10}":       1,
		"key_1_gap_s > {days 1}":           1,
		"key_1_age_s - 10 > {days 1}":      1,
		"key_1_age_s between 1 and 2":      1,
		"key_1_age_s > key_2_age_s":        2,
		"abs(key_1_gap_s) <= {seconds 10}": 1,
	} {
		if got := len(bareAges(query)); got != want {
			t.Errorf("%s: %d ages without a threshold, want %d", query, got, want)
		}
	}
}
