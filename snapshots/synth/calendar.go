package synth

import (
	"fmt"
	"math"
	"time"
)

// All times are Unix seconds. The margins to the limits of a band shrink in the order
// in which dates depend on each other, so that there is room for the next one: user
// 4 h, older key 3 h, younger key and password 2 h, use 1 h.

var (
	iamOpened       = unix(2010, time.September, 2) // as a preview
	passwordTracked = unix(2014, time.October, 20)  // no earlier use is recorded
	keyTracked      = unix(2015, time.April, 22)
)

func unix(year int, month time.Month, day int) int64 {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()
}

// A span is the times in [from, to).
type span struct{ from, to int64 }

// A floor is the lower limit of the activity of a kind of credential.
type floor struct {
	never int64 // earliest creation of a credential that was never used
	used  int64 // the earliest use
}

// A calendar draws the dates of users.
type calendar struct {
	at       int64 // time of capture
	earliest int64 // creation of users and keys, unless pinned
	password floor
	key      floor
	creation [pins]span // of pinned users
	lastUse  span       // of the key that is unused for the longest time
}

func newCalendar(at int64, targets []Target) (calendar, error) {
	var in [pins]span
	for _, t := range targets {
		p, ok := months[t.ID]
		if !ok {
			continue
		}
		month, err := parseMonth(t.Month)
		if err != nil {
			return calendar{}, fmt.Errorf("target %s: %w", t.ID, err)
		}
		if month.to > at-youngerEnd[over5y] || p == oldestKeyUse && month.to <= keyTracked {
			return calendar{}, fmt.Errorf("target %s: %s must be over five years before the capture, and a use of a key not before 2015-04-22, when AWS began to record it", t.ID, t.Month)
		}
		in[p] = month
	}
	c := calendar{at: at, earliest: max(iamOpened, in[oldestKey].to)}
	c.password = floor{max(c.earliest, in[oldestConsole].to), max(passwordTracked, in[oldestConsole].to)}
	c.key = floor{max(c.earliest, in[oldestKeyUse].to), max(keyTracked, in[oldestKeyUse].to)}
	c.lastUse = span{max(keyTracked, in[oldestKeyUse].from), in[oldestKeyUse].to - hour}
	c.creation[oldestKey] = span{in[oldestKey].from, in[oldestKey].to - 2*day}
	c.creation[oldestConsole] = span{in[oldestConsole].from, in[oldestConsole].to - 2*day}
	c.creation[oldestKeyUse] = span{c.earliest, c.lastUse.from - 2*day}
	return c, nil
}

// span is the times of a band, margin seconds from its younger limit and an hour from
// its older one.
func (c *calendar) span(b band, margin int64) span {
	if b == over5y {
		return span{c.earliest, c.at - youngerEnd[b] - margin}
	}
	return span{c.at - youngerEnd[b+1] + hour, c.at - youngerEnd[b] - margin}
}

// A credential is a password or an access key; the zero value is none.
type credential struct {
	since  int64 // last changed or rotated
	used   int64 // 0: never
	active bool
}

// A record is the dates of a user: the password, then the two key slots.
type record struct {
	created     int64
	credentials [3]credential
}

// date draws all dates of a user.
func (c *calendar) date(s stream, u *user) (r record) {
	creation, keyed := c.span(u.created, 4*hour), c.span(u.key, 3*hour)
	if u.pin != unpinned {
		creation = c.creation[u.pin]
		keyed = span{creation.from, creation.to + day}
	}
	r.created = s.recent(creation)
	password, key, second := &r.credentials[0], &r.credentials[1], &r.credentials[2]
	if u.console {
		*password = credential{since: c.passwordDate(s, u, r.created), active: true}
	}
	if u.key != none {
		*key = credential{since: keyDate(s, u, r.created, keyed), active: true}
	}
	if u.second != none {
		in := c.span(u.second, 2*hour)
		*second = credential{since: s.between(max(in.from, key.since+gapLater), in.to), active: true}
	}
	c.use(s, u, &r)
	c.arrange(s, &r)
	return r
}

// Gaps in seconds between a user and the first key, as measured in real reports: one
// step creates both, or a person creates the key later. Gaps between these do not
// occur.
const (
	gapByHand = 40      // to 50: on the next page of the console
	gapLater  = 38 * 60 // or more
)

// setupGap is 0 or 1 s, rarely 2 s.
func setupGap(s stream) int64 {
	switch x := s.Float64(); {
	case x < 0.45:
		return 0
	case x < 0.99:
		return 1
	}
	return 2
}

func keyDate(s stream, u *user, created int64, in span) int64 {
	switch {
	case u.initial:
		return created + setupGap(s)
	case u.key == u.created && s.chance(0.03):
		return created + s.between(gapByHand, gapByHand+11)
	case u.key == u.created: // log-uniform: most keys are created soon after
		room := float64(in.to - created)
		return created + int64(gapLater*math.Pow(room/gapLater, s.Float64()))
	}
	return s.between(max(in.from, created+gapLater), in.to)
}

func (c *calendar) passwordDate(s stream, u *user, created int64) int64 {
	if u.pin == oldestConsole || s.chance(0.6) {
		return created + s.Int64N(3)
	}
	return s.between(created+minute, c.span(u.idle, 2*hour).to)
}

// recent draws from a span, preferably near its end.
func (s stream) recent(in span) int64 {
	x := s.Float64()
	return in.to - 1 - int64(float64(in.to-in.from)*x*x)
}
