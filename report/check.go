package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Parameters are the choices a report was made with: the same database and
// parameters give the same report. A Markdown report ends with them, as a
// comment that is not displayed.
type Parameters struct {
	AsOf        string   `json:"as_of,omitempty"`
	MaxAge      *float64 `json:"max_age,omitempty"`
	Set         []string `json:"set,omitempty"`
	Unit        string   `json:"unit,omitempty"` // sampling unit of intervals: "" or account
	CompareWith string   `json:"compare_with,omitempty"`
}

const parametersMark = "<!-- iamcensus report "

// Comment writes the parameters for the end of a page.
func (p Parameters) Comment() string {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // strings and a number always encode
	}
	return "\n" + parametersMark + strings.ReplaceAll(string(text), "--", `-\u002d`) + " -->\n"
}

// FindParameters reads the parameters of a page.
func FindParameters(page string) (Parameters, error) {
	_, text, ok := strings.Cut(page, parametersMark)
	text, _, closed := strings.Cut(text, " -->")
	if !ok || !closed {
		return Parameters{}, errors.New("no comment with the parameters: not a Markdown report of iamcensus, or the comment was removed")
	}
	var p Parameters
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		return Parameters{}, fmt.Errorf("invalid comment with the parameters: %w", err)
	}
	return p, nil
}

// Difference is a line that differs between a page and the database.
type Difference struct {
	Line     int    // of the page, from 1; 0: missing in the page
	Printed  string // "": missing in the page
	Computed string // "": missing in the computed page
}

var numbers = regexp.MustCompile(`[0-9][0-9,.]*`)

// Check compares the lines with numbers of a page with those of the computed
// page. Lines match by their words, in any order. Lines without a number, and
// the line with the version, are not compared.
func Check(printed, computed string) []Difference {
	unmatched := map[string][]string{} // computed lines, by the line with its numbers masked
	for _, line := range numbered(computed) {
		key := masked(line.text)
		unmatched[key] = append(unmatched[key], line.text)
	}
	var unequal []numberedLine // of the page
	for _, line := range numbered(printed) {
		if !remove(unmatched, masked(line.text), line.text) {
			unequal = append(unequal, line)
		}
	}
	var differences []Difference
	for _, line := range unequal {
		d := Difference{Line: line.number, Printed: line.text}
		if key := masked(line.text); len(unmatched[key]) > 0 {
			d.Computed, unmatched[key] = unmatched[key][0], unmatched[key][1:]
		}
		differences = append(differences, d)
	}
	for _, line := range numbered(computed) {
		if remove(unmatched, masked(line.text), line.text) {
			differences = append(differences, Difference{Computed: line.text})
		}
	}
	return differences
}

// remove removes a line from its group; false: it is not there.
func remove(groups map[string][]string, key, text string) bool {
	for i, other := range groups[key] {
		if other == text {
			groups[key] = append(groups[key][:i:i], groups[key][i+1:]...)
			return true
		}
	}
	return false
}

type numberedLine struct {
	number int
	text   string
}

// madeBy begins the line with the version.
const madeBy = "Made by iamcensus "

// numbered returns the lines with a digit but for the version, with each run of
// white space as one space.
func numbered(page string) []numberedLine {
	var lines []numberedLine
	number := 0
	for line := range strings.Lines(page) {
		number++
		if text := strings.Join(strings.Fields(line), " "); numbers.MatchString(text) && !strings.HasPrefix(text, madeBy) {
			lines = append(lines, numberedLine{number, text})
		}
	}
	return lines
}

func masked(line string) string { return numbers.ReplaceAllString(line, "0") }
