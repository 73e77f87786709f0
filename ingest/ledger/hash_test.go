package ledger

import (
	"strings"
	"testing"
)

// TestParseChecksum reads texts that somebody else may have written, too.
func TestParseChecksum(t *testing.T) {
	sum := Checksum{0xab, 31: 0xcd}
	for text, want := range map[string]Checksum{
		sum.String():                    sum,
		"":                              {},
		strings.Repeat("ab", 33):        {},
		strings.Repeat("ab", 31) + "xy": {},
		"ab":                            {},
	} {
		if got := ParseChecksum(text); got != want {
			t.Errorf("ParseChecksum(%q) = %s", text, got)
		}
	}
}
