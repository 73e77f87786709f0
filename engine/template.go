package engine

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// template expands the macros of a query:
//
//	{each practices} .. {name} .. {end}  the text once per file of the layer, joined by union all
//	{headers practices: Title, Why}      rows of values: name, place from 1, these lines of the header
//	{differences}                        rows of values: rule set, practice, how it differs
//	{settings}                           rows of values: setting, place, value, unit, meaning
//	{checks}                             rows of values: check of accounts, section, place, title
//	{days 45}, {seconds 10}              a threshold of a rule set, in seconds
//	{rates x: a, b}                      the sums for intervals of relation x by these columns: rates.sql
//	{bucket days: age_s}                 an age, rounded to the thresholds in days of all rule sets
//	{tier key_rotation: age_s}           how many tiers of the practice an age exceeds
//	{in report: is_current}              the condition in a report, true in a database
//	{one user_id}                        in a report one value of the group, in a database the column
type template struct {
	isReport bool
	tiers    map[string][]float64 // by practice, in seconds, ascending
}

var (
	eachIn  = regexp.MustCompile(`(?s)\{each (\w+)\}(.*?)\{end\}`)
	macroIn = regexp.MustCompile(`\{(\w+)([^{}]*)\}`)
)

func (t *template) expand(query string) (string, error) {
	query = eachIn.ReplaceAllStringFunc(query, func(text string) string {
		match := eachIn.FindStringSubmatch(text)
		return each(match[1], match[2])
	})
	var failed error
	query = macroIn.ReplaceAllStringFunc(query, func(text string) string {
		match := macroIn.FindStringSubmatch(text)
		argument, expression, _ := strings.Cut(strings.TrimSpace(match[2]), ": ")
		expanded, err := t.macro(match[1], argument, expression)
		if err != nil {
			failed = fmt.Errorf("%s: %w", text, err)
		}
		return expanded
	})
	return query, failed
}

func (t *template) macro(name, argument, expression string) (string, error) {
	switch name {
	case "headers":
		return headers(argument, strings.Split(expression, ", ")), nil
	case "differences":
		return differences(), nil
	case "settings":
		return settingRows()
	case "checks":
		return checks(), nil
	case "days", "seconds":
		n, err := strconv.Atoi(argument)
		return fmt.Sprint(n * unitSeconds[name]), err
	case "rates":
		query := strings.NewReplacer("{relation}", argument, "{keys}", expression).Replace(parseView("rates", read("rates.sql")).Query)
		return "(" + query + ")", nil
	case "bucket":
		return bucket(argument, expression)
	case "tier":
		return tier(expression, t.tiers[argument]), nil
	case "in":
		if t.isReport {
			return expression, nil
		}
		return "true", nil
	case "one":
		if t.isReport {
			return "min(" + argument + ")", nil
		}
		return argument, nil
	}
	return "", fmt.Errorf("unknown macro")
}

// each repeats a query for each file of a layer.
func each(layer, query string) string {
	var parts []string
	for _, v := range Views(layer) {
		parts = append(parts, strings.TrimSpace(strings.ReplaceAll(query, "{name}", v.Name)))
	}
	return strings.Join(parts, "\nunion all\n")
}

// headers returns a row for each file of a layer, in their order.
func headers(layer string, keys []string) string {
	var rows []string
	for i, v := range ordered(layer) {
		cells := []string{quote(v.Name), strconv.Itoa(i + 1)}
		for _, key := range keys {
			cells = append(cells, quote(v.Header(key)))
		}
		rows = append(rows, row(cells...))
	}
	return strings.Join(rows, ",\n")
}

// differences returns a row for each rule set and practice. A rule set that does
// not say how it differs has an empty text.
func differences() string {
	var rows []string
	for _, r := range Views("rulesets") {
		for _, p := range Views("practices") {
			rows = append(rows, row(quote(r.Name), quote(p.Name), quote(r.Header("Differs "+p.Name))))
		}
	}
	return strings.Join(rows, ",\n")
}

// checks returns a row for each Check line of the files in accounts/.
func checks() string {
	var rows []string
	for _, v := range Views("accounts") {
		for i, check := range v.lines("Check") {
			section, _, _ := strings.Cut(check.key, ".")
			rows = append(rows, row(quote(check.key), quote(section), strconv.Itoa(i+1), quote(check.value)))
		}
	}
	return strings.Join(rows, ",\n")
}

func row(cells ...string) string { return "(" + strings.Join(cells, ", ") + ")" }

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
