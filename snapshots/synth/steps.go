package synth

// A step decides one property of the users that may take it.
type step struct {
	figure     string // fitted to this target, if given
	population bool   // fitted to the denominator of the target
	habit      habit
	odds       float64 // log odds of a person in an average organization
	machine    float64 // added to odds for a machine
	may        func(*user) bool
	give       func(*user)
}

// steps are taken in this order. In a series of bands the oldest is first, and each
// takes from the users that are left.
var steps = []step{
	created(over5y, -1.7, ""),
	created(over365d, 0.3, "two_keys.older_than_365d"),
	created(over90d, 1.1, "two_keys.older_than_90d"),
	created(over30d, 0.6, "two_keys.older_than_30d"),

	key(over5y, -2.4, "rotation.older_than_5y"),
	key(over365d, 0.1, "rotation.older_than_365d"),
	key(over90d, -0.6, "rotation.violations"),
	key(over30d, -2.2, ""),
	key(fresh, -2.5, ""),

	{habit: passwords, odds: 2.8, machine: -2.3, may: keyless, give: giveConsole},
	{habit: passwords, odds: 0.4, machine: -2.2, may: keyOnly, give: giveConsole},

	{figure: "mfa.violations", habit: devices, odds: 0.3, may: standaloneConsole, give: takeMFA},
	{habit: devices, odds: -0.3, may: memberConsole, give: takeMFA},

	second(over365d, -2.8, "two_keys.older_than_365d"),
	second(over90d, -3.6, "two_keys.older_than_90d"),
	second(over30d, -4.8, "two_keys.older_than_30d"),
	second(fresh, -5.8, "two_keys.violations"),

	{figure: "initial_key.violations", habit: setups, odds: -1.5, machine: 0.5,
		may:  func(u *user) bool { return u.key == u.created },
		give: func(u *user) { u.initial = true }},

	idle(over365d, 0.1, "unused.older_than_365d"),
	idle(over90d, -0.2, "unused.violations"),
	idle(over30d, -1.2, ""),
	idle(fresh, certain, ""),
}

const certain = 1e3 // log odds

func created(b band, odds float64, figure string) step {
	return step{figure: figure, population: true, habit: ages, odds: odds,
		may:  func(u *user) bool { return u.created < b },
		give: func(u *user) { u.created = b }}
}

func key(b band, odds float64, figure string) step {
	return step{figure: figure, habit: keys, odds: odds, machine: 1.2,
		may:  func(u *user) bool { return u.key == none && u.created >= b },
		give: func(u *user) { u.key = b }}
}

func second(b band, odds float64, figure string) step {
	return step{figure: figure, habit: secondKeys, odds: odds, machine: 0.4,
		may:  func(u *user) bool { return u.second == none && u.key >= b },
		give: func(u *user) { u.second = b }}
}

func idle(b band, odds float64, figure string) step {
	return step{figure: figure, habit: idleness, odds: odds,
		may:  func(u *user) bool { return u.idle == none && u.maxIdle() >= b },
		give: func(u *user) { u.idle = b }}
}

func keyless(u *user) bool           { return u.key == none }
func keyOnly(u *user) bool           { return u.key != none && !u.console }
func standaloneConsole(u *user) bool { return u.console && u.standalone }
func memberConsole(u *user) bool     { return u.console && !u.standalone }
func giveConsole(u *user)            { u.console = true }
func takeMFA(u *user)                { u.noMFA = true }
