package synth_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"iamcensus/snapshots/synth"
)

// preset is the preset of the article: scope and targets from the published figures.
func preset(t testing.TB, seed uint64) synth.Options {
	t.Helper()
	data, err := os.ReadFile("../../report/published/netskope-2021-05-06.json")
	if err != nil {
		t.Fatal(err)
	}
	var published struct {
		CapturedOn string `json:"captured_on"`
		Scope      struct {
			Accounts   int `json:"aws_accounts"`
			Standalone int `json:"standalone_accounts"`
			Users      int `json:"iam_users"`
		}
		Figures []synth.Target
	}
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.DateOnly, published.CapturedOn)
	if err != nil {
		t.Fatal(err)
	}
	return synth.Options{
		Accounts: published.Scope.Accounts, Standalone: published.Scope.Standalone, Organizations: 412,
		Users: published.Scope.Users, Seed: seed, CapturedAt: at, Targets: published.Figures,
	}
}

// fewAccounts has the users of o in fewer accounts, and so fewer files.
func fewAccounts(o synth.Options) synth.Options {
	o.Accounts, o.Standalone, o.Organizations = 60, 20, 20
	return o
}

func TestFitsPublishedFigures(t *testing.T) {
	for name, o := range map[string]synth.Options{"article": preset(t, 1), "few accounts": fewAccounts(preset(t, 7))} {
		t.Run(name, func(t *testing.T) {
			c := generate(t, o)
			checkSize(t, c, o)
			checkPlausible(t, c)
			found := c.figures()
			for _, want := range o.Targets {
				if got := found[want.ID]; got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
			if len(found) != len(o.Targets) {
				t.Errorf("%d figures known, %d published", len(found), len(o.Targets))
			}
			checkMonthsAreViolations(t, c)
		})
	}
}

// figures counts every published figure in the rows of the files.
func (c census) figures() map[string]synth.Target {
	m := map[string]synth.Target{}
	rate := func(id string, over, counts func(row) bool) {
		f := synth.Target{ID: id}
		for _, r := range c.users {
			if over(r) {
				f.Denominator++
			}
			if counts(r) {
				f.Numerator++
			}
		}
		m[id] = f
	}
	everyone := func(row) bool { return true }
	two := func(r row) bool { return len(r.rotated()) == 2 }
	older := func(n int) func(row) bool { return func(r row) bool { return r.older(r.created(), n) } }
	twoOlder := func(n int) func(row) bool {
		return func(r row) bool {
			k := r.rotated()
			return len(k) == 2 && r.older(k[0], n) && r.older(k[1], n)
		}
	}
	rotated := func(n int) func(row) bool {
		return func(r row) bool {
			return slices.ContainsFunc(r.rotated(), func(t time.Time) bool { return r.older(t, n) })
		}
	}
	unused := func(n int) func(row) bool { return func(r row) bool { return r.unused(n) } }

	rate("mfa.violations", everyone, func(r row) bool { return r.standalone && r.is("password_enabled") && !r.is("mfa_active") })
	rate("initial_key.violations", everyone, func(r row) bool { return r.initial(10 * time.Second) })
	rate("two_keys.violations", everyone, two)
	rate("two_keys.newer_than_30d", two, func(r row) bool { return two(r) && !twoOlder(30)(r) })
	for _, n := range []int{30, 90, 365} {
		rate(fmt.Sprintf("two_keys.older_than_%dd", n), older(n), twoOlder(n))
	}
	rate("rotation.violations", everyone, rotated(90))
	rate("rotation.older_than_365d", everyone, rotated(365))
	rate("rotation.older_than_5y", everyone, rotated(1826))
	rate("unused.violations", everyone, unused(90))
	rate("unused.older_than_365d", everyone, unused(365))
	for id, dates := range oldest {
		m[id] = synth.Target{ID: id, Month: c.first(dates).Format("2006-01")}
	}
	return m
}

var oldest = map[string]func(row) []time.Time{
	"rotation.oldest_key":   row.rotated,
	"unused.oldest_console": row.consoleActivity,
	"unused.oldest_key":     row.keyActivity,
}

// first is the earliest of all users' dates.
func (c census) first(dates func(row) []time.Time) (first time.Time) {
	for _, r := range c.users {
		for _, t := range dates(r) {
			if first.IsZero() || t.Before(first) {
				first = t
			}
		}
	}
	return first
}

// checkMonthsAreViolations: the oldest activity of all users is that of a violation;
// the password was never used, the key was.
func checkMonthsAreViolations(t *testing.T, c census) {
	t.Helper()
	var idle census
	for _, r := range c.users {
		if r.unused(90) {
			idle.users = append(idle.users, r)
		}
	}
	for _, id := range []string{"unused.oldest_console", "unused.oldest_key"} {
		if all, violations := c.first(oldest[id]), idle.first(oldest[id]); !all.Equal(violations) {
			t.Errorf("%s: %v over all users, %v over violations", id, all, violations)
		}
	}
	password, key := c.first(row.consoleActivity), c.first(row.keyActivity)
	if !slices.ContainsFunc(c.users, func(r row) bool {
		return r.cells["password_last_used"] == "no_information" && r.at("password_last_changed").Equal(password)
	}) {
		t.Error("the oldest password was used")
	}
	if !slices.ContainsFunc(c.users, func(r row) bool {
		return r.at("access_key_1_last_used_date").Equal(key) || r.at("access_key_2_last_used_date").Equal(key)
	}) {
		t.Error("the oldest key was not used")
	}
}
