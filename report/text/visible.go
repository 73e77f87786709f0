package text

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Visible makes text from files safe for a terminal: characters that move the
// cursor, break the line, change colours or the writing direction, or cannot be
// seen, and bytes that are not UTF-8, are replaced by their code, such as \u202e.
func Visible(s string) string { return VisibleExcept(s, "") }

// VisibleExcept is Visible, but for the characters in kept: line ends in text that
// has more than one line.
func VisibleExcept(s, kept string) string {
	if isVisibleText(s) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case isVisible(r) || strings.ContainsRune(kept, r):
			b.WriteRune(r)
		default:
			b.WriteString(codeOf(r))
		}
		s = s[size:]
	}
	return b.String()
}

func isVisibleText(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return !isVisible(r) })
}

// isVisible is false for control, format and private characters, for all spaces
// but the common one, and for the letters and marks that Unicode does not draw.
func isVisible(r rune) bool {
	if r < utf8.RuneSelf {
		return ' ' <= r && r <= '~'
	}
	const brailleBlank = '\u2800'
	return unicode.IsPrint(r) && r != brailleBlank && !unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// codeOf writes a character as Go does: \n, \x1b, \u202e, \U000e0041.
func codeOf(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r <= 0xffff:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// JSON escapes in encoded JSON what Visible would replace. No value changes.
func JSON(encoded []byte) []byte {
	if isVisibleText(string(encoded)) {
		return encoded
	}
	var b bytes.Buffer
	for _, r := range string(encoded) {
		switch {
		case isVisible(r) || r == '\n': // between values
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		}
	}
	return b.Bytes()
}

// Shorten cuts text in the middle to a number of characters, of which one is an
// ellipsis.
func Shorten(s string, length int) string {
	if len(s) <= length || utf8.RuneCountInString(s) <= length {
		return s
	}
	all := []rune(s)
	head := length / 2
	return string(all[:head]) + "…" + string(all[len(all)-(length-head-1):])
}
