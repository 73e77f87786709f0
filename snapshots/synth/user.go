package synth

// A band is a range of ages. Upper limits are inclusive: exactly 30 d is fresh.
type band uint8

const (
	none     band = iota // no such thing, so no age
	fresh                // up to 30 d
	over30d              // to 90 d
	over90d              // to 365 d
	over365d             // to 1826 d
	over5y
)

const (
	minute = 60 // seconds
	hour   = 60 * minute
	day    = 24 * hour
)

// youngerEnd is the age in seconds that everything in a band exceeds.
var youngerEnd = [...]int64{fresh: 0, over30d: 30 * day, over90d: 90 * day, over365d: 365 * day, over5y: 1826 * day}

// A user is the kind of user somebody is; the calendar adds the dates.
type user struct {
	org         *leanings
	name        uint8 // index into the names
	standalone  bool  // the account is
	created     band
	key, second band // the active keys: the older one, and the younger of two
	initial     bool // the older key was made with the user
	console     bool // has a password
	noMFA       bool // has a password and no device
	idle        band // since the last activity of all enabled credentials; over365d is open-ended here
	pin         pin
}

func (u *user) machine() bool { return int(u.name) < machineNames }

// maxIdle is the oldest band the last activity can lie in. A password does
// not narrow it: it can be as old as the user.
func (u *user) maxIdle() band {
	switch {
	case u.second != none:
		return u.second
	case u.key != none:
		return u.key
	case u.console:
		return u.created
	}
	return none
}

// A habit is what organizations differ in.
type habit int

const (
	ages habit = iota
	machines
	keys
	passwords
	spares
	setups
	devices
	idleness
	habits
)

// leanings shift the log odds of an organization's users, habit by habit.
type leanings [habits]float64

// leanings draws the shifts of one organization. A common part makes the
// careless ones careless in every habit.
func (g *generator) leanings(org int, s stream) (l leanings) {
	s.start(g.Seed, leaning, org)
	common := s.NormFloat64()
	for h := range l {
		l[h] = 0.4*common + 0.7*s.NormFloat64()
	}
	return l
}

// enroll appends an account's users, of whom only names are settled. Names
// come in order: quantiles of the name mix, equally spaced from a random start.
func (a account) enroll(s stream, l *leanings, users []user) []user {
	share := probability(l[machines])
	start := s.Float64()
	for i := range int(a.users) {
		q := (float64(i) + start) / float64(a.users)
		users = append(users, user{org: l, name: nameAt(q, share), standalone: a.standalone, created: fresh})
	}
	return users
}

// everybody enrolls the users of all accounts.
func (g *generator) everybody() []user {
	users := make([]user, 0, g.Users)
	s := newStream(g.Seed, enrolling, 0)
	for i, org := range g.orgs {
		l := g.leanings(i, s)
		for n := range org.accounts {
			s.start(g.Seed, enrolling, org.first+n)
			users = g.accounts[org.first+n].enroll(s, &l, users)
		}
	}
	return users
}
