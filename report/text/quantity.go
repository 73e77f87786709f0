package text

import "strings"

// Quantity writes a count with its noun in singular or plural: 1 account,
// 2 accounts, 0 entities.
func Quantity(n int64, noun string) string {
	if n != 1 {
		noun = plural(noun)
	}
	return Count(n) + " " + noun
}

// plural covers the nouns that pages use: account, policy, key.
func plural(noun string) string {
	stem, isY := strings.CutSuffix(noun, "y")
	if isY && !strings.HasSuffix(stem, "a") && !strings.HasSuffix(stem, "e") && !strings.HasSuffix(stem, "o") {
		return stem + "ies"
	}
	return noun + "s"
}
