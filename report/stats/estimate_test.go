package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// equal are organizations of n units each, hits[g] of them in the numerator.
func equal(n int64, hits ...int64) []Cluster {
	clusters := make([]Cluster, len(hits))
	for i, y := range hits {
		clusters[i] = Cluster{Numerator: y, Denominator: n}
	}
	return clusters
}

// times repeats one organization.
func times(organizations int, c Cluster) []Cluster {
	clusters := make([]Cluster, organizations)
	for i := range clusters {
		clusters[i] = c
	}
	return clusters
}

func nearly(got, want float64) bool { return math.Abs(got-want) <= 1e-6 }

func TestEstimateAtTheEdges(t *testing.T) {
	few := func(n int) string { return fmt.Sprintf("too few organizations (%d, minimum 10)", n) }
	imprecise := "95 % interval too wide for the rate (more than 130 % of it)"
	for _, c := range []struct {
		name                 string
		clusters             []Cluster
		percent              float64
		noInterval, withheld string
	}{
		{"0 of 0", nil, 0, "denominator 0", "denominator 0"},
		{"organizations without users", times(12, Cluster{}), 0, "denominator 0", "denominator 0"},
		{"one user", equal(1, 1), 100, few(1), "denominator too small (1, minimum 30)"},
		{"one organization", equal(40, 10), 25, few(1), ""},
		{"nine organizations", times(9, Cluster{1, 3, 0}), 100. / 3, few(9), "denominator too small (27, minimum 30)"},
		{"ten organizations", times(10, Cluster{1, 2, 0}), 50, "", "denominator too small (20, minimum 30)"},
		{"none of 30", times(10, Cluster{0, 3, 0}), 0, "", imprecise},
		{"none of 1000", times(10, Cluster{0, 100, 0}), 0, "", ""},
		{"all of 1000", times(10, Cluster{100, 100, 0}), 100, "", ""},
		{"30 of 31 organizations", append(times(30, Cluster{8, 8, 0}), Cluster{0, 8, 0}), 3000. / 31, "", ""},
		{"24 of 420 in three of twelve organizations", append(times(9, Cluster{0, 35, 0}), equal(35, 10, 8, 6)...), 2400. / 420, "", imprecise},
	} {
		e := SumsOf(c.clusters).Estimate()
		if !nearly(e.Percent, c.percent) || e.NoInterval != c.noInterval || e.Withheld != c.withheld || e.HasRate() != (c.withheld == "") {
			t.Errorf("%s: %+v", c.name, e)
		}
		if e.Withheld != "" && (e.Caveat != "" || e.Note != "") {
			t.Errorf("%s: a withheld rate has a caveat: %+v", c.name, e)
		}
		for _, v := range []float64{e.Percent, e.Low, e.High, e.DesignEffect, e.EffectiveN, e.EffectiveOrganizations} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
	}
}

// TestUnknownUnits: the rate is a range, whose interval covers the intervals of both ends.
func TestUnknownUnits(t *testing.T) {
	for _, c := range []struct {
		name           string
		clusters       []Cluster
		percent, upper float64
		nothing, wide  bool
		hasRate        bool
	}{
		{"nothing is unknown", times(12, Cluster{10, 50, 0}), 20, 20, false, false, true},
		{"some", times(12, Cluster{0, 50, 10}), 0, 20, false, false, true},
		{"30 points", times(12, Cluster{10, 50, 15}), 20, 50, false, false, true},
		{"more than 30 points", times(12, Cluster{10, 50, 16}), 20, 52, false, true, false},
		{"all but a violation", append(times(12, Cluster{0, 50, 50}), Cluster{1, 50, 49}), 100. / 650, 100, false, true, false},
		{"all", times(12, Cluster{0, 50, 50}), 0, 100, true, false, false},
		{"all of few organizations", times(3, Cluster{0, 50, 50}), 0, 100, true, false, false},
		{"more than 30 points of few organizations", times(3, Cluster{10, 50, 16}), 20, 52, false, true, false},
		{"more unknown than units that could be", times(12, Cluster{30, 50, 25}), 60, 100, false, true, false},
	} {
		e := SumsOf(c.clusters).Estimate()
		if !nearly(e.Percent, c.percent) || !nearly(e.UpperPercent, c.upper) || e.NothingKnown != c.nothing || e.WideRange != c.wide || e.HasRate() != c.hasRate {
			t.Errorf("%s: %+v", c.name, e)
		}
		if e.NoInterval == "" && (e.Low > e.Percent || e.High < e.UpperPercent) {
			t.Errorf("%s: the interval does not cover the range: %+v", c.name, e)
		}
		if e.NothingKnown && (e.Withheld == "" || e.NoInterval == "") {
			t.Errorf("%s: nothing is known, and yet printed: %+v", c.name, e)
		}
	}
}

func TestIntervalOfARangeIsThatOfItsEnds(t *testing.T) {
	e := SumsOf([]Cluster{{1, 20, 4}, {3, 30, 0}, {0, 10, 2}, {4, 40, 1}, {2, 20, 2}, {2, 35, 3}, {5, 60, 4}, {1, 12, 0}, {0, 9, 1}, {3, 41, 6}}).Estimate()
	lower := SumsOf([]Cluster{{1, 20, 0}, {3, 30, 0}, {0, 10, 0}, {4, 40, 0}, {2, 20, 0}, {2, 35, 0}, {5, 60, 0}, {1, 12, 0}, {0, 9, 0}, {3, 41, 0}}).Estimate()
	upper := SumsOf([]Cluster{{5, 20, 0}, {3, 30, 0}, {2, 10, 0}, {5, 40, 0}, {4, 20, 0}, {5, 35, 0}, {9, 60, 0}, {1, 12, 0}, {1, 9, 0}, {9, 41, 0}}).Estimate()
	if !nearly(e.Low, lower.Low) || !nearly(e.High, upper.High) || !nearly(e.EffectiveN, min(lower.EffectiveN, upper.EffectiveN)) {
		t.Errorf("range %+v\nlower %+v\nupper %+v", e, lower, upper)
	}
}

func TestNoneAndAllAreSymmetric(t *testing.T) {
	none, all := SumsOf(times(10, Cluster{0, 50, 0})).Estimate(), SumsOf(times(10, Cluster{50, 50, 0})).Estimate()
	if none.Low != 0 || all.High != 100 || !nearly(none.High, 100-all.Low) || none.EffectiveN != 500 || all.EffectiveN != 500 {
		t.Errorf("none %+v, all %+v", none, all)
	}
}

// TestOrganizationsOfOneSize: G-1 degrees of freedom, and the plain variance.
func TestOrganizationsOfOneSize(t *testing.T) {
	got := SumsOf(equal(10, 0, 2, 4, 6))
	want := Sums{Organizations: 4, Numerator: 12, Denominator: 40, Variance: 20 * 4. / 3 / 1600, VarianceUpper: 20 * 4. / 3 / 1600, Degrees: 3, EffectiveOrganizations: 4}
	if diff := cmp.Diff(want, got, cmp.Comparer(nearly)); diff != "" {
		t.Error(diff)
	}
}

// TestImpossibleSums: a database that was tampered with gives no rate, and no panic.
func TestImpossibleSums(t *testing.T) {
	counts := []int64{math.MinInt64, -1, 0, 1, 29, 1000, math.MaxInt64}
	numbers := []float64{math.Inf(-1), -1, 0, 0.01, 50, math.Inf(1), math.NaN()}
	rng := rand.New(rand.NewPCG(20210506, 3))
	count, number := func() int64 { return counts[rng.IntN(len(counts))] }, func() float64 { return numbers[rng.IntN(len(numbers))] }
	for range 1000 {
		s := Sums{Organizations: int(count()), Numerator: count(), Denominator: count(), Unknown: count(),
			Variance: number(), VarianceUpper: number(), Degrees: number(), EffectiveOrganizations: number()}
		if e := s.Estimate(); e.Withheld == "" && !(0 <= e.Low && e.Low <= e.High && e.High <= 100) {
			t.Errorf("%+v gives %+v", s, e)
		}
	}
}
