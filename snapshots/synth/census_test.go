package synth_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// A row is a line of a report by column name, with facts of its file.
type row struct {
	cells      map[string]string
	capturedAt time.Time
	standalone bool
}

// A census is read from the files, independently of the generator and the readers.
type census struct {
	users, roots []row
	accounts     int
	standalone   int
	orgs         map[string]bool
	expected     int
}

func read(t *testing.T, dir string) (c census) {
	t.Helper()
	c.orgs = map[string]bool{}
	files, err := filepath.Glob(filepath.Join(dir, "*", "*", "*", "credential_report.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		account := filepath.Dir(file)
		org := filepath.Dir(account)
		if !c.orgs[org] {
			c.orgs[org] = true
			c.expected += int(manifest(t, org)["accounts_expected"].(float64))
		}
		at, err := time.Parse(time.DateOnly, filepath.Base(filepath.Dir(org)))
		if err != nil {
			t.Fatal(err)
		}
		standalone, ok := manifest(t, account)["standalone"].(bool)
		if !ok {
			standalone = manifest(t, org)["standalone"].(bool)
		}
		c.accounts++
		if standalone {
			c.standalone++
		}
		c.add(t, file, at, standalone)
	}
	return c
}

func (c *census) add(t *testing.T, file string, at time.Time, standalone bool) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if strings.HasSuffix(string(data), "\n") || strings.ContainsAny(string(data), "\r\"") {
		t.Errorf("%s: has a final newline, a CR or a quote", file)
	}
	lines, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(lines) < 2 || len(lines[0]) != 22 {
		t.Fatalf("%s: %v, %d lines", file, err, len(lines))
	}
	var names []string
	id := filepath.Base(filepath.Dir(file))
	for i, line := range lines[1:] {
		r := row{map[string]string{}, at, standalone}
		for j, name := range lines[0] {
			r.cells[name] = line[j]
		}
		if i == 0 {
			if line[0] != "<root_account>" || line[1] != "arn:aws:iam::"+id+":root" {
				t.Errorf("%s: first row is %s, %s", file, line[0], line[1])
			}
			c.roots = append(c.roots, r)
			continue
		}
		if !arn.MatchString(line[1]) || !strings.Contains(line[1], ":"+id+":") || !strings.HasSuffix(line[1], "/"+line[0]) {
			t.Errorf("%s: user %s has arn %s", file, line[0], line[1])
		}
		names = append(names, strings.ToLower(line[0]))
		c.users = append(c.users, r)
	}
	if !slices.IsSorted(names) || len(slices.Compact(slices.Clone(names))) != len(names) || len(names) > 5000 {
		t.Errorf("%s: users are not sorted, not unique or too many", file)
	}
}

var arn = regexp.MustCompile(`^arn:aws:iam::\d{12}:user/(synth/)?[a-zA-Z0-9+=.@_-]{1,64}$`)

// manifest reads the one in dir; nil if there is none.
func manifest(t *testing.T, dir string) (m map[string]any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// is reports whether a flag is true.
func (r row) is(column string) bool { return r.cells[column] == "true" }

// at is the time in a cell; the zero time for a word in its place.
func (r row) at(column string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05+00:00", r.cells[column])
	if err != nil {
		return time.Time{}
	}
	return t
}

// older reports whether a time is more than n days before the capture.
func (r row) older(t time.Time, n int) bool {
	return r.capturedAt.Sub(t) > time.Duration(n)*24*time.Hour
}

func (r row) created() time.Time { return r.at("user_creation_time") }

// rotated are the dates of the active keys.
func (r row) rotated() (dates []time.Time) {
	for _, k := range []string{"access_key_1", "access_key_2"} {
		if r.is(k + "_active") {
			dates = append(dates, r.at(k+"_last_rotated"))
		}
	}
	return dates
}

// keyActivity is the last activity of each active key.
func (r row) keyActivity() (dates []time.Time) {
	for _, k := range []string{"access_key_1", "access_key_2"} {
		if used := r.at(k + "_last_used_date"); r.is(k+"_active") && !used.IsZero() {
			dates = append(dates, used)
		} else if r.is(k + "_active") {
			dates = append(dates, r.at(k+"_last_rotated"))
		}
	}
	return dates
}

// consoleActivity is that of the password, in a list of none or one.
func (r row) consoleActivity() []time.Time {
	if !r.is("password_enabled") {
		return nil
	}
	for _, column := range []string{"password_last_used", "password_last_changed"} {
		if t := r.at(column); !t.IsZero() {
			return []time.Time{t}
		}
	}
	return []time.Time{r.created()}
}

// unused reports whether all enabled credentials, at least one, are unused for n days.
func (r row) unused(n int) bool {
	all := append(r.keyActivity(), r.consoleActivity()...)
	return len(all) > 0 && !slices.ContainsFunc(all, func(t time.Time) bool { return !r.older(t, n) })
}

// initial reports whether an enabled key was created within d of the user.
func (r row) initial(d time.Duration) bool {
	return slices.ContainsFunc(r.rotated(), func(t time.Time) bool { return t.Sub(r.created()).Abs() <= d })
}
