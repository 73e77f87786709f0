package cli

import (
	"context"
	"errors"

	"github.com/spf13/cobra"
)

// Exit codes. They are listed in the help of the root command and in the README.
const (
	exitOK          = 0
	exitCheck       = 1   // a check or gate failed
	exitData        = 2   // data issues under --strict, or nothing to report on
	exitUsage       = 3   // wrong usage
	exitFailure     = 4   // any other failure
	exitInterrupted = 130 // SIGINT, SIGTERM or SIGHUP
)

// exitError is an error with its exit code.
type exitError struct {
	code    int
	err     error
	details []string // each a line below
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func usage(err error) error { return &exitError{code: exitUsage, err: err} }

// codeOf is the exit code of a command that failed.
func codeOf(err error, command *cobra.Command) int {
	var exit *exitError
	switch {
	case errors.Is(err, context.Canceled), command.Context().Err() != nil: // DuckDB has an error of its own
		return exitInterrupted
	case errors.As(err, &exit):
		return exit.code
	case command.Context().Value(started) == nil:
		return exitUsage // cobra refused the flags or arguments
	}
	return exitFailure
}

// started is the key of a context value that is set once flags and arguments
// are accepted.
var started = &struct{ string }{"started"}
