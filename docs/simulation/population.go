package main

import (
	"iamcensus/report/stats"
	"math"
	"math/rand/v2"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"
)

// largest is the maximum number of users of an organization.
const largest = 100_000

// sizeLaw draws the number of users of an organization, before rounding. The mean is about 30, higher for Pareto laws.
type sizeLaw struct {
	name string
	draw func(*rand.Rand) float64
}

func lognormal(sigma float64) sizeLaw {
	median := 30 * math.Exp(-sigma*sigma/2)
	return sizeLaw{"lognormal", func(r *rand.Rand) float64 { return median * math.Exp(sigma*r.NormFloat64()) }}
}

func pareto(alpha, least float64) sizeLaw {
	return sizeLaw{"pareto", func(r *rand.Rand) float64 { return least * math.Pow(1-r.Float64(), -1/alpha) }}
}

// settings span the cells: every combination of laws, rates, correlations and numbers of organizations.
type settings struct {
	laws          []sizeLaw
	rates         []float64
	correlations  []float64 // intra-class
	organizations []int
	Replicates    int    // per cell
	Seed          uint64 // each cell has its own stream
}

// studied are the settings that the tables show and the limits of the caveat were chosen on.
var studied = settings{
	laws:          []sizeLaw{{"equal", func(*rand.Rand) float64 { return 30 }}, lognormal(1.5), pareto(1.1, 5)},
	rates:         []float64{0.01, 0.06, 0.60},
	correlations:  []float64{0, 0.05, 0.1, 0.3},
	organizations: []int{20, 50, 100, 412},
	Replicates:    5000,
	Seed:          20210506,
}

// unseen are settings that the limits of the caveat are validated on: none of their values was studied.
var unseen = settings{
	laws:          []sizeLaw{lognormal(1), lognormal(2), pareto(1.5, 10)},
	rates:         []float64{0.02, 0.10, 0.30, 0.95},
	correlations:  []float64{0.02, 0.2},
	organizations: []int{30, 70, 200, 1000},
	Replicates:    2000,
	Seed:          20210422,
}

// cell is one combination with the estimates of each replicate.
type cell struct {
	law               sizeLaw
	rate, correlation float64
	organizations     int
	estimates         []stats.Estimate // by the report
	plain             []stats.Estimate // of the same data sets by the plain variance
}

// simulate returns all cells with their estimates, in the order of the settings.
func (s settings) simulate() []*cell {
	var cells []*cell
	for _, law := range s.laws {
		for _, rate := range s.rates {
			for _, correlation := range s.correlations {
				for _, g := range s.organizations {
					cells = append(cells, &cell{law: law, rate: rate, correlation: correlation, organizations: g})
				}
			}
		}
	}
	var work sync.WaitGroup
	for i, c := range cells {
		work.Go(func() { c.fill(s.Replicates, rand.New(rand.NewPCG(s.Seed, uint64(i)))) })
	}
	work.Wait()
	return cells
}

func (c *cell) fill(replicates int, rng *rand.Rand) {
	for range replicates {
		clusters := c.draw(rng)
		c.estimates = append(c.estimates, stats.SumsOf(clusters).Estimate())
		c.plain = append(c.plain, plainSums(clusters).Estimate())
	}
}

// plainSums are the sums with the plain linearized variance G/(G-1) sum e_g^2 / n^2 and G-1 degrees of freedom, as survey
// software computes them by default.
func plainSums(clusters []stats.Cluster) stats.Sums {
	s := stats.SumsOf(clusters)
	r, n, g := float64(s.Numerator)/float64(s.Denominator), float64(s.Denominator), float64(s.Organizations)
	s.Variance, s.Degrees = 0, g-1
	for _, c := range clusters {
		e := float64(c.Numerator) - r*float64(c.Denominator)
		s.Variance += g / (g - 1) * e * e / (n * n)
	}
	s.VarianceUpper = s.Variance
	return s
}

// draw simulates one data set: the sizes follow the law, the rates of the organizations a beta distribution around the
// true rate with the given intra-class correlation, the users a binomial one. Size and rate are independent, so the true
// rate of users is c.rate.
func (c *cell) draw(rng *rand.Rand) []stats.Cluster {
	clusters := make([]stats.Cluster, c.organizations)
	for g := range clusters {
		n := min(max(math.Round(c.law.draw(rng)), 1), largest)
		y := distuv.Binomial{N: n, P: c.drawRate(rng), Src: rng}.Rand()
		clusters[g] = stats.Cluster{Numerator: int64(y), Denominator: int64(n)}
	}
	return clusters
}

func (c *cell) drawRate(rng *rand.Rand) float64 {
	if c.correlation == 0 {
		return c.rate
	}
	both := (1 - c.correlation) / c.correlation // alpha + beta
	return distuv.Beta{Alpha: c.rate * both, Beta: (1 - c.rate) * both, Src: rng}.Rand()
}
