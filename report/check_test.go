package report

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// printed reads a report that is right.
func printed(t *testing.T, page string) *Printed {
	t.Helper()
	p, err := ReadPrinted([]byte(page))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func rendered(t *testing.T, format Format[*Report]) string {
	t.Helper()
	var b strings.Builder
	if err := format.Render(&b, fixedReport()); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// noticed asks for a difference, or for a report that cannot be read.
func noticed(t *testing.T, computed *Printed, page, what string, args ...any) {
	t.Helper()
	p, err := ReadPrinted([]byte(page))
	if err == nil && len(p.Compare(computed)) == 0 {
		t.Errorf("not noticed: "+what, args...)
	}
}

// checked are the formats that check reads.
var checked = slices.DeleteFunc(slices.Clone(Formats), func(f Format[*Report]) bool { return f.Name != "md" && f.Name != "json" })

// TestEveryChangeIsNoticed changes the golden report in one place at a time.
func TestEveryChangeIsNoticed(t *testing.T) {
	for _, format := range checked {
		t.Run(format.Name, func(t *testing.T) {
			page := rendered(t, format)
			computed := printed(t, page)
			if differences := computed.Compare(computed); differences != nil {
				t.Fatalf("a report differs from itself: %v", differences)
			}
			lines := strings.SplitAfter(page, "\n")
			with := func(i, n int, text ...string) string {
				return strings.Join(slices.Replace(slices.Clone(lines), i, i+n, text...), "")
			}
			for i, line := range lines {
				if strings.TrimSpace(line) == "" {
					continue
				}
				noticed(t, computed, with(i, 1), "line %d is deleted: %s", i+1, line)
				noticed(t, computed, with(i, 0, line), "line %d stands twice: %s", i+1, line)
				for j := i + 1; j < len(lines); j++ {
					if near := j < i+4; (near || j%97 == 0) && bare(lines[j]) != "" && bare(lines[j]) != bare(line) {
						noticed(t, computed, with(i, j-i+1, append(append([]string{lines[j]}, lines[i+1:j]...), line)...), "lines %d and %d are swapped", i+1, j+1)
					}
				}
				for _, at := range changeable.FindAllStringIndex(line, -1) {
					if isVersion(line) || strings.Contains(line, "e-1") { // rounding errors make no difference
						continue
					}
					changed := line[:at[0]] + other(line[at[0]]) + line[at[0]+1:]
					noticed(t, computed, with(i, 1, changed), "line %d is %s", i+1, changed)
				}
			}
		})
	}
}

// changeable are the first letters of words and the first digits of numbers.
var changeable = regexp.MustCompile(`\b[0-9A-Za-z]|\*`)

func other(b byte) string {
	if b == '9' {
		return "8"
	}
	return "9"
}

// bare is a line without the padding and commas that make no difference.
func bare(line string) string { return strings.TrimRight(normalized(strings.TrimSpace(line)), ",") }

func isVersion(line string) bool {
	return strings.HasPrefix(line, madeBy) || strings.Contains(line, `"version": `)
}

// TestAddedTextIsNoticed adds lines of all kinds all over the page.
func TestAddedTextIsNoticed(t *testing.T) {
	page := rendered(t, checked[0])
	computed := printed(t, page)
	lines := strings.SplitAfter(page, "\n")
	for _, text := range []string{
		"- **９９.９ %** of IAM users have no MFA.", "½ % of users are Ⅻ.", "Half of the users have no MFA.", "No account is missing.",
		"| a | 1 |", "# A heading", "<!--", "-->", "<!-- a comment -->", "<details>", "> Half of them.", "\u2028one", "\r\rtext",
		"Made by iamcensus 99 % of users.", "Made by iamcensus v1.0.0.", `<!-- iamcensus report {} -->`,
		"> Author: <!--", "> Author: ok\n> <details>", "> Author: [x]: /url 'a\ntext", "text > Author: more", " > Author: indented",
	} {
		for i := len(text) % 5; i < len(lines); i += 5 {
			added := strings.Join(slices.Insert(slices.Clone(lines), i, text+"\n"), "")
			noticed(t, computed, added, "%q before line %d", text, i+1)
		}
	}
}

// TestHiddenIsNoticed puts each table into a comment, and swaps its columns.
func TestHiddenIsNoticed(t *testing.T) {
	page := rendered(t, checked[0])
	computed := printed(t, page)
	for i, table := range regexp.MustCompile(`(?m)(^\|.*\n)+`).FindAllString(page, -1) {
		noticed(t, computed, strings.Replace(page, table, "<!--\n"+table+"-->\n", 1), "table %d is in a comment", i+1)
		noticed(t, computed, strings.Replace(page, table, "> Author: table\n> "+strings.ReplaceAll(strings.TrimSpace(table), "\n", "\n> ")+"\n\n", 1), "table %d is the author's", i+1)
		swapped := regexp.MustCompile(`(?m)^\|([^|\n]*)\|([^|\n]*)\|`).ReplaceAllString(table, "|$2|$1|")
		noticed(t, computed, strings.Replace(page, table, swapped, 1), "columns of table %d are swapped", i+1)
	}
}

// TestSameForTheReader: what only pads makes no difference.
func TestSameForTheReader(t *testing.T) {
	page := rendered(t, checked[0])
	computed := printed(t, page)
	for name, same := range map[string]string{
		"line ends of Windows": strings.ReplaceAll(page, "\n", "\r\n"),
		"a byte order mark":    "\ufeff" + page,
		"padding":              strings.ReplaceAll(strings.ReplaceAll(page, " | ", "     | "), "-|-", "------|-"),
		"empty lines":          strings.ReplaceAll(page, "\n\n", "\n\n \n\n"),
		"another version":      strings.Replace(page, "v1.2.3 (4fe1c0a)", "v2.0.0-rc.1 (abcdef0)", 1),
	} {
		p := printed(t, same)
		if same == page {
			t.Errorf("%s: the page is the same", name)
		}
		if name == "another version" {
			if p.Version != "v2.0.0-rc.1 (abcdef0)" {
				t.Errorf("version %q", p.Version)
			}
			continue
		}
		if differences := p.Compare(computed); differences != nil {
			t.Errorf("%s: %v", name, differences)
		}
	}
	compact := regexp.MustCompile(`\n *`).ReplaceAllString(rendered(t, checked[1]), "")
	if differences := printed(t, compact).Compare(printed(t, rendered(t, checked[1]))); differences != nil {
		t.Errorf("compact JSON: %v", differences)
	}
}

// TestAuthor: the author's text may stand between parts, and takes none away.
func TestAuthor(t *testing.T) {
	page := rendered(t, checked[0])
	computed := printed(t, page)
	parts := strings.Split(page, "\n\n")
	for i := 1; i < len(parts); i++ {
		added := strings.Join(slices.Insert(slices.Clone(parts), i, "> Author: 3 of 4 accounts are ours.\n>\n> | a | 1 |"), "\n\n")
		p := printed(t, added)
		if differences := p.Compare(computed); differences != nil || len(p.Author) != 3 {
			t.Errorf("after part %d: lines %v, %v", i, p.Author, differences)
		}
	}
}

// TestDifferences: one change is one difference, in few words.
func TestDifferences(t *testing.T) {
	const page = "# A\n\n| k | n |\n|---|--:|\n| a | 1 |\n| b | 2 |\n\n# B\n\nText.\n\n| k | n |\n|---|--:|\n| a | 3 |\n\nCaveat.\n\n" + commentBegin + "{}" + commentEnd + "\n"
	computed := printed(t, page)
	for name, test := range map[string]struct {
		old, new string
		want     []Difference
	}{
		"the same":                {"", "", nil},
		"another number":          {"| a | 3 |", "| a | 4 |", []Difference{{14, "| a | 4 |", "| a | 3 |"}}},
		"a word":                  {"Text.", "A text.", []Difference{{10, "A text.", "Text."}}},
		"a missing line":          {"Caveat.", "", []Difference{{14, "", "Caveat."}}},
		"the first line":          {"# A\n", "", []Difference{{0, "", "# A"}}},
		"a row twice":             {"| b | 2 |", "| b | 2 |\n| b | 2 |", []Difference{{7, "| b | 2 |", ""}}},
		"rows swapped":            {"| a | 1 |\n| b | 2 |", "| b | 2 |\n| a | 1 |", []Difference{{5, "| b | 2 |", "| b | 2 |"}}},
		"rows of tables swapped":  {"| a | 1 |\n| b | 2 |\n\n# B\n\nText.\n\n| k | n |\n|---|--:|\n| a | 3 |", "| a | 3 |\n| b | 2 |\n\n# B\n\nText.\n\n| k | n |\n|---|--:|\n| a | 1 |", []Difference{{5, "| a | 3 |", "| a | 1 |"}, {14, "| a | 1 |", "| a | 3 |"}}},
		"a heading":               {"# B", "# C", []Difference{{8, "# C", "# B"}}},
		"a row out of its table":  {"| b | 2 |", "\n| b | 2 |", []Difference{{7, "| b | 2 |", "| b | 2 |"}}},
		"an added line":           {"Text.", "Text.\nMore.", []Difference{{11, "More.", ""}}},
		"a text that is no quote": {"Text.", "Text.\n\n> Author: more\nText.", []Difference{{12, "> Author: more", ""}, {13, "Text.", ""}}},
	} {
		got := printed(t, strings.Replace(page, test.old, test.new, 1)).Compare(computed)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestEqualLines: a line that stands in two sections is missing in the right one.
func TestEqualLines(t *testing.T) {
	const comment = "\n" + commentBegin + "{}" + commentEnd + "\n"
	sections := []string{"# A\nsame\n", "# B\nsame\n", "# C\nsame\n"}
	computed := printed(t, strings.Join(sections, "")+comment)
	for i := range sections {
		page := strings.Join(slices.Replace(slices.Clone(sections), i, i+1, strings.Replace(sections[i], "same\n", "", 1)), "")
		want := []Difference{{2*i + 1, "", "same"}}
		if diff := cmp.Diff(want, printed(t, page+comment).Compare(computed)); diff != "" {
			t.Errorf("section %d (-want +got):\n%s", i+1, diff)
		}
	}
}

func TestReadPrinted(t *testing.T) {
	age := 30.0
	for _, want := range []Parameters{{}, {AsOf: "2021-01-24", MaxAge: &age, Set: []string{"key_rotation.days=45"}, CompareWith: "x --> y"}} {
		r := fixedReport()
		r.Parameters, r.Ledger = want, Ledger{Files: 5, CapturedUntil: "2021-01-24T09:30:00Z", SHA256: "ab"}
		for _, format := range checked {
			var page strings.Builder
			if err := format.Render(&page, r); err != nil {
				t.Fatal(err)
			}
			got := printed(t, page.String())
			if diff := cmp.Diff([]any{want, r.Ledger, string(r.Version)}, []any{got.Parameters, got.Ledger, got.Version}); diff != "" {
				t.Errorf("%s (-want +got):\n%s", format.Name, diff)
			}
		}
	}
	for _, page := range []string{"", "# Page", "\n<!-- iamcensus report {} ", "\n<!-- iamcensus report {\"set\": 3} -->", "{}", "{", "[]", `{"parameters": 1}`,
		"\n<!-- iamcensus report {\"ledger\":{\"files\":-1}} -->", "\n<!-- iamcensus report {\"ledger\":{\"sha256\":\"zz\"}} -->", `{"parameters": {"set": ["` + strings.Repeat("x", 100_000) + `"]}}`} {
		if _, err := ReadPrinted([]byte(page)); err == nil {
			t.Errorf("ReadPrinted(%q) returns no error", page)
		}
	}
}

// TestNumbers counts what a report prints, but for the parameters.
func TestNumbers(t *testing.T) {
	page := "# Page\n\n1,234 of 5 users (6.2 %)\n" + "\n" + commentBegin + `{"max_age":30}` + commentEnd + "\n"
	numbers, lines := printed(t, page).Numbers()
	if got := fmt.Sprint(numbers, lines); got != "3 3" {
		t.Errorf("numbers and lines: %s", got)
	}
}

// TestPagesAreBounded: a page of many short lines or of a long one is no report.
func TestPagesAreBounded(t *testing.T) {
	page := rendered(t, Formats[0])
	data := rendered(t, Formats[1])
	for name, page := range map[string]string{
		"empty lines": strings.Repeat("\n", maxLines) + page,
		"a long line": strings.Repeat("1 ", maxLine) + "\n" + page,
		"zeros":       strings.TrimSuffix(strings.TrimSpace(data), "}") + `,"zeros":[` + strings.Repeat("0,", 2<<20) + "0]}",
	} {
		if _, err := ReadPrinted([]byte(page)); !errors.Is(err, errTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
