package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// measurements are the results in Go's benchmark format
// (https://go.dev/design/14313-benchmark-format).
type measurements struct {
	configs map[string]string               // "goos", "cpu" and others; the first value of each
	values  map[string]map[string][]float64 // by benchmark and unit, one for each -count
	cores   int
}

var (
	configLine = regexp.MustCompile(`^([a-z][^\s:]*):\s*(.*)$`)
	resultLine = regexp.MustCompile(`^Benchmark(\S+?)(?:-(\d+))?\s+\d+\s+(\S.*)$`)
)

func parse(in io.Reader) (*measurements, error) {
	m := &measurements{configs: map[string]string{}, values: map[string]map[string][]float64{}, cores: 1}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if found := configLine.FindStringSubmatch(lines.Text()); found != nil && m.configs[found[1]] == "" {
			m.configs[found[1]] = found[2]
		}
		if found := resultLine.FindStringSubmatch(lines.Text()); found != nil {
			if err := m.add(found[1], found[3]); err != nil {
				return nil, fmt.Errorf("%q: %w", lines.Text(), err)
			}
			if cores, err := strconv.Atoi(found[2]); err == nil {
				m.cores = cores
			}
		}
	}
	return m, lines.Err()
}

// add adds the values of one result, such as "12 ns/op 34 MB/s".
func (m *measurements) add(name, result string) error {
	units := m.values[name]
	if units == nil {
		units = map[string][]float64{}
		m.values[name] = units
	}
	for pair := range slices.Chunk(strings.Fields(result), 2) {
		if len(pair) < 2 {
			return fmt.Errorf("%s has no unit", pair[0])
		}
		value, err := strconv.ParseFloat(pair[0], 64)
		if err != nil {
			return err
		}
		units[pair[1]] = append(units[pair[1]], value)
	}
	return nil
}

func (m *measurements) config(key string) string {
	if value := m.configs[key]; value != "" {
		return value
	}
	return "unknown " + key
}

// median is over the runs of a benchmark; false if there are none.
func (m *measurements) median(name, unit string) (float64, bool) {
	values := slices.Sorted(slices.Values(m.values[name][unit]))
	n := len(values)
	if n == 0 {
		return 0, false
	}
	return (values[(n-1)/2] + values[n/2]) / 2, true
}
