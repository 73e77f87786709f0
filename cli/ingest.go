package cli

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"iamcensus/engine"
)

func newIngest() *cobra.Command {
	var flags loadFlags
	var path string
	cmd := &cobra.Command{
		Use:   "ingest PATH... --db FILE",
		Short: "Ingest snapshots into a database",
		Long: `Ingest snapshots into a DuckDB database: folders, files, archives, or - for an
archive on standard input. Ingest again at any time: what is loaded stays, and
what is new is added.

Files are attributed by their rows and folders, <date>/<organization>/<account>/,
by a manifest.json for everything below its folder, or by --layout.`,
		Example: "  iamcensus ingest snapshots/sample --db census.duckdb\n" +
			"  iamcensus ingest report.csv --captured-at 2021-01-24 --organization acme --db census.duckdb\n" +
			"  iamcensus ingest inbox/ --layout '{date}/{organization}.zip/{account}' --db census.duckdb",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			options, err := flags.options(cmd, args)
			if err != nil {
				return err
			}
			options.Database = path
			db, err := openDatabase(cmd.Context(), path, engine.ReadWrite)
			if err != nil {
				return err
			}
			if err = flags.load(cmd, db, options); err == nil {
				err = finish(cmd, db, path)
			}
			if err == nil {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s is ready: iamcensus report %s\n", path, path)
				err = flags.verdict(cmd.Context(), db)
			}
			return errors.Join(err, db.Close())
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "database `file`, created if it does not exist")
	flags.add(cmd)
	return cmd
}

// finish creates the views in the database and settles it.
func finish(cmd *cobra.Command, db *sql.DB, path string) error {
	defer working(cmd, "building views")()
	if err := engine.CreateViews(cmd.Context(), db, engine.Choices{}); err != nil {
		return err
	}
	return settle(cmd.Context(), db, path)
}
