package synth

import "math"

// A kind is one of things that are counted, users aside.
type kind int

const (
	groups kind = iota
	roles
	policies
	buckets // from here on, AWS Config knows them and IAM does not
	databases
	trails
	instances
	securityGroups
	kinds
)

// An estate is how many things of each kind an account has.
type estate [kinds]int

// shares are how the things of an account that AWS Config records divide.
// What IAM counts is a number in a summary, what Config records is an item in
// a file: with these shares a quarter of a census's entities are items.
var shares = [kinds]float64{0.015, 0.43, 0.2, 0.06, 0.015, 0.004, 0.11, 0.166}

// maxThings keeps all kinds below AWS's quotas.
const maxThings = 6000

// dealThings shares n things out, log-normally. AWS Config records three of
// five accounts; of the others only what IAM counts is known.
func (p plan) dealThings(s stream, n int) {
	known := 0.0
	for _, share := range shares[:buckets] {
		known += share
	}
	weights := make([]float64, len(p.accounts))
	for i := range p.accounts {
		weights[i] = math.Exp(0.9 * s.NormFloat64())
		if p.accounts[i].recorded = s.chance(0.6); !p.accounts[i].recorded {
			weights[i] *= known
		}
	}
	for i, things := range capped(apportion(n, weights), maxThings) {
		p.accounts[i].things = int32(things)
	}
}

// estate divides the things of an account among the kinds.
func (a account) estate(s stream) (e estate) {
	weights := shares[:buckets:buckets]
	if a.recorded {
		weights = shares[:]
	}
	drawn := make([]float64, len(weights))
	for i, share := range weights {
		drawn[i] = share * math.Exp(0.4*s.NormFloat64())
	}
	copy(e[:], apportion(int(a.things), drawn))
	return e
}
