package synth

import (
	"math"
	"math/rand/v2"
)

// A purpose keeps the random streams of one seed apart.
type purpose uint64

const (
	planning  purpose = iota
	leaning           // one stream per organization
	enrolling         // one stream per account
	dating            // one stream per account
	fitting
	equipping  // all accounts
	describing // one stream per account
	organizing // one stream per organization
)

// A stream of random numbers that depends on seed, purpose and number only,
// so accounts can be written in any order.
type stream struct {
	*rand.Rand
	pcg *rand.PCG
}

func newStream(seed uint64, p purpose, n int) stream {
	pcg := new(rand.PCG)
	s := stream{rand.New(pcg), pcg}
	s.start(seed, p, n)
	return s
}

// start begins the stream anew for another purpose or number.
func (s stream) start(seed uint64, p purpose, n int) {
	const golden = 0x9e3779b97f4a7c15 // spreads neighbouring numbers over 64 bits
	s.pcg.Seed(seed, (uint64(p)<<56+uint64(n)+1)*golden)
}

// chance is true with probability p.
func (s stream) chance(p float64) bool { return s.Float64() < p }

// between draws from [from, to), and gives from where that is empty.
func (s stream) between(from, to int64) int64 {
	if to <= from {
		return from
	}
	return from + s.Int64N(to-from)
}

// logistic draws from the logistic distribution: the noise around log odds.
func (s stream) logistic() float64 {
	x := s.Float64()
	return math.Log((x + 0x1p-54) / (1 - x))
}

// probability turns log odds into a probability.
func probability(odds float64) float64 { return 1 / (1 + math.Exp(-odds)) }
