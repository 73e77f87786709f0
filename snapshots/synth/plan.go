package synth

import (
	"math"
	"slices"
)

// A plan distributes accounts over organizations and users over accounts.
type plan struct {
	orgs     []organization
	accounts []account
}

// An organization owns the accounts [first, first+accounts).
type organization struct {
	first, accounts int
}

// An account holds the users [first, first+users), counted over all accounts.
type account struct {
	first      int
	users      int32
	entities   int32 // of all kinds, users excluded
	standalone bool
	recorded   bool // by AWS Config
}

func newPlan(o Options) plan {
	p := plan{make([]organization, o.Organizations), make([]account, o.Accounts)}
	s := newStream(o.Seed, forPlan)
	p.dealAccounts(s)
	p.setStandalone(s, o.Standalone)
	p.dealUsers(s, o.Users)
	if o.Documents != ReportsOnly {
		p.dealEntities(newStream(o.Seed, forEntities), o.Entities-o.Users)
	}
	return p
}

// dealAccounts gives each organization one account and distributes the rest by a power
// law.
func (p plan) dealAccounts(s stream) {
	weights := make([]float64, len(p.orgs))
	for i := range weights {
		weights[i] = math.Pow(1-s.Float64(), -1/1.3)
	}
	first := 0
	for i, extra := range apportion(len(p.accounts)-len(p.orgs), weights) {
		p.orgs[i] = organization{first, 1 + extra}
		first += 1 + extra
	}
}

// setStandalone marks n accounts, most of them in small organizations, where often all
// accounts are standalone.
func (p plan) setStandalone(s stream, n int) {
	ranks := make([]rank, 0, len(p.accounts))
	for _, org := range p.orgs {
		common := 2.5*s.NormFloat64() - math.Log(float64(org.accounts))
		for range org.accounts {
			ranks = append(ranks, rank{common + s.logistic(), len(ranks)})
		}
	}
	for _, r := range highest(ranks, n) {
		p.accounts[r.index].standalone = true
	}
}

// dealUsers distributes n users, log-normally, up to the quota of an account. Standalone
// accounts have more users, since fewer of them use central sign-on.
func (p plan) dealUsers(s stream, n int) {
	weights := make([]float64, len(p.accounts))
	for i, a := range p.accounts {
		weights[i] = math.Exp(1.3 * s.NormFloat64())
		if a.standalone {
			weights[i] *= 1.6
		}
		if s.chance(0.05) {
			weights[i] /= 1000 // almost no users
		}
	}
	first := 0
	for i, users := range capped(apportion(n, weights), maxUsers) {
		p.accounts[i].first, p.accounts[i].users = first, int32(users)
		first += users
	}
}

// apportion splits total in proportion to weights. The parts add up to total: each
// rounding is made up for by the next part.
func apportion(total int, weights []float64) []int {
	sum, run, given := 0.0, 0.0, 0
	for _, w := range weights {
		sum += w
	}
	parts := make([]int, len(weights))
	for i, w := range weights {
		run += w
		due := total
		if i < len(weights)-1 {
			due = min(total, int(float64(total)*run/sum))
		}
		parts[i] = due - given
		given = due
	}
	return parts
}

// capped moves what exceeds limit to the following part, from the last one to the first.
// There must be room for all of it.
func capped(parts []int, limit int) []int {
	over := 0
	for range 2 {
		for i := range parts {
			parts[i], over = parts[i]+over, 0
			if parts[i] > limit {
				parts[i], over = limit, parts[i]-limit
			}
		}
	}
	return parts
}

// A rank is the score of the element at an index.
type rank struct {
	score float64
	index int
}

// highest sorts ranks in place and returns the n with the highest scores.
func highest(ranks []rank, n int) []rank {
	slices.SortFunc(ranks, func(a, b rank) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return a.index - b.index
	})
	return ranks[:n]
}
