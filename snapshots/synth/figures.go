package synth

import "fmt"

// A figure is a published count: the users that it counts, over a population.
type figure struct {
	over, counts func(*user) bool
}

// figures are the counts that can be fitted.
var figures = map[string]figure{
	"mfa.violations":           {everyone, func(u *user) bool { return u.standalone && u.noMFA }},
	"initial_key.violations":   {everyone, func(u *user) bool { return u.initial }},
	"two_keys.violations":      {everyone, hasTwoKeys},
	"two_keys.newer_than_30d":  {hasTwoKeys, func(u *user) bool { return u.second == fresh }},
	"two_keys.older_than_30d":  {createdFrom(over30d), secondFrom(over30d)},
	"two_keys.older_than_90d":  {createdFrom(over90d), secondFrom(over90d)},
	"two_keys.older_than_365d": {createdFrom(over365d), secondFrom(over365d)},
	"rotation.violations":      {everyone, keyFrom(over90d)},
	"rotation.older_than_365d": {everyone, keyFrom(over365d)},
	"rotation.older_than_5y":   {everyone, keyFrom(over5y)},
	"unused.violations":        {everyone, idleFrom(over90d)},
	"unused.older_than_365d":   {everyone, idleFrom(over365d)},
}

func everyone(*user) bool     { return true }
func hasTwoKeys(u *user) bool { return u.second != none }

func createdFrom(b band) func(*user) bool { return func(u *user) bool { return u.created >= b } }
func keyFrom(b band) func(*user) bool     { return func(u *user) bool { return u.key >= b } }
func secondFrom(b band) func(*user) bool  { return func(u *user) bool { return u.second >= b } }
func idleFrom(b band) func(*user) bool    { return func(u *user) bool { return u.idle >= b } }

func count(users []user, counts func(*user) bool) (n int) {
	for i := range users {
		if counts(&users[i]) {
			n++
		}
	}
	return n
}

// met is nil if the users give the target exactly.
func (t Target) met(users []user) error {
	f, ok := figures[t.ID]
	if !ok {
		return nil // a month
	}
	n, of := count(users, f.counts), count(users, f.over)
	if n != t.Numerator || of != t.Denominator {
		return fmt.Errorf("target %s is %d of %d, but the other targets and options give %d of %d",
			t.ID, t.Numerator, t.Denominator, n, of)
	}
	return nil
}
