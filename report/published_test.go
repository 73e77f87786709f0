package report

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReadPublished(t *testing.T) {
	for text, want := range map[string]string{
		`{"figures": [{"id": "mfa.violations"}]}`:              "",
		`{"figures": []}`:                                      "no figures",
		`{"figures": [{}` + strings.Repeat(",{}", 1000) + `]}`: "more than 1000 figures",
	} {
		name := filepath.Join(t.TempDir(), "published.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadPublished(name)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%.100s gives %v, want %q", text, err, want)
		}
	}
}
