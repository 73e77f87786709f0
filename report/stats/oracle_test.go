package stats

import (
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"testing"
)

// TestEstimateMatchesR compares with R's estimatr and qbeta on the data sets of testdata/interval/oracle.R.
func TestEstimateMatchesR(t *testing.T) {
	sets := readClusters(t)
	estimates := readOracle(t, "estimates.csv")
	if len(estimates) < 50 || len(estimates) != len(sets) {
		t.Fatalf("%d estimates of %d data sets, at least 50 expected", len(estimates), len(sets))
	}
	for _, o := range estimates {
		s := SumsOf(sets[o.name])
		lower := proportion{s.rate(), s.Variance, float64(s.Denominator), s.Degrees}
		upper := proportion{s.upperRate(), s.VarianceUpper, float64(s.Denominator), s.Degrees}
		low, _ := lower.interval()
		_, high := upper.interval()
		o.compare(t, map[string]float64{
			"organizations": float64(s.Organizations), "rate": s.rate(), "upper_rate": s.upperRate(), "variance": s.Variance,
			"variance_upper": s.VarianceUpper, "degrees": s.Degrees, "low": low, "high": high,
		})
		if e := s.Estimate(); e.NoInterval == "" {
			o.compare(t, map[string]float64{"rate": e.Percent / 100, "upper_rate": e.UpperPercent / 100, "low": e.Low / 100, "high": e.High / 100})
		} else if s.Organizations >= MinOrganizations || e.Low != 0 || e.High != 0 || e.DesignEffect != 0 || e.EffectiveN != 0 {
			t.Errorf("%s: %+v", o.name, e)
		}
	}
}

// TestChangeMatchesR compares with R's svycontrast.
func TestChangeMatchesR(t *testing.T) {
	for _, o := range readOracle(t, "changes.csv") {
		low, high := Change(o.value("change"), o.value("variance"), int(o.value("organizations")))
		o.compare(t, map[string]float64{"low": low, "high": high})
	}
}

// oracleRow is one row of a file that oracle.R wrote.
type oracleRow struct {
	name   string
	values map[string]string // by column
}

func (o oracleRow) value(column string) float64 {
	v, err := strconv.ParseFloat(o.values[column], 64)
	if err != nil {
		panic(o.name + ": " + column + ": " + err.Error())
	}
	return v
}

// compare allows a difference of 1e-6, and of a millionth of a variance, which is small.
func (o oracleRow) compare(t *testing.T, got map[string]float64) {
	t.Helper()
	for column, got := range got {
		want, allowed := o.value(column), 1e-6
		if column == "variance" || column == "variance_upper" {
			allowed = 1e-6*want + 1e-18
		}
		if !(math.Abs(got-want) <= allowed) { // NaN fails too
			t.Errorf("%s: %s %.12g, R has %.12g", o.name, column, got, want)
		}
	}
}

// readClusters reads the organizations of each data set.
func readClusters(t *testing.T) map[string][]Cluster {
	sets := map[string][]Cluster{}
	for _, o := range readOracle(t, "organizations.csv") {
		sets[o.name] = append(sets[o.name],
			Cluster{int64(o.value("numerator")), int64(o.value("denominator")), int64(o.value("unknown"))})
	}
	return sets
}

func readOracle(t *testing.T, name string) []oracleRow {
	t.Helper()
	file, err := os.Open("testdata/interval/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comment = '#'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []oracleRow
	for _, line := range lines[1:] {
		o := oracleRow{name: line[0], values: map[string]string{}}
		for i, column := range lines[0] {
			o.values[column] = line[i]
		}
		rows = append(rows, o)
	}
	return rows
}
