package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ratio is a measurement with a bound.
type ratio struct {
	what     string
	measured float64
	bound    float64
	atLeast  bool // otherwise at most
	digits   int
}

func (r ratio) number() string { return strconv.FormatFloat(r.measured, 'f', r.digits, 64) }

func (r ratio) wanted() string {
	if r.atLeast {
		return fmt.Sprint("≥ ", r.bound)
	}
	return fmt.Sprint("≤ ", r.bound)
}

func (r ratio) verdict() string {
	if r.atLeast && r.measured >= r.bound || !r.atLeast && r.measured <= r.bound {
		return "yes"
	}
	return "**no**"
}

// table gathers the ratios whose measurements are there.
type table struct{ rows []ratio }

func (t *table) atMost(bound float64, digits int, what string) func(measured float64, there bool) {
	return t.row(ratio{what: what, bound: bound, digits: digits})
}

func (t *table) atLeast(bound float64, digits int, what string) func(measured float64, there bool) {
	return t.row(ratio{what: what, bound: bound, digits: digits, atLeast: true})
}

func (t *table) row(r ratio) func(measured float64, there bool) {
	return func(measured float64, there bool) {
		if r.measured = measured; there {
			t.rows = append(t.rows, r)
		}
	}
}

func ratios(m *measurements) []ratio {
	var t table
	t.atLeast(20, 1, "ingest, times faster than `read_csv`")(m.times("ReadCSV", "Ingest"))
	t.atMost(3, 2, "ingest, times the time of reading the bytes")(m.times("Ingest", "ReadBytes"))
	t.atMost(0.3, 2, "second ingest, nothing changed, times the time of reading the bytes")(m.times("IngestAgain", "ReadBytes"))
	t.atMost(1.2, 2, "second ingest, only times changed, times the time of reading the bytes")(m.times("IngestTouched", "ReadBytes"))
	sizes := m.bySize("Flat/users=", "ns/user")
	t.atMost(1.3, 2, "time of a user, times that in a smaller census")(growth(sizes))
	slices.Reverse(sizes)
	t.atMost(1.3, 2, "time of a user, times that in a larger census")(growth(sizes))
	for _, name := range m.memories() {
		of := strings.NewReplacer("Memory/", "", "/", ", ", "=", " = ").Replace(name)
		t.atMost(300, 0, "MB of memory above an empty database, "+of)(m.median(name, "MB-above-empty"))
	}
	t.atMost(0.25, 3, "bytes of the database for each of CSV")(m.median("Ingest", "db-bytes/csv-byte"))
	t.atMost(1.5, 2, "report, times the time of SQL written by hand")(m.times("Report", "HandWritten"))
	return t.rows
}

// times is how long a benchmark takes, in times of another.
func (m *measurements) times(name, than string) (float64, bool) {
	a, ok := m.median(name, "ns/op")
	b, also := m.median(than, "ns/op")
	return a / b, ok && also
}

// bySize gives a value at each size, which is what follows the prefix.
func (m *measurements) bySize(prefix, unit string) (values []float64) {
	bySize := map[int]float64{}
	for name := range m.values {
		if size, err := strconv.Atoi(strings.TrimPrefix(name, prefix)); err == nil {
			bySize[size], _ = m.median(name, unit)
		}
	}
	for _, size := range slices.Sorted(maps.Keys(bySize)) {
		values = append(values, bySize[size])
	}
	return values
}

// growth is the most by which a value is larger than any before it.
func growth(values []float64) (most float64, ok bool) {
	for i := 1; i < len(values); i++ {
		most = max(most, values[i]/slices.Min(values[:i]))
	}
	return most, len(values) > 1
}

// memories are the benchmarks of memory, but those of nothing.
func (m *measurements) memories() []string {
	var names []string
	for name := range m.values {
		if strings.HasPrefix(name, "Memory/") && name != "Memory/empty" && name != "Memory/files=0" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
