package synth

import (
	"math"
	"math/rand/v2"
)

// A purpose separates the random streams of one seed.
type purpose uint64

const (
	forPlan       purpose = iota
	forTendencies         // one stream per organization
	forUsers              // one stream per account
	forDates              // one stream per account
	forFit
	forEntities      // all accounts
	forDocuments     // one stream per account
	forOrganizations // one stream per organization
)

// A stream is random numbers that depend on seed, purpose and number only, so that
// accounts can be written in any order.
type stream struct {
	*rand.Rand
	pcg *rand.PCG
}

func newStream(seed uint64, p purpose) stream {
	pcg := new(rand.PCG)
	s := stream{rand.New(pcg), pcg}
	s.start(seed, p, 0)
	return s
}

// start restarts the stream for another purpose or number.
func (s stream) start(seed uint64, p purpose, n int) {
	const golden = 0x9e3779b97f4a7c15 // distributes consecutive numbers over 64 bits
	s.pcg.Seed(seed, (uint64(p)<<56+uint64(n)+1)*golden)
}

// chance is true with probability p.
func (s stream) chance(p float64) bool { return s.Float64() < p }

// between draws from [from, to); from if that is empty.
func (s stream) between(from, to int64) int64 {
	if to <= from {
		return from
	}
	return from + s.Int64N(to-from)
}

// logistic draws from the logistic distribution, the noise of log odds.
func (s stream) logistic() float64 {
	x := s.Float64()
	return math.Log((x + 0x1p-54) / (1 - x))
}

// probability is that of log odds.
func probability(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }
