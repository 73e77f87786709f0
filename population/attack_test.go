package population

import (
	"fmt"
	"iamcensus/report"
	"iamcensus/report/stats"
	"iamcensus/report/text"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// An attacker wants the numerator of a published percentage. The denominator of
// most figures is all users, whose number the summary has rounded.

// TestAttackerFindsNoNumerator: the attacker knows how a summary is made and, below
// 2,000 users, even their exact number. Several numerators explain each figure.
func TestAttackerFindsNoNumerator(t *testing.T) {
	rng := rand.New(rand.NewPCG(20210506, 1))
	for _, users := range []int{60, 100, 222, 410, 620, 999, 1500, 1999, 2000, 2345} {
		figures, printed := drawFigures(rng, users), 0
		for i, s := range summarizeAll(figures, map[string]spread{"x.violations": {weight: 20}}) {
			if s.Percent == nil {
				continue
			}
			printed++
			if n := len(explanations(s, int64(users))); n < 3 {
				t.Errorf("%d numerators explain %d of %d, published as %g %% (%g to %g)", n, figures[i].Numerator, users, *s.Percent, *s.Low, *s.High)
			}
		}
		if printed == 0 && users >= 100 {
			t.Errorf("%d users have no figure at all", users)
		}
	}
}

// explanations are the numerators that give the published percentage and, with
// some effective size, the published interval.
func explanations(s SummaryFigure, users int64) map[int64]bool {
	found := map[int64]bool{}
	for n := coarse(users) - 500; n <= coarse(users)+500; n++ {
		if n != users && (n < fineUnits || users < fineUnits || coarse(n) != coarse(users)) {
			continue
		}
		for y := int64(minCell); y <= n; y++ {
			f := report.Figure{}
			f.Numerator, f.Denominator = y, n
			if *rate(f) == *s.Percent && canHaveInterval(f, s) {
				found[y] = true
			}
		}
	}
	return found
}

// canHaveInterval looks for an effective size up to n that gives the interval: the
// attacker does not know how the organizations differ. Both ends approach the
// rate with the size, so each has a range of sizes, by bisection.
func canHaveInterval(f report.Figure, s SummaryFigure) bool {
	ends := func(size float64) (low, high float64) {
		r := float64(f.Numerator) / float64(f.Denominator)
		f.Estimate.Percent = 100 * r
		f.Estimate.Low = 100 * distuv.Beta{Alpha: r * size, Beta: size - r*size + 1}.Quantile(0.025)
		f.Estimate.High = 100 * distuv.Beta{Alpha: r*size + 1, Beta: size - r*size}.Quantile(0.975)
		l, h := interval(f, *s.Percent)
		return *l, *h
	}
	least := func(reached func(low, high float64) bool) float64 {
		from, to := 1., float64(f.Denominator)
		for range 30 {
			if middle := (from + to) / 2; reached(ends(middle)) {
				to = middle
			} else {
				from = middle
			}
		}
		return to
	}
	first := least(func(low, high float64) bool { return low >= *s.Low && high <= *s.High })
	low, high := ends(first)
	return low == *s.Low && high == *s.High
}

// TestAttackByAllFigures: the attacker takes all percentages as exact to their
// last digit, and looks for the number of users for which all of them are
// possible. Without rounded counts, that finds it, and with it the numerators.
func TestAttackByAllFigures(t *testing.T) {
	rng := rand.New(rand.NewPCG(20210506, 2))
	rebuilt := 0 // from exact percentages
	for users := 200; users < 2000; users += 61 {
		figures := drawFigures(rng, users)
		published := summarizeAll(figures, map[string]spread{"x.violations": {weight: 20}})
		exact := slices.Clone(published)
		for i, f := range figures {
			p := text.Round(100*float64(f.Numerator)/float64(f.Denominator), 1)
			exact[i].Percent = &p
		}
		rebuilt += len(rebuild(exact, figures, 1))
		if found := rebuild(published, figures, 0); len(found) > 0 {
			t.Errorf("%d users: rebuilt %s", users, found)
		}
	}
	if rebuilt < 14 {
		t.Errorf("the attack is too weak: it rebuilds %d numerators from exact percentages", rebuilt)
	}
}

// rebuild returns the numerators that are the only ones possible for all numbers
// of users that are, and right.
func rebuild(published []SummaryFigure, figures []report.Figure, digits int) (found []string) {
	possible := make([]map[int64]bool, len(published))
	users := figures[0].Denominator
	for n := coarse(users) - 50; n <= coarse(users)+50; n++ {
		if coarse(n) != coarse(users) {
			continue
		}
		all, isPossible := numeratorsOf(published, n, digits)
		for i := range all {
			if isPossible && possible[i] == nil {
				possible[i] = map[int64]bool{}
			}
			for _, y := range all[i] {
				if isPossible {
					possible[i][y] = true
				}
			}
		}
	}
	for i, f := range figures {
		if len(possible[i]) == 1 && possible[i][f.Numerator] {
			found = append(found, fmt.Sprintf("%d of %d", f.Numerator, f.Denominator))
		}
	}
	return found
}

// numeratorsOf lists the numerators of n units for each percentage, and whether
// each has one.
func numeratorsOf(published []SummaryFigure, n int64, digits int) (all [][]int64, isPossible bool) {
	all = make([][]int64, len(published))
	for i, s := range published {
		for y := int64(minCell); s.Percent != nil && y <= n; y++ {
			if text.Round(100*float64(y)/float64(n), digits) == *s.Percent {
				all[i] = append(all[i], y)
			}
		}
		if s.Percent != nil && all[i] == nil {
			return all, false
		}
	}
	return all, true
}

// drawFigures draws 15 figures over all users of 20 organizations.
func drawFigures(rng *rand.Rand, users int) []report.Figure {
	figures := make([]report.Figure, 15)
	for i := range figures {
		clusters, p := make([]stats.Cluster, 20), rng.Float64()
		for g := range clusters {
			n := users*(g+1)/20 - users*g/20
			mean := min(0.95, max(0.02, p+0.1*rng.NormFloat64()))
			y := distuv.Binomial{N: float64(n), P: mean, Src: rng}.Rand()
			clusters[g] = stats.Cluster{Numerator: int64(y), Denominator: int64(n)}
		}
		figures[i] = figureOf(clusters)
	}
	return figures
}
