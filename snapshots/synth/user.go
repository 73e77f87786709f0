package synth

// A band is a range of ages. Upper limits are inclusive: 30 d is fresh.
type band uint8

const (
	none     band = iota // there is none
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

// youngerEnd is the lower limit of a band, exclusive, in seconds.
var youngerEnd = [...]int64{fresh: 0, over30d: 30 * day, over90d: 90 * day, over365d: 365 * day, over5y: 1826 * day}

// A user is the properties of a user without dates, which the calendar adds.
type user struct {
	org         *tendencies
	name        uint8 // index into the names
	standalone  bool  // the account is standalone
	created     band
	key, second band // the bands of the older active key and of the younger of two
	initial     bool // the older key was created with the user
	console     bool // has a password
	noMFA       bool // has a password and no MFA device
	idle        band // since the last activity of all enabled credentials; over365d has no upper limit here
	pin         pin
}

func (u *user) machine() bool { return int(u.name) < machineNames }

// maxIdle is the oldest possible band of the last activity. A password can be as old as
// the user.
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

// A habit is a property in which organizations differ.
type habit int

const (
	ages habit = iota
	machines
	keys
	passwords
	secondKeys
	setups
	devices
	idleness
	habits
)

// tendencies shift the log odds of the users of an organization, by habit.
type tendencies [habits]float64

// tendencies draws the shifts of an organization. A common part correlates them: a
// careless organization is careless in every habit.
func (g *generator) tendencies(org int, s stream) (l tendencies) {
	s.start(g.Seed, forTendencies, org)
	common := s.NormFloat64()
	for h := range l {
		l[h] = 0.4*common + 0.7*s.NormFloat64()
	}
	return l
}

// addUsers appends the users of an account, with names only. Names are in order:
// quantiles of the name mix, equally spaced from a random start.
func (a account) addUsers(s stream, l *tendencies, users []user) []user {
	share := probability(l[machines])
	start := s.Float64()
	for i := range int(a.users) {
		q := (float64(i) + start) / float64(a.users)
		users = append(users, user{org: l, name: nameAt(q, share), standalone: a.standalone, created: fresh})
	}
	return users
}

// allUsers has the users of all accounts.
func (g *generator) allUsers() []user {
	users := make([]user, 0, g.Users)
	s := newStream(g.Seed, forUsers)
	for i, org := range g.orgs {
		l := g.tendencies(i, s)
		for n := range org.accounts {
			s.start(g.Seed, forUsers, org.first+n)
			users = g.accounts[org.first+n].addUsers(s, &l, users)
		}
	}
	return users
}
