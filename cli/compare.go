package cli

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"iamcensus/population"
)

// compareFlags are the flags of compare.
type compareFlags struct {
	source
	figures    figureFlags
	population string
	top        int
}

func newCompare() *cobra.Command {
	var flags compareFlags
	var out *output[*population.Comparison]
	cmd := &cobra.Command{
		Use:   "compare --population FILE {PATH... | DATABASE --organization NAME}",
		Short: "Compare one organization with a population",
		Long: `Compare the rates of one organization with a population: a file of iamcensus
population, or article for the published figures, which have no spread.

The output has the place in each figure, the number of users to fix to reach the
median organization, and the users to fix first. All snapshots below the folders
are taken as one organization; --organization picks one. The thresholds are
those of the population.`,
		Example: "  iamcensus compare --population population.json snapshots/\n" +
			"  iamcensus compare --population article census.duckdb --organization acme --top 50",
		RunE: func(cmd *cobra.Command, args []string) error {
			summary, err := flags.summary(cmd, args)
			if err != nil {
				return err
			}
			return flags.with(cmd, args, func(db *sql.DB) error {
				comparison, err := flags.compare(cmd, db, summary)
				if err != nil {
					return err
				}
				return out.write(cmd, comparison)
			})
		},
	}
	flags.add(cmd)
	cmd.Flags().Lookup("organization").Usage = "organization `name` to compare; also for files without one"
	cmd.Flags().StringVar(&flags.population, "population", "", "population to compare with: a `file` of iamcensus population, or article")
	complete(cmd, "population", offerWithFiles("article"))
	flags.figures.addAsOf(cmd)
	cmd.Flags().IntVar(&flags.top, "top", 20, "maximum `number` of users to list")
	out = addOutput(cmd, population.ComparisonFormats)
	return cmd
}

// summary checks the flags and reads the population.
func (f *compareFlags) summary(cmd *cobra.Command, args []string) (*population.Summary, error) {
	switch {
	case f.population == "":
		return nil, usage(errors.New("--population is missing: name a file of iamcensus population, or article"))
	case f.top < 0:
		return nil, usage(fmt.Errorf("--top %d: it must not be negative", f.top))
	case f.organization == "" && f.isFile(cmd, args) && (len(args) > 0 || f.database.path != ""):
		return nil, usage(errors.New("--organization is missing: name an organization of the database"))
	}
	summary, err := population.ReadSummary(f.population)
	if err != nil {
		return nil, usage(fmt.Errorf("--population: %w", err))
	}
	f.figures.Set, f.figures.setBy = summary.Set(), "--population "+f.population
	return summary, nil
}

func (f *compareFlags) compare(cmd *cobra.Command, db *sql.DB, summary *population.Summary) (*population.Comparison, error) {
	page, err := f.figures.read(cmd, db)
	if err != nil {
		return nil, err
	}
	defer working(cmd, "comparing")()
	comparison, err := population.Compare(cmd.Context(), db, page, summary, f.organization, f.top)
	if errors.Is(err, population.ErrNoOrganization) {
		return nil, usage(fmt.Errorf("--organization: %w", err))
	}
	return comparison, err
}
