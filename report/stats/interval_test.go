package stats

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/big"
	"os"
	"strconv"
	"strings"
	"testing"
)

// TestIntervalMatchesR compares with R's survey package on the data sets of testdata/interval/oracle.R.
func TestIntervalMatchesR(t *testing.T) {
	const tolerance = 1e-6 // of a proportion
	var worst float64
	sets := readOracle(t)
	for _, o := range sets {
		low, high := o.sums.interval()
		for _, c := range []struct {
			what      string
			got, want float64
		}{
			{"rate", o.sums.rate(), o.value("rate")},
			{"variance", o.sums.variance(), o.value("variance")},
			{"low", low, o.value("low")},
			{"high", high, o.value("high")},
		} {
			difference := math.Abs(c.got - c.want)
			worst = max(worst, difference)
			if !(difference <= tolerance) { // NaN fails too
				t.Errorf("%s: %s %.9f, R has %.9f", o.name, c.what, c.got, c.want)
			}
		}
	}
	if len(sets) < 30 {
		t.Errorf("oracle.csv has %d data sets, 30 expected", len(sets))
	}
	t.Logf("%d data sets, largest difference %.1e", len(sets), worst)
}

func TestEstimateHasTheInterval(t *testing.T) {
	for _, o := range readOracle(t) {
		e := o.sums.Estimate()
		if o.sums.Organizations < MinOrganizations {
			if e.NoInterval == "" || e.Low != 0 || e.High != 0 || e.DesignEffect != 0 || e.EffectiveN != 0 {
				t.Errorf("%s: %+v", o.name, e)
			}
			continue
		}
		if e.NoInterval != "" || !nearly(e.Low, 100*o.value("low")) || !nearly(e.High, 100*o.value("high")) {
			t.Errorf("%s: %+v", o.name, e)
		}
		if deff := o.value("deff"); !math.IsNaN(deff) && !nearly(e.DesignEffect, deff) {
			t.Errorf("%s: design effect %v, R has %v", o.name, e.DesignEffect, deff)
		}
		if n := float64(o.sums.Denominator); e.EffectiveN > n || e.Low > e.Percent || e.Percent > e.High {
			t.Errorf("%s: %+v", o.name, e)
		}
	}
}

// sumsOf adds up organizations that all have n units, hits[g] of them in the numerator.
func sumsOf(n int64, hits ...int64) ClusterSums {
	var s ClusterSums
	for _, y := range hits {
		s.Organizations++
		s.Numerator += y
		s.Denominator += n
		s.SumYY += float64(y * y)
		s.SumYN += float64(y * n)
		s.SumNN += float64(n * n)
	}
	return s
}

func times(y int64, organizations int) []int64 {
	hits := make([]int64, organizations)
	for i := range hits {
		hits[i] = y
	}
	return hits
}

func TestEstimateAtTheEdges(t *testing.T) {
	few := func(n int) string { return fmt.Sprintf("too few organizations (%d, minimum 10)", n) }
	for _, c := range []struct {
		name                 string
		sums                 ClusterSums
		percent              float64
		noInterval, withheld string
	}{
		{"0 of 0", ClusterSums{}, 0, "denominator 0", "denominator 0"},
		{"one user", sumsOf(1, 1), 100, few(1), "denominator too small (1, minimum 30)"},
		{"one organization", sumsOf(40, 10), 25, few(1), ""},
		{"nine organizations", sumsOf(3, times(1, 9)...), 100. / 3, few(9), "denominator too small (27, minimum 30)"},
		{"ten organizations", sumsOf(2, times(1, 10)...), 50, "", "denominator too small (20, minimum 30)"},
		{"none of 30", sumsOf(3, times(0, 10)...), 0, "", "95 % interval too wide for the rate (14.0 points, maximum 130 % of the rate)"},
		{"none of 1000", sumsOf(100, times(0, 10)...), 0, "", ""},
		{"all of 1000", sumsOf(100, times(100, 10)...), 100, "", ""},
	} {
		e := c.sums.Estimate()
		if !nearly(e.Percent, c.percent) || e.NoInterval != c.noInterval || e.Withheld != c.withheld {
			t.Errorf("%s: %+v", c.name, e)
		}
		for _, v := range []float64{e.Percent, e.Low, e.High, e.DesignEffect, e.EffectiveN, e.EffectiveOrganizations} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				t.Errorf("%s: %+v", c.name, e)
			}
		}
	}
}

func TestNoneAndAllAreSymmetric(t *testing.T) {
	none, all := sumsOf(50, times(0, 10)...).Estimate(), sumsOf(50, times(50, 10)...).Estimate()
	if none.Low != 0 || all.High != 100 || !nearly(none.High, 100-all.Low) || none.EffectiveN != 500 || all.EffectiveN != 500 {
		t.Errorf("none %+v, all %+v", none, all)
	}
}

