package cli

import (
	"context"
	"fmt"
	"io"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// Run runs the command that args name and returns its exit code.
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
	printError(stderr, err, code, command)
	return code
}

func printError(stderr io.Writer, err error, code int, command *cobra.Command) {
	if code == exitInterrupted {
		fmt.Fprintln(stderr, "iamcensus: interrupted"+continuation(command))
		return
	}
	fmt.Fprintln(stderr, "iamcensus:", err)
	switch remedy := remedy(err); {
	case code == exitUsage:
		fmt.Fprintf(stderr, "Try '%s --help'.\n", command.CommandPath())
	case code == exitFailure && remedy != "":
		fmt.Fprintln(stderr, remedy)
	}
}

// continuation says how to go on after an interrupt, where that is possible.
func continuation(command *cobra.Command) string {
	if command.Name() == "ingest" {
		return "; files that were read completely are kept; run the same command again to load the rest"
	}
	return ""
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
configuration folder.`

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:           "iamcensus",
		Short:         "Take a census of AWS IAM users over many organizations",
		Long:          rootLong,
		Example:       "  iamcensus run snapshots/sample\n  iamcensus ingest customers/ --db census.duckdb\n  iamcensus report census.duckdb -o report.md",
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
	return root
}
