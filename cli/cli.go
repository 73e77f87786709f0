package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"

	"github.com/spf13/cobra"

	"iamcensus/snapshots"
)

// Run runs the command that args name and returns its exit code.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	stderr = messages{stderr}
	defer func() {
		if reason := recover(); reason != nil {
			code = crashed(stderr, reason, debug.Stack())
		}
	}()
	out := &noticed{Writer: stdout}
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(out)
	root.SetErr(stderr)
	named, _, _ := root.Find(args)
	ctx, stop := untilSignal(ctx, stderr, interrupted(named))
	defer stop()
	command, err := root.ExecuteContextC(ctx)
	if out.err != nil {
		command.SetContext(context.WithValue(command.Context(), started, true)) // the usage was right
		err = out.err
	}
	if err == nil {
		return exitOK
	}
	if crash := (*snapshots.Crash)(nil); errors.As(err, &crash) {
		return crashed(stderr, crash.Reason, crash.Stack)
	}
	code = codeOf(err, command)
	printError(stderr, err, code, command)
	return code
}

func printError(stderr io.Writer, err error, code int, command *cobra.Command) {
	if code == exitInterrupted {
		fmt.Fprintln(stderr, interrupted(command))
		return
	}
	for i, line := range lines(err) {
		if i == 0 {
			line = "iamcensus: " + line
		}
		fmt.Fprintln(stderr, line)
	}
	switch remedy := remedy(err); {
	case code == exitUsage:
		fmt.Fprintf(stderr, "Try '%s --help'.\n", command.CommandPath())
	case code == exitFailure && remedy != "":
		fmt.Fprintln(stderr, remedy)
	}
}

// lines are an error as it is printed: a line for each of several joined ones,
// and for each detail.
func lines(err error) (all []string) {
	if several, ok := any(err).(interface{ Unwrap() []error }); ok {
		for _, one := range several.Unwrap() {
			all = append(all, lines(one)...)
		}
		return all
	}
	all = []string{visible(err.Error())}
	var exit *exitError
	if errors.As(err, &exit) {
		for _, detail := range exit.details {
			all = append(all, "  "+visible(detail))
		}
	}
	return all
}

// interrupted is the message of a command that a signal ended. It says how to
// go on, where that is possible.
func interrupted(command *cobra.Command) string {
	switch command.Name() {
	case "ingest":
		return "iamcensus: interrupted; files that were read completely are kept; run the same command again to load the rest"
	case "synth":
		return "iamcensus: interrupted; what it wrote into the output folder is incomplete: remove that, then run the same command again"
	}
	return "iamcensus: interrupted"
}

// crashed reports an error of the program itself.
func crashed(stderr io.Writer, reason any, stack []byte) (code int) {
	fmt.Fprintf(stderr, "iamcensus: internal error: %s; please report this with the lines below\n%s", visible(fmt.Sprint(reason)), stack)
	return exitFailure
}

const rootLong = `iamcensus takes a census of AWS IAM users over point-in-time snapshots of many
organizations: credential reports in, statistics out. Each number comes with
numerator, denominator and unknowns.

Exit codes:
    0  success
    1  a check or gate failed
    2  data issues under --strict, or nothing to report on
    3  wrong usage
    4  failure
  130  interrupted

Flags can be set in a file, in the environment (IAMCENSUS_AS_OF for --as-of)
and on the command line; the later takes precedence. The file is the first of
--config, ./iamcensus.yaml and iamcensus/iamcensus.yaml in the user's
configuration folder. That of the working folder cannot name files, and is not
used if its folder is loaded.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "iamcensus",
		Short:         "Take a census of AWS IAM users over many organizations",
		Long:          rootLong,
		Example:       "  iamcensus run snapshots/sample\n  iamcensus ingest customers/ --db census.duckdb\n  iamcensus report census.duckdb -o report.md",
		Version:       version(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRunE: func(cmd *cobra.Command, args []string) error {
			if err := applyConfig(cmd, args); err != nil {
				return usage(err)
			}
			cmd.SetContext(context.WithValue(cmd.Context(), started, true))
			return nil
		},
	}
	root.PersistentFlags().String("config", "", "`file` with flags, in YAML (default iamcensus.yaml here or in the user's configuration folder)")
	setHelp(root)
	root.AddCommand(
		newRun(),
		newIngest(),
		newReport(),
		newCheck(),
		newDiff(),
		newPopulation(),
		newCompare(),
		newExplain(),
		newInspect(),
		newFormats(),
		newSynth(),
		newVersion(),
	)
	refuseUnknownTopics(root)
	return root
}
