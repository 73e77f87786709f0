package cli

import (
	"errors"
	"iamcensus/engine"

	"github.com/spf13/cobra"
)

func newRun() *cobra.Command {
	var load loadFlags
	var write reportFlags
	cmd := &cobra.Command{
		Use:     "run DIR...",
		Short:   "Folder in, report out, with a database in memory",
		Example: "  iamcensus run snapshots/sample\n  iamcensus run customers/ --as-of 2021-01-24 -o report.md --compare-with article",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := load.options(cmd, args)
			if err != nil {
				return err
			}
			db, err := openDatabase(cmd.Context(), "", engine.ReadWrite)
			if err != nil {
				return err
			}
			summary, err := load.run(cmd, db, options)
			if err == nil {
				err = write.write(cmd, db)
			}
			if err := errors.Join(err, db.Close()); err != nil {
				return err
			}
			return load.verdict(summary.Issues)
		},
	}
	load.add(cmd.Flags())
	write.add(cmd.Flags())
	return cmd
}
