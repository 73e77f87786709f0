package cli

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/engine"
	"iamcensus/report"
	"iamcensus/snapshots"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	from, to string
	users    bool
	figureFlags
}

func newDiff() *cobra.Command {
	var flags diffFlags
	var database databaseFlag
	var out *output[*report.Trend]
	cmd := &cobra.Command{
		Use:   "diff DATABASE --from DATE --to DATE",
		Short: "Compare two dates, over the accounts with snapshots for both",
		Long: `Compare the practices at two dates over the panel: the accounts with a snapshot
at or before --from and a newer one at or before --to. At each date the newest
snapshot of each account counts. A date without a time is the end of that day,
in UTC.

The output has the panel and the accounts outside it, the rates at both dates,
and the changes between them: fixed, new, still open, gone. The database is not
changed.`,
		Example: "  iamcensus diff census.duckdb --from 2021-01-24 --to 2021-02-24\n" +
			"  iamcensus diff census.duckdb --from 2021-01-24 --to 2021-02-24T12:00:00Z --users -o diff.json",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			from, to, err := flags.dates()
			if err != nil {
				return usage(err)
			}
			db, err := database.open(cmd, args)
			if err != nil {
				return err
			}
			trend, err := flags.compare(cmd, db, from, to)
			if err == nil {
				err = out.write(cmd, trend)
			}
			return errors.Join(err, db.Close())
		},
	}
	database.add(cmd)
	cmd.Flags().StringVar(&flags.from, "from", "", "earlier `date`: 2021-01-24, or 2021-01-24T12:00:00Z")
	cmd.Flags().StringVar(&flags.to, "to", "", "later `date`")
	cmd.Flags().BoolVar(&flags.users, "users", false, "list the users behind each change, too")
	flags.addSet(cmd)
	out = addOutput(cmd, report.TrendFormats).addJSON(cmd)
	return cmd
}

// dates reads --from and --to.
func (f *diffFlags) dates() (from, to engine.Date, err error) {
	if from, err = endOfDay("--from", f.from); err != nil {
		return from, to, err
	}
	if to, err = endOfDay("--to", f.to); err != nil {
		return from, to, err
	}
	if !from.AsOf.Before(to.AsOf) {
		return from, to, fmt.Errorf("--from %s is not before --to %s", from.Label, to.Label)
	}
	return from, to, nil
}

// endOfDay reads a time, or a date as its last second.
func endOfDay(flag, text string) (engine.Date, error) {
	if text == "" {
		return engine.Date{}, fmt.Errorf("%s is missing: name a date, such as 2021-01-24", flag)
	}
	at, err := snapshots.ParseCapturedAt(text)
	if err != nil {
		return engine.Date{}, fmt.Errorf("%s: %w", flag, err)
	}
	date := engine.Date{Label: text, AsOf: time.Unix(at.At.Unix, 0).UTC()}
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		date.AsOf = date.AsOf.Add(24*time.Hour - time.Second)
	}
	return date, nil
}

// compare creates the views, evaluates both dates, and reads the difference.
func (f *diffFlags) compare(cmd *cobra.Command, db *sql.DB, from, to engine.Date) (*report.Trend, error) {
	if err := f.createViews(cmd, db); err != nil {
		return nil, err
	}
	defer working(cmd, "comparing dates")()
	ctx := cmd.Context()
	if err := engine.CompareDates(ctx, db, from, to); err != nil {
		return nil, err
	}
	trend, err := report.ReadTrend(ctx, db, f.users)
	if err != nil || trend.Panel.Accounts > 0 {
		return trend, err
	}
	days, err := engine.Days(ctx, db)
	if err != nil {
		return nil, err
	}
	return nil, &exitError{code: exitData, err: fmt.Errorf("no account has a snapshot at or before %s and a newer one at or before %s; newest days with snapshots: %s",
		from.Label, to.Label, strings.Join(days, ", "))}
}
