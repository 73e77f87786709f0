package cli

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/engine"
	"iamcensus/report"
	"iamcensus/report/text"
	"iamcensus/snapshots"
)

// figureFlags are the flags that decide about figures.
type figureFlags struct {
	maxAge float64
	setBy  string // where Set is from: --set or a file
	pin    engine.Pin
	report.Parameters
}

func (f *figureFlags) add(cmd *cobra.Command) {
	f.addAsOf(cmd)
	f.addSet(cmd)
	flags := cmd.Flags()
	flags.Float64Var(&f.maxAge, "max-age", 365, "maximum age of a snapshot at the date of the census, in `days`")
	flags.StringVar(&f.Unit, "unit", "", "sampling `unit` of intervals: account, with fewer than 10 organizations (default organization)")
	flags.StringVar(&f.CompareWith, "compare-with", "", "published figures to compare with: a JSON `file`, or article")
	complete(cmd, "compare-with", offerWithFiles("article"))
	complete(cmd, "unit", offer("organization", "account"))
}

func (f *figureFlags) addAsOf(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.AsOf, "as-of", "", "`date` of the census: each account's newest snapshot at or before it counts (default the newest)")
}

func (f *figureFlags) addSet(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&f.Set, "set", nil, "override a threshold or tiers: `setting=value`, such as key_rotation.days=45 or key_rotation.tiers=45,90")
	complete(cmd, "set", offerSettings)
	f.setBy = "--set"
}

// choices are the flags as the views take them.
func (f *figureFlags) choices(cmd *cobra.Command) (engine.Choices, error) {
	choices := engine.Choices{Temp: true, Pin: f.pin, ByAccount: f.Unit == "account"}
	if f.Unit != "" && f.Unit != "account" && f.Unit != "organization" {
		return choices, usage(fmt.Errorf("--unit %s: use organization or account", f.Unit))
	}
	for _, text := range f.Set {
		setting, err := engine.ParseSetting(text)
		if err != nil {
			return choices, usage(fmt.Errorf("%s: %w", f.setBy, err))
		}
		choices.Settings = append(choices.Settings, setting)
	}
	if maxAge := cmd.Flags().Lookup("max-age"); maxAge != nil && maxAge.Changed {
		f.MaxAge = &f.maxAge
	}
	if f.MaxAge != nil {
		choices.Settings = append(choices.Settings, engine.Setting{ID: "coverage.max_age", Values: []float64{*f.MaxAge}})
	}
	if f.AsOf != "" {
		at, err := snapshots.ParseCapturedAt(f.AsOf)
		if err != nil {
			return choices, usage(fmt.Errorf("--as-of: %w", err))
		}
		choices.AsOf = time.Unix(at.At.Unix, 0)
	}
	return choices, nil
}

// createViews creates the views for this connection only.
func (f *figureFlags) createViews(cmd *cobra.Command, db *sql.DB) error {
	choices, err := f.choices(cmd)
	if err != nil {
		return err
	}
	defer working(cmd, "building views")()
	return engine.CreateViews(cmd.Context(), db, choices)
}

// read creates the views and reads the report.
func (f *figureFlags) read(cmd *cobra.Command, db *sql.DB) (*report.Report, error) {
	if err := f.createViews(cmd, db); err != nil {
		return nil, err
	}
	defer working(cmd, "computing figures")()
	ctx := cmd.Context()
	if err := engine.CompareDays(ctx, db); err != nil {
		return nil, err
	}
	page, err := report.Read(ctx, db)
	if err != nil {
		return nil, err
	}
	if page.Population.Accounts == 0 {
		return nil, f.nothingToReport(page)
	}
	if page.NeedsOrganizations() {
		return nil, usage(fmt.Errorf("--unit account: with %s the organization is the sampling unit; leave out --unit",
			text.Quantity(page.Population.Organizations, "organization")))
	}
	if f.CompareWith != "" {
		published, err := report.ReadPublished(f.CompareWith)
		if err != nil {
			return nil, usage(fmt.Errorf("--compare-with: %w", err))
		}
		page.Compare(published)
	}
	page.Parameters, page.Version = f.Parameters, text.Markdown(version())
	return page, nil
}

// nothingToReport is the error of a census without snapshots; the issues tell
// why.
func (f *figureFlags) nothingToReport(page *report.Report) error {
	reason := "no snapshot to report on"
	if f.AsOf != "" {
		reason += " at or before " + f.AsOf
	}
	if len(page.Issues) == 0 {
		reason += "; iamcensus formats lists what can be read"
	}
	nothing := &exitError{code: exitData, err: errors.New(reason)}
	for _, issue := range page.Issues {
		nothing.details = append(nothing.details, fmt.Sprintf("%s (%s): %s", issue.Kind, text.Quantity(issue.Files, "file"), issue.Remedy))
	}
	return nothing
}
