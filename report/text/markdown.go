package text

import (
	"regexp"
	"slices"
	"strings"
)

// Markdown is text of the program's own catalog: its Markdown is meant.
type Markdown string

// Characters of text from files that a page prints; more are cut in the middle.
const (
	cellLength = 80  // names
	lineLength = 300 // reasons, notes, paths
)

// Escape writes text from files into a line of Markdown, so that a code host
// shows it and does nothing else: words of letters and digits stay as they are;
// words that a host might take for markup, a link, a mention, a reference or an
// emoji become code spans, in which it looks for none of these. Cells of a table
// may have it, and the beginning of a line.
func Escape(s string) string { return inert(Shorten(s, lineLength)) }

// Cell is Escape for names, which are shorter.
func Cell(s string) string { return inert(Shorten(s, cellLength)) }

// Code writes text as a code span, whatever it contains; empty for "".
func Code(s string) string { return span(Visible(Shorten(s, cellLength))) }

// inert puts each series of words that are not plain into one code span, and all
// of the text if its spaces are not single ones between words.
func inert(s string) string {
	s = Visible(s)
	words := strings.Split(s, " ")
	if slices.Contains(words, "") {
		return span(s)
	}
	var parts []string
	for begin := 0; begin < len(words); {
		end := begin + 1
		for end < len(words) && isPlain(words[end]) == isPlain(words[begin]) {
			end++
		}
		part := strings.Join(words[begin:end], " ")
		if !isPlain(words[begin]) {
			part = span(part)
		}
		parts = append(parts, part)
		begin = end
	}
	return strings.Join(parts, " ")
}

// span writes a code span. It begins and ends with a number of backticks that
// occurs nowhere in it; spaces at its ends that Markdown would remove are doubled.
func span(s string) string {
	if s == "" {
		return ""
	}
	runs := backticks.FindAllString(s, -1)
	fence := "`"
	for slices.Contains(runs, fence) {
		fence += "`"
	}
	first, last := s[0], s[len(s)-1]
	if first == '`' || last == '`' || first == ' ' && last == ' ' && strings.Trim(s, " ") != "" {
		s = " " + s + " "
	}
	return fence + s + fence
}

var backticks = regexp.MustCompile("`+")

// A plain word is a name (bob, org-a, prod_admin, O'Neill), a number (12,478,
// 6.2), a date or a time, in parentheses or quotes, with a mark after it, or a
// sign between words. It is all that is known to be inert: names with a period
// may be domains.
var plain = regexp.MustCompile(`^[("“]?(?:` +
	`[\pL\pN][\pL\pM\pN]*(?:(?:_+|['’-])[\pL\pN][\pL\pM\pN]*)*` +
	`|\d+(?:,\d{3})*(?:\.\d+)?` +
	`|\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?Z?` +
	`|[%/=–&])[)"”]?[.,;:?!]?$`)

var (
	marked = regexp.MustCompile(`^\d+[.)]$|(?i)www\.`) // begins a list, or a link
	// GH-1, and the keys of other trackers and advisories: ABC-1, CVE-2021-1, GHSA-x.
	issueKey = regexp.MustCompile(`\b[A-Z][A-Z0-9_]*-\d|\b(?i:gh|cve|ghsa)-`)
	hash     = regexp.MustCompile(`\b[0-9A-Fa-f]{7,}\b`)
	account  = regexp.MustCompile(`^\d{12}$`) // an account id, and not the hash of a commit
)

// isPlain looks first for what the other expressions need: they are slow.
func isPlain(word string) bool {
	switch {
	case !plain.MatchString(word), strings.ContainsAny(word, ".)") && marked.MatchString(word), strings.Contains(word, "-") && issueKey.MatchString(word):
		return false
	case len(word) < 7 || account.MatchString(word):
		return true
	}
	return !slices.ContainsFunc(hash.FindAllString(word, -1), func(s string) bool { return !account.MatchString(s) })
}
