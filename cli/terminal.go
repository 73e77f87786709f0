package cli

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"iamcensus/cli/progress"
)

// working shows on a terminal what the command is doing, until done is called.
func working(cmd *cobra.Command, what string) (done func()) {
	line := progress.New(cmd.ErrOrStderr(), false, time.Now)
	line.Show(what + " ...")
	return line.Wipe
}

// visible makes text from files safe for a terminal: characters that move the
// cursor, change colours or the writing direction are replaced by their code.
func visible(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}
