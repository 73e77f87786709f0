package cli

import (
	"database/sql"
	"errors"

	"github.com/spf13/cobra"

	"iamcensus/population"
)

func newPopulation() *cobra.Command {
	var from source
	var figures figureFlags
	var title string
	var out *output[*population.Summary]
	cmd := &cobra.Command{
		Use:   "population PATH... | DATABASE",
		Short: "Summarize a census for others to compare with",
		Long: `Write the rates of a census and their spread over its organizations, as input of
iamcensus compare. The file has no name, no id, no row and no exact count. The
lowest and the highest organization are left out of the spread. Withheld are
figures that rest on fewer than 10 users, on one organization more than on the
others, or on fewer than 10 organizations.

Two such files whose censuses differ by one organization disclose that one:
publish only one of them.`,
		Example: "  iamcensus population census.duckdb -o population.json\n" +
			"  iamcensus population customers/ --as-of 2021-01-24 --title 'Our customers' -o population.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			return from.with(cmd, args, func(db *sql.DB) error {
				summary, err := summarize(cmd, db, &figures, title)
				if err != nil {
					return err
				}
				return out.write(cmd, summary)
			})
		},
	}
	from.add(cmd)
	figures.addAsOf(cmd)
	figures.addSet(cmd)
	cmd.Flags().StringVar(&title, "title", "", "`name` of the population in the file")
	out = addOutput(cmd, population.SummaryFormats)
	return cmd
}

func summarize(cmd *cobra.Command, db *sql.DB, figures *figureFlags, title string) (*population.Summary, error) {
	page, err := figures.read(cmd, db)
	if err != nil {
		return nil, err
	}
	if title != "" {
		page.Title = title
	}
	defer working(cmd, "summarizing")()
	summary, err := population.Summarize(cmd.Context(), db, page)
	if errors.Is(err, population.ErrFewOrganizations) {
		return nil, &exitError{code: exitData, err: err}
	}
	return summary, err
}
