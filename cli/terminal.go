package cli

import (
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

// visible makes text from files safe for a terminal.
func visible(s string) string { return text.Visible(s) }
