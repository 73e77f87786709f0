package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"iamcensus/cli/progress"
)

// working shows on a terminal what the command is doing, until done is called.
func working(cmd *cobra.Command, what string) (done func()) {
	line := progress.New(cmd.ErrOrStderr(), false, time.Now)
	line.Show(what + " ...")
	return line.Wipe
}

// maxEcho is the length to which text from arguments and files is shown, in bytes.
const maxEcho = 1000

// visible makes text from arguments and files safe for one line of a terminal:
// what moves the cursor, changes colours or the writing direction, shows nothing
// or is not UTF-8 is replaced by its code, and the middle of a long text is left
// out.
func visible(s string) string { return cut(escaped(s, ""), maxEcho) }

// cut leaves out the middle of a text of more than max bytes.
func cut(s string, max int) string {
	rest := len(s) - max
	if rest <= 0 {
		return s
	}
	return strings.ToValidUTF8(fmt.Sprintf("%s ... (%d bytes left out) ... %s", s[:max/2], rest, s[max/2+rest:]), "")
}

// escaped replaces what is hidden, but for the characters that are kept.
func escaped(s, kept string) string {
	if utf8.ValidString(s) && !strings.ContainsFunc(s, isHidden) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case isHidden(r) && !strings.ContainsRune(kept, r):
			b.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		default:
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}

func isHidden(r rune) bool {
	return !unicode.IsPrint(r) || unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// messages is stderr: whatever is written, a terminal takes no commands from it,
// and its lines are bounded.
type messages struct{ io.Writer }

func (m messages) Write(p []byte) (int, error) {
	lines := strings.Split(escaped(string(p), "\n\t"), "\n")
	for i, line := range lines {
		lines[i] = cut(line, 2*maxEcho)
	}
	_, err := io.WriteString(m.Writer, strings.Join(lines, "\n"))
	return len(p), err
}

// Unwrap is for the progress line, which moves the cursor.
func (m messages) Unwrap() io.Writer { return m.Writer }

// noticed is stdout. It keeps the first error, since a library that prints help
// does not return it.
type noticed struct {
	io.Writer
	err error
}

func (n *noticed) Write(p []byte) (int, error) {
	written, err := n.Writer.Write(p)
	if n.err == nil && err != nil {
		n.err = fmt.Errorf("standard output: %w", cause(err))
	}
	return written, err
}
