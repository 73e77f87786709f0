package engine

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
)

// ErrUnknownSetting says that there is no setting with the name that a reader
// chose.
var ErrUnknownSetting = errors.New("unknown setting")

// Setting replaces the values of one setting, such as key_rotation.days.
type Setting struct {
	ID     string
	Values []float64
}

// setting is a number in the header of a file that a reader may override.
type setting struct {
	Setting
	unit, meaning string
}

// settings returns the lines of all headers that carry one:
//
//	-- Threshold: days = 90 d; an active key that is older is not rotated
//	-- Tiers: 90, 365, 1826 d; an active key is older
//
// The setting is <file>.days and <file>.tiers, unless the name has a point.
func settings() ([]setting, error) {
	var all []setting
	for _, layer := range Layers {
		for _, v := range Views(layer.Name) {
			for _, line := range v.header {
				if line.key != "Threshold" && line.key != "Tiers" {
					continue
				}
				s, err := parseHeaderSetting(v.Name, line)
				if err != nil {
					return nil, fmt.Errorf("sql/%s.sql: -- %s: %s: %w", path.Join(layer.Name, v.Name), line.key, line.value, err)
				}
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b setting) int { return cmp.Compare(a.ID, b.ID) })
	return all, nil
}

func parseHeaderSetting(file string, line headerLine) (setting, error) {
	numbers, meaning, ok := strings.Cut(line.value, "; ")
	name, list := "tiers", numbers
	if line.key == "Threshold" {
		var named bool
		name, list, named = strings.Cut(numbers, " = ")
		ok = ok && named
	}
	last := strings.LastIndex(list, " ")
	if !ok || last < 0 {
		return setting{}, errors.New("not of the form days = 90 d; meaning, or 90, 365 d; meaning")
	}
	if !strings.Contains(name, ".") {
		name = file + "." + name
	}
	values, err := parseList(list[:last])
	return setting{Setting{name, values}, list[last+1:], meaning}, err
}

// parseList parses numbers separated by commas: 90, 365.
func parseList(text string) ([]float64, error) {
	var values []float64
	for word := range strings.SplitSeq(text, ",") {
		value, err := strconv.ParseFloat(strings.TrimSpace(word), 64)
		if err != nil {
			return nil, fmt.Errorf("invalid number %q", strings.TrimSpace(word))
		}
		values = append(values, value)
	}
	return values, nil
}

// settingRows returns a row for each value of each setting.
func settingRows() (string, error) {
	all, err := settings()
	var rows []string
	for _, s := range all {
		for i, value := range s.Values {
			number := strconv.FormatFloat(value, 'f', -1, 64)
			rows = append(rows, row(quote(s.ID), strconv.Itoa(i+1), number, quote(s.unit), quote(s.meaning)))
		}
	}
	return strings.Join(rows, ",\n"), err
}

// SettingIDs returns the names of all settings, sorted.
func SettingIDs() []string {
	all, err := settings()
	if err != nil {
		panic(err) // a test reads every header
	}
	ids := make([]string, len(all))
	for i, s := range all {
		ids[i] = s.ID
	}
	return ids
}

// ParseSetting parses <setting>=<value>[,<value>...]. An unknown setting is an
// ErrUnknownSetting.
func ParseSetting(text string) (Setting, error) {
	id, list, ok := strings.Cut(text, "=")
	s := Setting{ID: strings.TrimSpace(id)}
	if !ok || s.ID == "" {
		return s, fmt.Errorf("invalid setting %q: write it as key_rotation.days=45", text)
	}
	if err := s.check(); err != nil {
		return s, err
	}
	values, err := parseList(list)
	if err != nil {
		return s, fmt.Errorf("%w in %q", err, text)
	}
	if len(values) > 1 && !strings.HasSuffix(s.ID, ".tiers") {
		return s, fmt.Errorf("%s has one value, not %d", s.ID, len(values))
	}
	slices.Sort(values)
	s.Values = slices.Compact(values)
	return s, s.checkValues()
}

// maxValues is the number of tiers that a practice may have. Each is a branch of
// the queries and a row of the report.
const maxValues = 20

func (s Setting) checkValues() error {
	if len(s.Values) > maxValues {
		return fmt.Errorf("%s has %d values: use at most %d", s.ID, len(s.Values), maxValues)
	}
	for _, value := range s.Values {
		if !(value >= 0 && value <= 100_000) {
			return fmt.Errorf("invalid number %g for %s: the range is 0 to 100000", value, s.ID)
		}
	}
	return nil
}

// check fails if there is no such setting, and names those with a similar name.
func (s Setting) check() error {
	ids := SettingIDs()
	if slices.Contains(ids, s.ID) {
		return nil
	}
	if near := nearest(s.ID, ids); len(near) > 0 {
		return fmt.Errorf("%w %q: did you mean %s?", ErrUnknownSetting, s.ID, strings.Join(near, " or "))
	}
	return fmt.Errorf("%w %q: the last section of a report lists the settings", ErrUnknownSetting, s.ID)
}

// nearest returns at most three names that contain a word, or else differ from it
// in few letters.
func nearest(word string, names []string) []string {
	var near []string
	for _, name := range names {
		if len(word) > 2 && strings.Contains(name, word) {
			near = append(near, name)
		}
	}
	if len(near) == 0 {
		near = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return editDistance(word, name) > (len(word)+3)/4 })
		slices.SortStableFunc(near, func(a, b string) int { return cmp.Compare(editDistance(word, a), editDistance(word, b)) })
	}
	return near[:min(3, len(near))]
}

// editDistance counts the letters to insert, delete or replace.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0]++
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// choose writes a reader's choices into setting and scope.
func choose(ctx context.Context, db *sql.DB, choices Choices) error {
	for _, chosen := range choices.Settings {
		if err := replaceSetting(ctx, db, chosen); err != nil {
			return err
		}
	}
	if choices.ByAccount {
		if err := execute(ctx, db, "update scope set sampling_unit = 'account'"); err != nil {
			return err
		}
	}
	if choices.AsOf.IsZero() {
		return nil
	}
	_, err := db.ExecContext(ctx, "update scope set as_of = $1", choices.AsOf.UTC())
	return err
}

func replaceSetting(ctx context.Context, db *sql.DB, chosen Setting) error {
	if err := cmp.Or(chosen.check(), chosen.checkValues()); err != nil {
		return err
	}
	var unit, meaning string
	err := db.QueryRowContext(ctx, "select unit, meaning from setting where setting_id = $1 limit 1", chosen.ID).Scan(&unit, &meaning)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, "delete from setting where setting_id = $1", chosen.ID); err != nil {
		return err
	}
	for i, value := range chosen.Values {
		if _, err := db.ExecContext(ctx, "insert into setting values ($1, $2, $3, $4, $5)", chosen.ID, i+1, value, unit, meaning); err != nil {
			return err
		}
	}
	return nil
}
