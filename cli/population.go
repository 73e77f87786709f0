package cli

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/engine"
	"iamcensus/population"

	"github.com/spf13/cobra"
)

// census is a database file, or folders that are loaded into memory.
type census struct {
	path string
	loadFlags
}

func (c *census) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.path, "db", "", "database file, in place of folders")
	c.loadFlags.add(cmd.Flags())
}

// with opens the census, has it used, and closes it. The verdict of --strict
// comes last.
func (c *census) with(cmd *cobra.Command, paths []string, use func(*sql.DB) error) error {
	if (c.path == "") == (len(paths) == 0) {
		return usage(errors.New("name folders to load, or a database with --db, and not both"))
	}
	if c.path != "" {
		db, err := openDatabase(cmd.Context(), c.path, engine.ReadOnly)
		if err != nil {
			return err
		}
		return errors.Join(use(db), db.Close())
	}
	options, err := c.options(cmd, paths)
	if err != nil {
		return err
	}
	db, err := openDatabase(cmd.Context(), "", engine.ReadWrite)
	if err != nil {
		return err
	}
	summary, err := c.run(cmd, db, options)
	if err == nil {
		err = use(db)
	}
	return errors.Join(err, db.Close(), c.verdict(summary.Issues))
}

func newPopulation() *cobra.Command {
	var from census
	var flags reportFlags
	var title string
	cmd := &cobra.Command{
		Use:   "population DIR... | --db FILE",
		Short: "Summarize a census for others to compare themselves with",
		Long: `Write the rates of a census and how they spread over its organizations, for
iamcensus compare. The file holds no name, no id, no row and no exact count: the
lowest and the highest organization stay out of the spread, and what would speak
of fewer than 10 users, of one organization more than of the others, or of fewer
than 10 organizations is withheld. Two such files that differ by one
organization say something of that one: publish one of them.`,
		Example: "  iamcensus population --db census.duckdb -o population.json\n" +
			"  iamcensus population customers/ --as-of 2021-01-24 --title 'Our customers' -o population.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return from.with(cmd, args, func(db *sql.DB) error {
				page, err := flags.read(cmd.Context(), db)
				if err != nil {
					return err
				}
				if title != "" {
					page.Title = title
				}
				summary, err := population.Summarize(cmd.Context(), db, page)
				if errors.Is(err, population.ErrFewOrganizations) {
					return &exitError{exitData, err}
				}
				if err != nil {
					return err
				}
				return writeJSON(cmd, flags.output, summary)
			})
		},
	}
	from.add(cmd)
	cmd.Flags().StringVarP(&flags.output, "output", "o", "-", "file to write; - is stdout")
	cmd.Flags().StringVar(&flags.AsOf, "as-of", "", "date of the census: the newest snapshot of each account at or before it (default the newest)")
	cmd.Flags().StringArrayVar(&flags.Set, "set", nil, "another threshold or tier edges: key_rotation.days=45, key_rotation.tiers=45,90")
	cmd.Flags().StringVar(&title, "title", "", "what the population is called in the file")
	return cmd
}

func writeJSON(cmd *cobra.Command, name string, v any) error {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("-o %s: %w", name, err)
	}
	return writeFile(cmd.OutOrStdout(), name, out.Bytes())
}