func TestPresentationStandards(t *testing.T) {
	for _, c := range []struct {
		n, effective, r, width float64
		want                   string
	}{
		{30, 30, 0.5, 0.30, ""},
		{29, 29, 0.5, 0.30, "denominator too small (29, minimum 30)"},
		{500, 29.96, 0.5, 0.2, "effective size too small (29, minimum 30)"},
		{100, 100, 0.5, 0.301, "95 % interval too wide (30.1 points, maximum 30)"},
		{100, 100, 0.25, 0.325, "95 % interval too wide (32.5 points, maximum 30)"},
		{400, 400, 0.125, 0.1625, ""}, // exactly 130 %
		{400, 400, 0.125, 0.163, "95 % interval too wide for the rate (16.3 points, maximum 130 % of the rate)"},
		{400, 400, 0.01, 0.05, ""}, // narrow enough for any rate
		{400, 400, 0.01, 0.051, "95 % interval too wide for the rate (5.1 points, maximum 130 % of the rate)"},
	} {
		if got := whyWithheld(c.n, c.effective, c.r, c.width); got != c.want {
			t.Errorf("n %v, effective %v, r %v, width %v: %q, want %q", c.n, c.effective, c.r, c.width, got, c.want)
		}
	}
}

func TestWhyTooNarrow(t *testing.T) {
	for _, c := range []struct {
		r, organizations float64
		want             string
	}{
		{0.5, 30, ""},
		{0.5, 29.9, "interval likely too narrow: too few organizations (effective 29, minimum 30)"},
		{0.0625, 48, ""},
		{0.0625, 47.9, "interval likely too narrow: too few organizations with violations (effective 2.9, minimum 3)"},
		{0.9375, 47.9, "interval likely too narrow: too few organizations without violations (effective 2.9, minimum 3)"},
		{0, 50, "interval likely too narrow: a rate of 0 % or 100 % does not show how organizations differ"},
		{1, 20, "interval likely too narrow: too few organizations (effective 20, minimum 30); " +
			"a rate of 0 % or 100 % does not show how organizations differ"},
	} {
		if got := whyTooNarrow(c.r, c.organizations); got != c.want {
			t.Errorf("r %v, organizations %v: %q, want %q", c.r, c.organizations, got, c.want)
		}
	}
	giant := ClusterSums{Organizations: 2, Numerator: 50, Denominator: 100, SumNN: 90*90 + 10*10}
	if got := giant.effectiveOrganizations(); !nearly(got, 100.*100/8200) {
		t.Errorf("one large and one small organization: %v effective organizations", got)
	}
}

// TestVarianceOfLargeSums compares with exact arithmetic where sum y^2 and r^2 sum n^2 nearly cancel.
func TestVarianceOfLargeSums(t *testing.T) {
	const n = 1_000_000
	s := sumsOf(n, 999_000, 999_100, 998_900, 999_050, 998_950, 999_000, 999_001, 998_999, 999_010, 998_990)
	exact := func(v float64) *big.Rat { return new(big.Rat).SetFloat64(v) }
	r := big.NewRat(s.Numerator, s.Denominator)
	squares := exact(s.SumYY) // SumYY - 2 r SumYN + r^2 SumNN
	squares.Sub(squares, new(big.Rat).Mul(big.NewRat(2, 1), new(big.Rat).Mul(r, exact(s.SumYN))))
	squares.Add(squares, new(big.Rat).Mul(new(big.Rat).Mul(r, r), exact(s.SumNN)))
	want, _ := squares.Float64()
	want *= 10. / 9 / (10 * n) / (10 * n)
	if got := s.variance(); math.Abs(got/want-1) > 1e-6 {
		t.Errorf("variance %v, exactly %v", got, want)
	}
	if v := sumsOf(n, times(333_333, 10)...).variance(); v < 0 || v > 1e-15 {
		t.Errorf("equal rates: variance %v", v)
	}
}

func nearly(got, want float64) bool { return math.Abs(got-want) <= 1e-6 }

// An oracleSet is one row of oracle.csv.
type oracleSet struct {
	name   string
	sums   ClusterSums
	values map[string]string // by column
}

func (o oracleSet) value(column string) float64 {
	v, err := strconv.ParseFloat(o.values[column], 64)
	if err != nil {
		panic("oracle.csv: " + o.name + ": " + column + ": " + err.Error())
	}
	return v
}

func readOracle(t *testing.T) []oracleSet {
	t.Helper()
	text, err := os.ReadFile("testdata/interval/oracle.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(strings.NewReader(string(text)))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sets []oracleSet
	for _, row := range rows[1:] {
		o := oracleSet{values: map[string]string{}}
		for i, column := range rows[0] {
			o.values[column] = row[i]
		}
		o.name = o.values["name"]
		o.sums = ClusterSums{
			Organizations: int(o.value("organizations")),
			Numerator:     int64(o.value("y")),
			Denominator:   int64(o.value("n")),
			SumYY:         o.value("sum_yy"),
			SumYN:         o.value("sum_yn"),
			SumNN:         o.value("sum_nn"),
		}
		sets = append(sets, o)
	}
	return sets
}
