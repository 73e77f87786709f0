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
// its middle is left out if it is long, and what moves the cursor, changes
// colours or the writing direction, shows nothing or is not UTF-8 is replaced by
// its code.
func visible(s string) string {
	if cut := len(s) - maxEcho; cut > 0 {
		s = fmt.Sprintf("%s ... (%d bytes left out) ... %s", s[:maxEcho/2], cut, s[maxEcho/2+cut:])
	}
	return escaped(s, "")
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

// messages is stderr: whatever is written, a terminal takes no commands from it.
type messages struct{ io.Writer }

func (m messages) Write(p []byte) (int, error) {
	_, err := io.WriteString(m.Writer, escaped(string(p), "\n\t"))
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
