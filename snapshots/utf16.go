package snapshots

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// UTF8 is a text without byte order marks, in UTF-8. Windows PowerShell writes UTF-16;
// without a mark it is known by the zero bytes of the first characters.
func UTF8(data []byte) []byte {
	data = fromUTF16(data)
	for bytes.HasPrefix(data, []byte("\ufeff")) {
		data = data[len("\ufeff"):]
	}
	return data
}

func fromUTF16(data []byte) []byte {
	low, high := 0, 1 // of the two bytes of a unit
	switch head := data[:min(len(data), 8)]; {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) == 8 && isASCII(head, 0):
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) == 8 && isASCII(head, 1):
		low, high = 1, 0
	default:
		return data
	}
	unit := func(i int) rune { return rune(data[i+low]) | rune(data[i+high])<<8 }
	text := make([]byte, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		r := unit(i)
		if r < utf8.RuneSelf {
			text = append(text, byte(r))
			continue
		}
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, unit(i+2)); pair != utf8.RuneError {
				r, i = pair, i+2
			}
		}
		text = utf8.AppendRune(text, r)
	}
	return text
}

// isASCII reports whether every second byte, from first on, is a character of ASCII, and
// the others are zero.
func isASCII(head []byte, first int) bool {
	for i, b := range head {
		if (i%2 == first) != (b != 0 && b < utf8.RuneSelf) || i%2 != first && b != 0 {
			return false
		}
	}
	return true
}
