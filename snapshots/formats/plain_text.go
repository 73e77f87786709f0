package formats

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"regexp"
	"unicode/utf16"
	"unicode/utf8"
)

// plainText undoes what programs do to a text when they save it: UTF-16, a byte order
// mark, a first line for Excel or PowerShell, lines that end in CR only, a JSON string
// around the whole. Lines keep their numbers.
func plainText(data []byte) []byte {
	data = trimBOM(fromUTF16(data))
	if first := firstLineOfTools.FindIndex(data); first != nil {
		data = data[first[1]:]
	}
	if bytes.IndexByte(data, '\n') < 0 && bytes.IndexByte(headOf(data), '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	var text string
	if bytes.HasPrefix(data, []byte(`"`)) && json.Unmarshal(data, &text) == nil {
		return []byte(text)
	}
	return data
}

// firstLineOfTools is what Export-Csv of PowerShell and Excel write above the header,
// without its line end.
var firstLineOfTools = regexp.MustCompile(`^(?:#TYPE [^\r\n]*|sep=.)`)

func trimBOM(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\ufeff")) }

// fromUTF16 converts UTF-16, which Windows PowerShell writes, to UTF-8. Without a byte
// order mark it is known by the zero bytes of the first characters.
func fromUTF16(data []byte) []byte {
	var order binary.ByteOrder
	switch head := data[:min(len(data), 8)]; {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), len(head) == 8 && isASCII(head, 0):
		order = binary.LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")), len(head) == 8 && isASCII(head, 1):
		order = binary.BigEndian
	default:
		return data
	}
	text := make([]byte, 0, len(data)/2)
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) && i+3 < len(data) {
			if pair := utf16.DecodeRune(r, rune(order.Uint16(data[i+2:]))); pair != utf8.RuneError {
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
