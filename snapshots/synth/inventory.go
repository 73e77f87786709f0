package synth

import "math"

// A kind is a kind of entities, users aside.
type kind int

const (
	groups kind = iota
	roles
	policies
	buckets // this and the following are in AWS Config, not in IAM
	databases
	trails
	instances
	securityGroups
	kinds
)

// An inventory is the number of entities of each kind in an account.
type inventory [kinds]int

// shares are the shares of the kinds in an account that AWS Config records. IAM counts
// entities in a summary, and Config has an item for each. With these shares, a quarter
// of all entities are items.
var shares = [kinds]float64{0.015, 0.43, 0.2, 0.06, 0.015, 0.004, 0.11, 0.166}

// maxEntities keeps all kinds below the quotas of AWS.
const maxEntities = 6000

// dealEntities distributes n entities, log-normally. AWS Config records three of five
// accounts; the others have only what IAM counts.
func (p plan) dealEntities(s stream, n int) {
	counted := 0.0
	for _, share := range shares[:buckets] {
		counted += share
	}
	weights := make([]float64, len(p.accounts))
	for i := range p.accounts {
		weights[i] = math.Exp(0.9 * s.NormFloat64())
		if p.accounts[i].recorded = s.chance(0.6); !p.accounts[i].recorded {
			weights[i] *= counted
		}
	}
	for i, entities := range capped(apportion(n, weights), maxEntities) {
		p.accounts[i].entities = int32(entities)
	}
}

// inventory distributes the entities of an account over the kinds.
func (a account) inventory(s stream) (e inventory) {
	weights := shares[:buckets:buckets]
	if a.recorded {
		weights = shares[:]
	}
	drawn := make([]float64, len(weights))
	for i, share := range weights {
		drawn[i] = share * math.Exp(0.4*s.NormFloat64())
	}
	copy(e[:], apportion(int(a.entities), drawn))
	return e
}
