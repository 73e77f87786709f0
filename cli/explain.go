package cli

import (
	"errors"
	"fmt"
	"iamcensus/engine"
	"iamcensus/report"

	"github.com/spf13/cobra"
)

func newExplain() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "explain",
		Short:   "Say why a verdict is what it is",
		Example: "  iamcensus explain mfa 111122223333 --db census.duckdb",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage(errors.New("explain what? There is explain mfa ACCOUNT"))
		},
	}
	cmd.AddCommand(newExplainMFA())
	return cmd
}

func newExplainMFA() *cobra.Command {
	var path string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "mfa ACCOUNT --db FILE",
		Short: "Say whether service control policies make an account's users use MFA, and why",
		Long: `Print the verdict on an account with its evidence: each service control policy
on the way from the root to the account, each statement, what it asks for, why.`,
		Example: "  iamcensus explain mfa 111122223333 --db census.duckdb",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			db, err := openDatabase(cmd.Context(), path, engine.ReadOnly)
			if err != nil {
				return err
			}
			defer db.Close()
			if err := engine.CreateViews(cmd.Context(), db, engine.Choices{Temp: true}); err != nil {
				return err
			}
			evidence, err := report.ExplainMFA(cmd.Context(), db, args[0])
			if err != nil {
				return err
			}
			if len(evidence) == 0 {
				return usage(fmt.Errorf("the database has no account %q: table account lists them", args[0]))
			}
			format := report.EvidenceFormats[0]
			if asJSON {
				format = report.EvidenceFormats[1]
			}
			return format.Render(cmd.OutOrStdout(), evidence)
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "database file")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
