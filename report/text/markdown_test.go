package text

import (
	"bytes"
	"encoding/json"
	"flag"
	"html"
	"os"
	"strings"
	"testing"
	"unicode/utf8"
)

var update = flag.Bool("update", false, "write the Markdown of testdata/hostile.json")

// hostile is a text from a file, what a reader should see of it, its Markdown,
// and what cmark-gfm makes of that (testdata/oracle.py).
type hostile struct {
	Text     string `json:"text"`
	Visible  string `json:"visible"`
	Markdown string `json:"markdown"`
	HTML     string `json:"html"`
}

// TestInert: of hostile texts, a page shows the characters, and code spans are
// all that a code host makes of them.
func TestInert(t *testing.T) {
	const file = "testdata/hostile.json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var entries []hostile
	if err := json.Unmarshal(data, &entries); err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		entries[i].Visible, entries[i].Markdown = Visible(Shorten(e.Text, lineLength)), Escape(e.Text)
		if *update {
			continue
		}
		if e.Markdown != entries[i].Markdown {
			t.Errorf("%q is %s, recorded is %s; run the test with -update, and then testdata/oracle.py", e.Text, entries[i].Markdown, e.Markdown)
		}
		if shown := html.UnescapeString(strings.NewReplacer("<code>", "", "</code>", "").Replace(e.HTML)); shown != entries[i].Visible {
			t.Errorf("%q shows %q", e.Text, shown)
		}
	}
	if *update {
		var out bytes.Buffer
		encoder := json.NewEncoder(&out)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(entries); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, JSON(out.Bytes()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "",
		"org-a":                           "org-a",
		"prod_admin":                      "prod_admin",
		"111122223333":                    "111122223333",
		"synthetic data, seed 1":          "synthetic data, seed 1",
		"user@example.com":                "`user@example.com`",
		"ask @octocat or #1 now":          "ask `@octocat` or `#1` now",
		"a|b`c`<b>&\x1b[31m\u202e\n":      "``a|b`c`<b>&\\x1b[31m\\u202e\\n``",
		"two  spaces":                     "`two  spaces`",
		"a\xffb":                          "`a\\xffb`",
		strings.Repeat("x", lineLength+1): "`" + strings.Repeat("x", 150) + "…" + strings.Repeat("x", 149) + "`",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
	if got := utf8.RuneCountInString(Cell(strings.Repeat("é", 1000))); got != cellLength+2 {
		t.Errorf("a cell has %d characters", got)
	}
	if got := Code("mfa.violations"); got != "`mfa.violations`" {
		t.Error(got)
	}
}

func TestVisibleExcept(t *testing.T) {
	if got := VisibleExcept("a\n\tb\x1b\u200b\n", "\n\t"); got != "a\n\tb\\x1b\\u200b\n" {
		t.Errorf("%q", got)
	}
}

func TestJSON(t *testing.T) {
	for _, text := range []string{"a", "é日👍", "a\u202eb\u007f\u009b\U000e0041\u2028\ufeff<\\\"\n"} {
		encoded, err := json.Marshal(map[string]string{"key\u200b": text})
		if err != nil {
			t.Fatal(err)
		}
		escaped := JSON(encoded)
		if !isVisibleText(string(escaped)) {
			t.Errorf("%q is encoded as %s", text, escaped)
		}
		var got map[string]string
		if err := json.Unmarshal(escaped, &got); err != nil || got["key\u200b"] != text {
			t.Errorf("%q is decoded as %q, %v", text, got, err)
		}
	}
}

// TestWideCells: one long cell does not pad the others, and no pipe ends a cell.
func TestWideCells(t *testing.T) {
	rows := [][]string{{strings.Repeat("x", 100_000), "1"}}
	for range 100 {
		rows = append(rows, []string{"a|b", "2"})
	}
	page := Table([]string{"Name", "n#"}, rows)
	if len(page) > 110_000 {
		t.Errorf("%d bytes", len(page))
	}
	if !strings.Contains(page, `| a\|b |   2 |`) {
		t.Error(page[len(page)-100:])
	}
}
