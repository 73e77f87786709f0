package cli

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"iamcensus/engine"
	"iamcensus/report"
)

func newCheck() *cobra.Command {
	var path string
	cmd := &cobra.Command{
		Use:   "check REPORT.md --db FILE",
		Short: "Compute every number in a report anew",
		Long: `Make a Markdown report anew from the database, in the way in which it says it
was made, and hold each of its lines that has a number against the new one.
Any difference is printed, and the exit code is 1. Lines without a number may
be changed at will.`,
		Example: "  iamcensus check report.md --db census.duckdb",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			page, err := os.ReadFile(args[0])
			if err != nil {
				return usage(fmt.Errorf("%w: name a Markdown report", err))
			}
			parameters, err := report.FindParameters(string(page))
			if err != nil {
				return usage(fmt.Errorf("%s: %w", args[0], err))
			}
			db, err := openDatabase(cmd.Context(), path, engine.ReadOnly)
			if err != nil {
				return err
			}
			computed, err := again(cmd, db, parameters)
			if err = errors.Join(err, db.Close()); err != nil {
				return err
			}
			return tellDifferences(cmd, args[0], report.Check(string(page), computed))
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "database file")
	return cmd
}

// again makes a page with its parameters.
func again(cmd *cobra.Command, db *sql.DB, parameters report.Parameters) (string, error) {
	flags := reportFlags{Parameters: parameters}
	page, err := flags.read(cmd.Context(), db)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = report.Formats[0].Render(&out, page)
	return out.String(), err
}

func tellDifferences(cmd *cobra.Command, name string, differences []report.Difference) error {
	out := cmd.OutOrStdout()
	for _, d := range differences {
		switch {
		case d.Line == 0:
			fmt.Fprintf(out, "%s: a line is missing\n  computed: %s\n", name, visible(d.Computed))
		case d.Computed == "":
			fmt.Fprintf(out, "%s:%d: the census has no such line\n  printed:  %s\n", name, d.Line, visible(d.Printed))
		default:
			fmt.Fprintf(out, "%s:%d: the numbers differ\n  printed:  %s\n  computed: %s\n", name, d.Line, visible(d.Printed), visible(d.Computed))
		}
	}
	if len(differences) > 0 {
		return &exitError{exitGate, fmt.Errorf("%s: %d lines differ from the database", name, len(differences))}
	}
	_, err := fmt.Fprintf(out, "%s: every number is that of the database\n", name)
	return err
}
