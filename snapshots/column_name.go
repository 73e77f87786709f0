package snapshots

import (
	"strings"
	"unicode"
)

// IsColumnName reports whether a text reads as the name of a column or key: words, and
// numbers of up to four digits between them. Names without this form are not stored or
// shown: a row in the place of the header has passwords and key ids.
func IsColumnName(s string) bool {
	letters, digits := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case '0' <= r && r <= '9':
			digits++
		case strings.ContainsRune(" _-.:/", r):
			letters, digits = 0, 0
		default:
			return false
		}
		if letters > 32 || digits > 4 || letters > 0 && digits > 0 {
			return false
		}
	}
	return s != ""
}
