package formats

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"
)

// unwrapped is the input in a file that no format matches: in base64, or below lines that
// a shell, a prompt or a person wrote above it. It is nil if there is none. Lines keep
// their numbers.
func unwrapped(in Input) []byte {
	data := in.Data
	if inner := fromBase64(data); inner != nil {
		return known(plainText(inner))
	}
	if state := stateAbove.FindIndex(headOf(data)); state != nil {
		return known(below(data, state[1]))
	}
	if startsJSON(data) {
		return nil
	}
	several := 4 // starts at which several responses are looked for, which may read all of data
	for _, start := range starts(headOf(data)) {
		inner := data[start:]
		if Recognize(inner) != nil {
			return below(data, start)
		}
		if several == 0 || !isJSON(inner) || in.Context.Err() != nil {
			continue
		}
		if several--; responses(inner) != nil {
			return below(data, start)
		}
	}
	return nil
}

// known is data if a format or several responses are recognized in it, else nil.
func known(data []byte) []byte {
	if Recognize(data) == nil && responses(data) == nil {
		return nil
	}
	return data
}

// below is the text from start on, with the line ends above it.
func below(data []byte, start int) []byte {
	lines := bytes.Count(data[:start], []byte("\n"))
	return slices.Concat(bytes.Repeat([]byte("\n"), lines), data[start:])
}

// starts are where an input may begin in a head: at a line, or at the brace that follows
// a prompt in its line.
func starts(head []byte) (at []int) {
	for _, start := range startPattern.FindAllIndex(head, -1) {
		if head[start[0]] == '\n' {
			start[0]++
		}
		at = append(at, start[0])
	}
	return at
}

// startPattern does not match at an indented line, which is part of what is above it.
var startPattern = regexp.MustCompile(`\n[^ \t\r\n]|\{\s*"`)

// stateAbove is the output of generate-credential-report above that of another command.
var stateAbove = regexp.MustCompile(`^\s*\{[^{}]*"State"\s*:\s*"(?:STARTED|INPROGRESS|COMPLETE)"[^{}]*\}\s*\n`)

// startsJSON reports whether a text begins with JSON, unlike [INFO] of a log.
func startsJSON(data []byte) bool {
	if !isJSON(data) {
		return false
	}
	decoder := json.NewDecoder(bytes.NewReader(headOf(data)))
	for range 3 {
		if _, err := decoder.Token(); err != nil {
			return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
	return true
}

// base64Prefix is what precedes base64 in a data URL, in Python and in a quoted string.
var base64Prefix = regexp.MustCompile(`^\s*(?:data:[^,\s]{0,80};base64,|b?["'])?`)

// fromBase64 decodes a text that is base64 as a whole; nil if it is not.
func fromBase64(data []byte) []byte {
	text := bytes.Trim(data[len(base64Prefix.Find(data)):], " \t\r\n'\"=")
	if len(text) < 16 || len(text) > maxEncoded || bytes.ContainsAny(text[:16], " .:,") {
		return nil
	}
	decoded, err := decodeBase64(text)
	if err != nil {
		return nil
	}
	return decoded
}

// decodeBase64 decodes a text without the padding at its end.
func decodeBase64(text []byte) ([]byte, error) {
	decoded := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, err := base64.RawStdEncoding.Decode(decoded, text)
	return decoded[:n], err
}
