package cli

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/population"

	"github.com/spf13/cobra"
)

func newCompare() *cobra.Command {
	var from census
	var flags reportFlags
	var populationFile string
	var top int
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "compare --population FILE DIR... | --db FILE --organization NAME",
		Short: "Say where one organization stands in a population",
		Long: `Hold the rates of one organization against a population: the file that iamcensus
population wrote, or article for the published figures, which have no spread.
Printed are the place in each figure, how many users must be fixed to reach the
organization in the middle, and whom to fix first. Everything below the folders
is taken as one organization; --organization picks one. The thresholds are those
of the population, so that like is compared with like.`,
		Example: "  iamcensus compare --population population.json snapshots/\n" +
			"  iamcensus compare --population article --db census.duckdb --organization acme --top 50",
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case populationFile == "":
				return usage(errors.New("--population is missing: name a file that iamcensus population wrote, or article"))
			case top < 0:
				return usage(fmt.Errorf("--top %d: it takes no negative number", top))
			case from.path != "" && from.organization == "":
				return usage(errors.New("--organization is missing: name the one of the database that is to be compared"))
			}
			summary, err := population.ReadSummary(populationFile)
			if err != nil {
				return usage(fmt.Errorf("--population: %w", err))
			}
			flags.Set = summary.Set()
			return from.with(cmd, args, func(db *sql.DB) error {
				page, err := flags.read(cmd.Context(), db)
				if err != nil {
					return fmt.Errorf("with the thresholds of %s: %w", populationFile, err)
				}
				comparison, err := population.Compare(cmd.Context(), db, page, summary, from.organization, top)
				if errors.Is(err, population.ErrNoOrganization) {
					return usage(fmt.Errorf("--organization: %w", err))
				}
				if err != nil {
					return err
				}
				format := population.ComparisonFormats[0]
				if asJSON {
					format = population.ComparisonFormats[1]
				}
				var out bytes.Buffer
				if err := format.Render(&out, comparison); err != nil {
					return err
				}
				return writeFile(cmd.OutOrStdout(), flags.output, out.Bytes())
			})
		},
	}
	from.add(cmd)
	cmd.Flags().Lookup("organization").Usage = "the one to compare; files that no manifest and no folder assigns are taken for its own"
	cmd.Flags().StringVar(&populationFile, "population", "", "what to compare with: a file that iamcensus population wrote, or article")
	cmd.Flags().StringVarP(&flags.output, "output", "o", "-", "file to write; - is stdout")
	cmd.Flags().StringVar(&flags.AsOf, "as-of", "", "date of the comparison: the newest snapshot of each account at or before it (default the newest)")
	cmd.Flags().IntVar(&top, "top", 20, "most users to list")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
