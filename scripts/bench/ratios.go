package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// ratio is a measurement with its target.
type ratio struct {
	name     string
	measured float64
	bound    float64
	atLeast  bool // the bound is a minimum, otherwise a maximum
	digits   int
}

func (r ratio) number() string { return strconv.FormatFloat(r.measured, 'f', r.digits, 64) }

func (r ratio) target() string {
	if r.atLeast {
		return fmt.Sprint("≥ ", r.bound)
	}
	return fmt.Sprint("≤ ", r.bound)
}

func (r ratio) met() string {
	if r.atLeast && r.measured >= r.bound || !r.atLeast && r.measured <= r.bound {
		return "yes"
	}
	return "**no**"
}

// table collects the ratios that were measured.
type table struct{ rows []ratio }

func (t *table) atMost(bound float64, digits int, name string) func(measured float64, ok bool) {
	return t.row(ratio{name: name, bound: bound, digits: digits})
}

func (t *table) atLeast(bound float64, digits int, name string) func(measured float64, ok bool) {
	return t.row(ratio{name: name, bound: bound, digits: digits, atLeast: true})
}

func (t *table) row(r ratio) func(measured float64, ok bool) {
	return func(measured float64, ok bool) {
		if r.measured = measured; ok {
			t.rows = append(t.rows, r)
		}
	}
}

func ratios(m *measurements) []ratio {
	var t table
	t.atLeast(20, 1, "time of `read_csv` / time of ingest")(m.times("ReadCSV", "Ingest"))
	t.atMost(3, 2, "time of ingest / time to read the bytes")(m.times("Ingest", "ReadBytes"))
	t.atMost(0.3, 2, "time of a second ingest, nothing changed / time to read the bytes")(m.times("IngestAgain", "ReadBytes"))
	t.atMost(1.2, 2, "time of a second ingest, only modification times changed / time to read the bytes")(m.times("IngestTouched", "ReadBytes"))
	sizes := m.bySize("Flat/users=", "ns/user")
	t.atMost(1.3, 2, "time per user / that of a smaller census, the largest ratio")(growth(sizes))
	slices.Reverse(sizes)
	t.atMost(1.3, 2, "time per user / that of a larger census, the largest ratio")(growth(sizes))
	for _, name := range m.memories() {
		input := strings.NewReplacer("Memory/", "", "/", ", ", "=", " = ").Replace(name)
		t.atMost(300, 0, "MB of memory above an empty database, "+input)(m.median(name, "MB-above-empty"))
	}
	t.atMost(0.25, 3, "bytes of the database / bytes of CSV")(m.median("Ingest", "db-bytes/csv-byte"))
	t.atMost(1.5, 2, "time of a report / time of handwritten SQL")(m.times("Report", "HandWritten"))
	return t.rows
}

// times is the time of benchmark a divided by that of b.
func (m *measurements) times(a, b string) (float64, bool) {
	over, ok := m.median(a, "ns/op")
	under, also := m.median(b, "ns/op")
	return over / under, ok && also
}

// bySize are the values of the benchmarks named prefix and a size, by size.
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

// growth is the largest ratio of a value to any value before it.
func growth(values []float64) (largest float64, ok bool) {
	for i := 1; i < len(values); i++ {
		largest = max(largest, values[i]/slices.Min(values[:i]))
	}
	return largest, len(values) > 1
}

// memories are the names of the benchmarks of memory, without those of no input.
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
