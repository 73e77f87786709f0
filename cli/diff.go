package cli

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/engine"
	"iamcensus/report"
	"iamcensus/snapshots"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// diffFlags are the two dates and the form of the page.
type diffFlags struct {
	from, to string
	users    bool
	asJSON   bool
	reportFlags
}

func newDiff() *cobra.Command {
	var f diffFlags
	var path string
	cmd := &cobra.Command{
		Use:   "diff --db FILE --from DATE --to DATE",
		Short: "Compare two dates, over the accounts that have snapshots for both",
		Long: `Compare the practices at two dates over the panel: the accounts that have a
snapshot at or before --from and a newer one at or before --to. At each date the
newest snapshot of each account counts. A date without a time means all of that
day, in UTC. Printed are the panel and who is not in it, the rates at both
dates, and the flows between them: fixed, new, still open, gone. The database
stays as it is.`,
		Example: "  iamcensus diff --db census.duckdb --from 2021-01-24 --to 2021-02-24\n" +
			"  iamcensus diff --db census.duckdb --from 2021-01-24 --to 2021-02-24T12:00:00Z --users --json -o diff.json",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			from, to, err := f.dates()
			if err != nil {
				return usage(err)
			}
			db, err := openDatabase(cmd.Context(), path, engine.ReadOnly)
			if err != nil {
				return err
			}
			return errors.Join(f.write(cmd, db, from, to), db.Close())
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&path, "db", "", "database file")
	flags.StringVar(&f.from, "from", "", "the earlier date: 2021-01-24, or 2021-01-24T12:00:00Z")
	flags.StringVar(&f.to, "to", "", "the later date")
	flags.BoolVar(&f.users, "users", false, "list the users of each flow, too")
	flags.BoolVar(&f.asJSON, "json", false, "print JSON")
	flags.StringVarP(&f.output, "output", "o", "-", "file to write; - is stdout")
	flags.StringArrayVar(&f.Set, "set", nil, "another threshold: key_rotation.days=45")
	return cmd
}

// dates reads --from and --to.
func (f *diffFlags) dates() (from, to engine.Date, err error) {
	if from, err = wholeDay("--from", f.from); err != nil {
		return from, to, err
	}
	if to, err = wholeDay("--to", f.to); err != nil {
		return from, to, err
	}
	if !from.AsOf.Before(to.AsOf) {
		return from, to, fmt.Errorf("--from %s is not before --to %s", from.Label, to.Label)
	}
	return from, to, nil
}

// wholeDay reads a time, or a date, which stands for its last second.
func wholeDay(flag, text string) (engine.Date, error) {
	if text == "" {
		return engine.Date{}, fmt.Errorf("%s is missing: name a date, such as 2021-01-24", flag)
	}
	at, err := snapshots.ParseCapturedAt(text)
	if err != nil {
		return engine.Date{}, fmt.Errorf("%s: %w", flag, err)
	}
	date := engine.Date{Label: text, AsOf: time.Unix(at.Unix, 0).UTC()}
	if _, err := time.Parse(time.DateOnly, text); err == nil {
		date.AsOf = date.AsOf.Add(24*time.Hour - time.Second)
	}
	return date, nil
}

func (f *diffFlags) write(cmd *cobra.Command, db *sql.DB, from, to engine.Date) error {
	trend, err := f.read(cmd.Context(), db, from, to)
	if err != nil {
		return err
	}
	format := report.TrendFormats[0]
	if f.asJSON {
		format = report.TrendFormats[1]
	}
	var out bytes.Buffer
	if err := format.Render(&out, trend); err != nil {
		return err
	}
	return writeFile(cmd.OutOrStdout(), f.output, out.Bytes())
}

// read makes the views, compares the dates, and reads the difference.
func (f *diffFlags) read(ctx context.Context, db *sql.DB, from, to engine.Date) (*report.Trend, error) {
	choices, err := f.choices()
	if err != nil {
		return nil, err
	}
	if err := engine.CreateViews(ctx, db, choices); err != nil {
		return nil, err
	}
	if err := testData(ctx, db, engine.Figures); err != nil {
		return nil, err
	}
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
	return nil, &exitError{exitData, fmt.Errorf("no account has a snapshot at or before %s and a newer one at or before %s; the newest days with snapshots: %s",
		from.Label, to.Label, strings.Join(days, ", "))}
}
