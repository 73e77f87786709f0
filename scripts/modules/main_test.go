package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/licenses.md and testdata/")

// TestPage holds docs/licenses.md to the linked modules.
func TestPage(t *testing.T) {
	var got strings.Builder
	if err := run(&got, ""); err != nil {
		t.Fatal(err)
	}
	compare(t, "../../docs/licenses.md", got.String())
}

func TestBill(t *testing.T) {
	var got strings.Builder
	err := writeBill(&got, "v1.0.0-3-gabc", []module{
		{Path: "example.org/a/v2", Version: "v2.1.0+incompatible", Sum: "h1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", License: "MIT AND Apache-2.0"},
		{Path: "std", Version: "v1.26.0", License: "BSD-3-Clause"},
	})
	if err != nil {
		t.Fatal(err)
	}
	compare(t, "testdata/bill.cdx.json", got.String())
}

func compare(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got); go test ./scripts/modules -update writes it again:\n%s", file, diff)
	}
}

func TestLicense(t *testing.T) {
	for text, want := range map[string]string{
		"Apache License\n  Version 2.0, January 2004":                               "Apache-2.0",
		"Redistributions in binary form must reproduce the above\ncopyright notice": "BSD-2-Clause",
		"form must reproduce the above copyright notice. Neither the name of X":     "BSD-3-Clause",
		"All rights reserved": "",
	} {
		if got := license(text); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
