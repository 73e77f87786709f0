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
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// reportFlags are shared by the commands that write a report.
type reportFlags struct {
	format string
	output string
	maxAge float64
	report.Parameters
}

func (f *reportFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "format", "", "form of the report: "+formatNames()+" (default by the suffix of -o, else md)")
	flags.StringVarP(&f.output, "output", "o", "-", "file to write; - is stdout")
	flags.StringVar(&f.CompareWith, "compare-with", "", "published figures to hold against: a JSON file, or article")
	flags.StringVar(&f.AsOf, "as-of", "", "date of the census: the newest snapshot of each account at or before it (default the newest)")
	flags.Float64Var(&f.maxAge, "max-age", 365, "days before the date of the census after which a snapshot is too old")
	flags.StringArrayVar(&f.Set, "set", nil, "another threshold or tier edges: key_rotation.days=45, key_rotation.tiers=45,90")
}

func formatNames() string {
	names := make([]string, len(report.Formats))
	for i, f := range report.Formats {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// choices are the flags as the views want them.
func (f *reportFlags) choices() (engine.Choices, error) {
	choices := engine.Choices{Temp: true}
	for _, text := range f.Set {
		setting, err := engine.ParseSetting(text)
		if err != nil {
			return choices, usage(fmt.Errorf("--set: %w", err))
		}
		choices.Settings = append(choices.Settings, setting)
	}
	if f.MaxAge != nil {
		choices.Settings = append(choices.Settings, engine.Setting{ID: "coverage.max_age", Values: []float64{*f.MaxAge}})
	}
	if f.AsOf != "" {
		at, err := snapshots.ParseCapturedAt(f.AsOf)
		if err != nil {
			return choices, usage(fmt.Errorf("--as-of: %w", err))
		}
		choices.AsOf = time.Unix(at.Unix, 0)
	}
	return choices, nil
}

// chooseFormat goes by --format, else by the suffix of the output.
func (f *reportFlags) chooseFormat() (report.Format[*report.Report], error) {
	at := slices.IndexFunc(report.Formats, func(g report.Format[*report.Report]) bool {
		if f.format != "" {
			return g.Name == f.format
		}
		return g.Suffix == filepath.Ext(f.output) || f.output == "-"
	})
	switch {
	case at >= 0:
		return report.Formats[at], nil
	case f.format != "":
		return report.Format[*report.Report]{}, usage(fmt.Errorf("--format %s: the forms are %s", f.format, formatNames()))
	}
	return report.Format[*report.Report]{}, usage(fmt.Errorf("-o %s: the suffix names no form: add --format with one of %s", f.output, formatNames()))
}

// write makes the report of a database.
func (f *reportFlags) write(cmd *cobra.Command, db *sql.DB) error {
	format, err := f.chooseFormat()
	if err != nil {
		return err
	}
	if cmd.Flags().Changed("max-age") {
		f.MaxAge = &f.maxAge
	}
	page, err := f.read(cmd.Context(), db)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := format.Render(&out, page); err != nil {
		return err
	}
	return writeFile(cmd.OutOrStdout(), f.output, out.Bytes())
}

// read makes the views and fills the report.
func (f *reportFlags) read(ctx context.Context, db *sql.DB) (*report.Report, error) {
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
	if err := engine.CompareDays(ctx, db); err != nil {
		return nil, err
	}
	page, err := report.Read(ctx, db)
	if err != nil {
		return nil, err
	}
	if page.Population.Accounts == 0 {
		return nil, &exitError{exitData, errors.New("there is no snapshot to report on: the issues say why, " +
			"iamcensus ingest lists them in table ingest_issue" + issueHint(page))}
	}
	if f.CompareWith != "" {
		published, err := report.ReadPublished(f.CompareWith)
		if err != nil {
			return nil, usage(fmt.Errorf("--compare-with: %w", err))
		}
		page.Compare(published)
	}
	page.Parameters = f.Parameters
	return page, nil
}

// issueHint names the kinds of issues, for the error of an empty census.
func issueHint(page *report.Report) string {
	var lines strings.Builder
	for _, issue := range page.Issues {
		fmt.Fprintf(&lines, "\n  %s (%d files): %s", issue.Kind, issue.Files, issue.Remedy)
	}
	return lines.String()
}

// writeFile writes to stdout for "-", and else to a file that is whole or not
// there at all.
func writeFile(stdout io.Writer, name string, data []byte) error {
	if name == "-" {
		_, err := stdout.Write(data)
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(name), ".iamcensus-*")
	if err != nil {
		return fmt.Errorf("-o %s: %w", name, cause(err))
	}
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Chmod(0o644), temp.Close())
	if err == nil {
		err = os.Rename(temp.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("-o %s: %w", name, cause(err)), os.Remove(temp.Name()))
	}
	return nil
}

// cause is what went wrong, without the name of the temporary file.
func cause(err error) error {
	var path *os.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.Is(err, os.ErrExist):
		return errors.New("a folder has this name")
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func newReport() *cobra.Command {
	var write reportFlags
	var path string
	cmd := &cobra.Command{
		Use:     "report --db FILE",
		Short:   "Write the statistical summary of a database",
		Long:    "Write the statistical summary of a database that iamcensus ingest made. The database stays as it is.",
		Example: "  iamcensus report --db census.duckdb -o report.md\n  iamcensus report --db census.duckdb --format json --set key_rotation.days=45",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			db, err := openDatabase(cmd.Context(), path, engine.ReadOnly)
			if err != nil {
				return err
			}
			return errors.Join(write.write(cmd, db), db.Close())
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "database file")
	write.add(cmd.Flags())
	return cmd
}
