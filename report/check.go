package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// Recipe is how a report was made: with it, the same database gives the same
// report. It stands in a comment at the end of the Markdown, which no reader
// sees.
type Recipe struct {
	AsOf        string   `json:"as_of,omitempty"`
	MaxAge      *float64 `json:"max_age,omitempty"`
	Set         []string `json:"set,omitempty"`
	CompareWith string   `json:"compare_with,omitempty"`
}

const recipeMark = "<!-- iamcensus report "

// Comment writes the recipe for the end of a page.
func (r Recipe) Comment() string {
	text, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and a number can be written
	}
	return "\n" + recipeMark + strings.ReplaceAll(string(text), "--", `-\u002d`) + " -->\n"
}

// FindRecipe reads the recipe of a page.
func FindRecipe(page string) (Recipe, error) {
	_, text, ok := strings.Cut(page, recipeMark)
	text, _, closed := strings.Cut(text, " -->")
	if !ok || !closed {
		return Recipe{}, errors.New("the page has no comment that says how it was made: it is no Markdown report of iamcensus, or somebody took it out")
	}
	var recipe Recipe
	if err := json.Unmarshal([]byte(text), &recipe); err != nil {
		return Recipe{}, fmt.Errorf("the comment that says how the page was made is damaged: %w", err)
	}
	return recipe, nil
}

// Difference is a line of a page that the database does not give.
type Difference struct {
	Line     int    // in the page, from 1; 0: the page lacks it
	Printed  string // "" if the page lacks it
	Computed string // "" if the database gives no such line
}

var numbers = regexp.MustCompile(`[0-9][0-9,.]*`)

// Check holds every line of a page that has a number in it against the same
// page made anew. Lines match by their words, in any order; lines without a
// number are the author's to change.
func Check(printed, computed string) []Difference {
	open := map[string][]string{} // by the line with its numbers masked
	for _, line := range numbered(computed) {
		key := masked(line.text)
		open[key] = append(open[key], line.text)
	}
	var left []numberedLine // of the page, with no equal line
	for _, line := range numbered(printed) {
		key := masked(line.text)
		if !take(open, key, line.text) {
			left = append(left, line)
		}
	}
	var differences []Difference
	for _, line := range left {
		d := Difference{Line: line.number, Printed: line.text}
		if key := masked(line.text); len(open[key]) > 0 {
			d.Computed, open[key] = open[key][0], open[key][1:]
		}
		differences = append(differences, d)
	}
	for _, line := range numbered(computed) {
		if take(open, masked(line.text), line.text) {
			differences = append(differences, Difference{Computed: line.text})
		}
	}
	return differences
}

// take removes a line from its group, and is false if it is not there.
func take(open map[string][]string, key, text string) bool {
	for i, other := range open[key] {
		if other == text {
			open[key] = append(open[key][:i:i], open[key][i+1:]...)
			return true
		}
	}
	return false
}

type numberedLine struct {
	number int
	text   string
}

// numbered are the lines that have a digit, with runs of space as one.
func numbered(page string) []numberedLine {
	var lines []numberedLine
	number := 0
	for line := range strings.Lines(page) {
		number++
		if text := strings.Join(strings.Fields(line), " "); numbers.MatchString(text) {
			lines = append(lines, numberedLine{number, text})
		}
	}
	return lines
}

func masked(line string) string { return numbers.ReplaceAllString(line, "0") }
