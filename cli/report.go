package cli

import (
	"database/sql"
	"errors"

	"github.com/spf13/cobra"

	"iamcensus/report"
)

func newReport() *cobra.Command {
	var database databaseFlag
	var figures figureFlags
	var out *output[*report.Report]
	cmd := &cobra.Command{
		Use:   "report DATABASE",
		Short: "Write the statistical report of a database",
		Long:  "Write the statistical report of a database that iamcensus ingest created. The\ndatabase is not changed.",
		Example: "  iamcensus report census.duckdb -o report.md\n" +
			"  iamcensus report census.duckdb --format json --set key_rotation.days=45",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			db, err := database.open(cmd, args)
			if err != nil {
				return err
			}
			return errors.Join(writeReport(cmd, db, &figures, out), db.Close())
		},
	}
	database.add(cmd)
	figures.add(cmd)
	out = addOutput(cmd, report.Formats)
	return cmd
}

func writeReport(cmd *cobra.Command, db *sql.DB, figures *figureFlags, out *output[*report.Report]) error {
	page, err := figures.read(cmd, db)
	if err != nil {
		return err
	}
	return out.write(cmd, page)
}
