// Package cli is the command line: one file per command, each with its
// options, its flags and what it runs. It opens the database, hands it to the
// stages, and turns what happened into an exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Exit codes. They are in the help of the root command and in the README.
const (
	exitOK          = 0
	exitGate        = 1   // a gate that the user set did not hold
	exitData        = 2   // trouble in the data, under --strict
	exitUsage       = 3   // wrong usage
	exitFailure     = 4   // the command failed
	exitInterrupted = 130 // Ctrl-C
)

// exitError is an error with the exit code that it asks for.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

func usage(err error) error { return &exitError{exitUsage, err} }

// Run runs the command that args name and gives its exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	command, err := root.ExecuteContextC(ctx)
	if err == nil {
		return exitOK
	}
	code := codeOf(err, command)
	if code == exitInterrupted {
		fmt.Fprintln(stderr, "iamcensus: interrupted; what was read whole is kept, and the same command goes on from there")
		return code
	}
	fmt.Fprintln(stderr, "iamcensus:", err)
	switch remedy := remedy(err); {
	case code == exitUsage:
		fmt.Fprintf(stderr, "Try '%s --help'.\n", command.CommandPath())
	case code == exitFailure && remedy != "":
		fmt.Fprintln(stderr, remedy)
	}
	return code
}

func codeOf(err error, command *cobra.Command) int {
	var exit *exitError
	switch {
	case errors.As(err, &exit):
		return exit.code
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case command.Context().Value(started) == nil:
		return exitUsage // cobra refused flags or arguments before the command began
	}
	return exitFailure
}

// started marks the context of a command whose flags and arguments are right.
var started = &struct{ string }{"started"}

const rootLong = `iamcensus takes a census of AWS IAM users over the snapshots of many
organizations: credential reports in, statistics out, each number with its
numerator, denominator and unknowns.

Exit codes:
    0  fine
    1  a gate that you set did not hold
    2  trouble in the data, under --strict
    3  wrong usage
    4  failure
  130  interrupted

Flags can be given in a file (--config, or iamcensus.yaml here), then in the
environment (IAMCENSUS_AS_OF for --as-of), then on the command line; the
later wins.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "iamcensus",
		Short:         "A census of AWS IAM users over many organizations",
		Long:          rootLong,
		Example:       "  iamcensus run snapshots/sample\n  iamcensus ingest customers/ --db census.duckdb\n  iamcensus report --db census.duckdb -o report.md",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			if err := applyConfig(cmd); err != nil {
				return usage(err)
			}
			cmd.SetContext(context.WithValue(cmd.Context(), started, true))
			return nil
		},
	}
	root.PersistentFlags().String("config", "", "file with flags, in YAML (default iamcensus.yaml, if it is there)")
	root.AddCommand(newRun(), newIngest(), newReport(), newCheck(), newDiff(), newExplain(), newInspect(), newFormats(), newSynth(), newPopulation(), newCompare())
	return root
}
