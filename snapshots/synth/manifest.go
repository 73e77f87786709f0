package synth

import (
	"fmt"
	"os"
	"path/filepath"
)

// mostlyStandalone is "standalone" in the manifest of the organization. Accounts that
// differ have a manifest of their own.
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

// source states that the data are synthetic.
func (g *generator) source() string {
	s := fmt.Sprintf("synthetic data, invented by iamcensus with seed %d", g.Seed)
	if g.fitted != nil {
		s += " and fitted to published figures: they show that the definitions and the arithmetic give these figures, and are not the published data"
	}
	return s
}

func writeManifest(dir, text string) error {
	return os.WriteFile(filepath.Join(dir, "manifest.json"), []byte(text+"\n"), 0o666)
}
