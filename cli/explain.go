package cli

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"iamcensus/report"
)

func newExplain() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "explain",
		Short:   "Explain a verdict with its evidence",
		Example: "  iamcensus explain mfa 111122223333 census.duckdb",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return usage(errors.New("name what to explain: iamcensus explain mfa ACCOUNT DATABASE"))
		},
	}
	cmd.AddCommand(newExplainMFA())
	return cmd
}

func newExplainMFA() *cobra.Command {
	var database databaseFlag
	var out *output[[]report.MFAEvidence]
	cmd := &cobra.Command{
		Use:   "mfa ACCOUNT DATABASE",
		Short: "Explain whether service control policies enforce MFA in an account",
		Long: `Print the verdict on an account with its evidence: each service control policy
from the root to the account, and of each statement what it requires and why.`,
		Example: "  iamcensus explain mfa 111122223333 census.duckdb\n  iamcensus explain mfa 111122223333 census.duckdb --json",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := database.open(cmd, args[1:])
			if err != nil {
				return err
			}
			evidence, err := explainMFA(cmd, db, args[0])
			if err == nil {
				err = out.write(cmd, evidence)
			}
			return errors.Join(err, db.Close())
		},
	}
	database.add(cmd)
	out = addOutput(cmd, report.EvidenceFormats).addJSON(cmd)
	return cmd
}

func explainMFA(cmd *cobra.Command, db *sql.DB, account string) ([]report.MFAEvidence, error) {
	var figures figureFlags
	if err := figures.createViews(cmd, db); err != nil {
		return nil, err
	}
	evidence, err := report.ExplainMFA(cmd.Context(), db, account)
	if err == nil && len(evidence) == 0 {
		err = usage(fmt.Errorf("unknown account %q: table account of the database lists all", account))
	}
	return evidence, err
}
