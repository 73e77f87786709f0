package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

type panicking struct{}

func (panicking) Write([]byte) (int, error) { panic("a bug\x1b[31m") }

// TestPanic holds a bug apart from data issues: Go's exit code of it is 2.
func TestPanic(t *testing.T) {
	var stderr bytes.Buffer
	code := Run(context.Background(), []string{"formats"}, nil, panicking{}, &stderr)
	if code != exitFailure {
		t.Errorf("exit code %d, not %d", code, exitFailure)
	}
	if !strings.HasPrefix(stderr.String(), `iamcensus: internal error: a bug\x1b[31m; please report this`) || !strings.Contains(stderr.String(), "crash_test.go") {
		t.Errorf("stderr has %s", stderr.String())
	}
}

// TestVisible: what is hidden is tested in package text.
func TestVisible(t *testing.T) {
	for text, want := range map[string]string{
		"plain 漢字 é":                       "plain 漢字 é",
		"\x1b[31m\x7f\u009b\r\n\t\u202e":   `\x1b[31m\x7f\u009b\r\n\t\u202e`,
		strings.Repeat("x", maxEcho) + "y": strings.Repeat("x", maxEcho/2) + "…" + strings.Repeat("x", maxEcho/2-2) + "y",
	} {
		if got := visible(text); got != want {
			t.Errorf("visible(%q) is %q, not %q", text, got, want)
		}
	}
}
