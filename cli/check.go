package cli

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"iamcensus/report"
	"iamcensus/report/text"
)

func newCheck() *cobra.Command {
	var database databaseFlag
	cmd := &cobra.Command{
		Use:   "check REPORT.md DATABASE",
		Short: "Verify a report against the database",
		Long: `Verify a Markdown report against the database: make it again, with the options
that are kept in it, and compare every line that has a number. Differences are
printed, and the exit code is 1. Lines without a number may be edited freely.`,
		Example: "  iamcensus check report.md census.duckdb",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			printed, err := os.ReadFile(args[0])
			if err != nil {
				return usage(fmt.Errorf("%w: name a Markdown report", err))
			}
			parameters, err := report.FindParameters(string(printed))
			if err != nil {
				return usage(fmt.Errorf("%s: %w", args[0], err))
			}
			db, err := database.open(cmd, args[1:])
			if err != nil {
				return err
			}
			computed, err := remake(cmd, db, figureFlags{Parameters: parameters, setBy: args[0]})
			if err = errors.Join(err, db.Close()); err != nil {
				return err
			}
			return printDifferences(cmd, args[0], report.Check(string(printed), computed))
		},
	}
	database.add(cmd)
	return cmd
}

// remake makes the Markdown of a report again.
func remake(cmd *cobra.Command, db *sql.DB, figures figureFlags) (string, error) {
	page, err := figures.read(cmd, db)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = report.Formats[0].Render(&out, page)
	return out.String(), err
}

// printDifferences is an error if there are any.
func printDifferences(cmd *cobra.Command, name string, differences []report.Difference) error {
	out := cmd.OutOrStdout()
	for _, d := range differences {
		switch {
		case d.Line == 0:
			fmt.Fprintf(out, "%s: missing line\n  computed: %s\n", name, visible(d.Computed))
		case d.Computed == "":
			fmt.Fprintf(out, "%s:%d: no such line in the database's report\n  printed:  %s\n", name, d.Line, visible(d.Printed))
		default:
			fmt.Fprintf(out, "%s:%d: the numbers differ\n  printed:  %s\n  computed: %s\n", name, d.Line, visible(d.Printed), visible(d.Computed))
		}
	}
	if n := int64(len(differences)); n > 0 {
		return &exitError{exitCheck, fmt.Errorf("%s: %s from the database", name, text.Quantity(n, "difference"))}
	}
	_, err := fmt.Fprintf(out, "%s: all numbers match the database\n", name)
	return err
}
