package synth

import (
	"fmt"
	"os"
	"path/filepath"
)

// mostlyStandalone is what the organization's manifest says of its accounts;
// those that differ have a manifest of their own.
func (p plan) mostlyStandalone(org organization) bool {
	n := 0
	for _, a := range p.accounts[org.first : org.first+org.accounts] {
		if a.standalone {
			n++
		}
	}
	return 2*n > org.accounts
}

func (g *generator) manifest(dir, name string, org organization, standalone bool) error {
	return writeManifest(dir, fmt.Sprintf(`{"organization": %q, "accounts_expected": %d, "standalone": %t, "source": %q}`,
		name, org.accounts, standalone, g.source()))
}

// source tells a reader that nobody in the data is real.
func (g *generator) source() string {
	s := fmt.Sprintf("synthetic data, invented by iamcensus with seed %d", g.Seed)
	if g.fitted != nil {
		s += " and fitted to published figures: it shows that the definitions and the arithmetic give these, not that anybody saw their data"
	}
	return s
}

func writeManifest(dir, text string) error {
	return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text+"\n"), 0o666)
}
