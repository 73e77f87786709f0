package cli

import (
	"errors"

	"github.com/spf13/cobra"

	"iamcensus/report"
)

func newRun() *cobra.Command {
	var load loadFlags
	var figures figureFlags
	var out *output[*report.Report]
	cmd := &cobra.Command{
		Use:   "run PATH...",
		Short: "Report on snapshots without keeping a database",
		Long: `Ingest snapshots into a database in memory and write the report: the same as
iamcensus ingest and iamcensus report, with nothing left behind.`,
		Example: "  iamcensus run snapshots/sample\n  iamcensus run customers/ --as-of 2021-01-24 --compare-with article -o report.md",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := load.inMemory(cmd, args)
			if err != nil {
				return err
			}
			if err = writeReport(cmd, db, &figures, out); err == nil {
				err = load.verdict(cmd.Context(), db)
			}
			return errors.Join(err, db.Close())
		},
	}
	load.add(cmd)
	figures.add(cmd)
	out = addOutput(cmd, report.Formats)
	return cmd
}
