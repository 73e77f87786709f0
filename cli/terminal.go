package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/cli/progress"
	"iamcensus/report/text"
)

// working shows on a terminal what the command is doing, until done is called.
func working(cmd *cobra.Command, what string) (done func()) {
	line := progress.New(cmd.ErrOrStderr(), false, time.Now)
	line.Show(what + " ...")
	return line.Wipe
}

// maxEcho is the length to which text from arguments and files is shown, in
// characters.
const maxEcho = 1000

// visible makes text from arguments and files safe for one line of a terminal.
func visible(s string) string { return text.Visible(text.Shorten(s, maxEcho)) }

// messages is stderr: whatever is written, a terminal takes no commands from it,
// and its lines are bounded.
type messages struct{ io.Writer }

func (m messages) Write(p []byte) (int, error) {
	lines := strings.Split(text.VisibleExcept(string(p), "\n\t"), "\n")
	for i, line := range lines {
		lines[i] = text.Shorten(line, 2*maxEcho)
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
