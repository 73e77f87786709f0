// Simulation measures the coverage of the report's 95 % interval, the share of simulated data sets whose interval
// contains the true rate, for organizations that differ in size and rate. It writes coverage.md. Run it in the root of
// the repository:
//
//	go run ./docs/simulation
package main

import (
	_ "embed"
	"fmt"
	"os"
	"text/template"
)

//go:embed coverage.md.tmpl
var page string

func main() {
	if err := write("docs/simulation/coverage.md"); err != nil {
		fmt.Fprintln(os.Stderr, "simulation:", err)
		os.Exit(1)
	}
}

// write computes the numbers of the page and fills them into the template.
func write(path string) error {
	cells, others := studied.simulate(), unseen.simulate()
	t, err := template.New("coverage").Funcs(template.FuncMap{
		"all":            func(law string) string { return grid(cells, law, both) },
		"trusted":        func(law string) string { return grid(cells, law, withoutCaveat) },
		"weight":         func() string { return weightTable(cells) },
		"estimators":     func() string { return estimatorTable(cells) },
		"studied":        func() string { return trialTable(cells) },
		"unseen":         func() string { return trialTable(others) },
		"unseenCompared": func() string { return estimatorTable(others) },
	}).Parse(page)
	if err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return t.Execute(file, map[string]settings{"Studied": studied, "Unseen": unseen})
}
