// Simulation asks how often the report's 95 % interval holds the true rate, when organizations differ in size and in
// rate, and writes the answer to coverage.md. Run it at the root of the repository:
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

// write fills the page: its words are written by hand, its numbers are not.
func write(path string) error {
	cells := studied.simulate()
	t, err := template.New("coverage").Funcs(template.FuncMap{
		"all":     func(law string) string { return grid(cells, law, everyOne) },
		"trusted": func(law string) string { return grid(cells, law, trusted) },
		"weight":  func() string { return weightTable(cells) },
		"studied": func() string { return trialTable(cells) },
		"unseen":  func() string { return trialTable(unseen.simulate()) },
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
