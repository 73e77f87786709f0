package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iamcensus/engine"
	"iamcensus/ingest"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// loadFlags are shared by the commands that load files.
type loadFlags struct {
	capturedAt   string
	organization string
	limits       files.Limits
	jobs         int
	strict       bool
	progress     bool
}

func (f *loadFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.capturedAt, "captured-at", "", "time of reports that nothing else dates: 2021-01-24 or 2021-01-24T00:00:00Z")
	flags.StringVar(&f.organization, "organization", "", "organization of files that no manifest and no folder assigns")
	limits, most := &f.limits, files.DefaultLimits
	flags.Int64Var(&limits.FileBytes, "max-file-size", most.FileBytes, "most bytes of a file or of a member of an archive, unpacked")
	flags.Int64Var(&limits.ArchiveBytes, "max-archive-size", most.ArchiveBytes, "most bytes that one archive may unpack to, with the archives in it")
	flags.Int64Var(&limits.Ratio, "max-ratio", most.Ratio, "most bytes that one packed byte may unpack to, after the first MiB")
	flags.IntVar(&limits.Members, "max-members", most.Members, "most files and folders in one archive")
	flags.IntVar(&limits.PathBytes, "max-path-length", most.PathBytes, "most bytes of a path, below the folder or in the archive")
	flags.IntVar(&limits.Depth, "max-depth", most.Depth, "most folders below one another, in archives too")
	flags.IntVar(&limits.Nesting, "max-nesting", most.Nesting, "most archives inside one another, the outermost counted")
	flags.IntVar(&limits.RowBytes, "max-row-length", most.RowBytes, "most bytes of a row of CSV, and so of a cell")
	flags.IntVar(&limits.JSONDepth, "max-json-depth", most.JSONDepth, "most objects and lists inside one another in JSON")
	flags.IntVarP(&f.jobs, "jobs", "j", runtime.GOMAXPROCS(0), "cores to use; while rows are stored, DuckDB takes one more")
	flags.BoolVar(&f.strict, "strict", false, "exit with 2 if there is any issue with the data")
	flags.BoolVar(&f.progress, "progress", false, "show progress even where stderr is no terminal: a line every ten seconds")
}

// options are the flags as ingest wants them.
func (f *loadFlags) options(cmd *cobra.Command, paths []string) (ingest.Options, error) {
	o := ingest.Options{
		Paths:     paths,
		Fallback:  files.Attribution{Organization: f.organization},
		Limits:    f.limits,
		Stdin:     cmd.InOrStdin(),
		Jobs:      f.jobs,
		Version:   version(),
		Arguments: strings.Join(paths, " "),
		Now:       time.Now,
	}
	if f.jobs < 1 {
		return o, usage(fmt.Errorf("--jobs %d: it takes at least one", f.jobs))
	}
	for _, path := range paths {
		if path == files.Stdin {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return o, usage(fmt.Errorf("%w: name a folder or a file that exists", err))
		}
	}
	if f.capturedAt != "" {
		at, err := snapshots.ParseCapturedAt(f.capturedAt)
		if err != nil {
			return o, usage(fmt.Errorf("--captured-at: %w", err))
		}
		o.Fallback.CapturedAt, o.Fallback.CapturedAtSource = at, "flag"
	}
	return o, nil
}

func newIngest() *cobra.Command {
	var load loadFlags
	var path string
	cmd := &cobra.Command{
		Use:   "ingest DIR... --db FILE",
		Short: "Load snapshots into a database",
		Long: `Load snapshots into a DuckDB database: folders, files, archives, or standard
input as -. It may be called again, with more folders or the same: what is loaded stays, and what is
new is added. Convention: <date>/<organization>/<account>/credential_report.csv;
a manifest.json says otherwise for everything below it.`,
		Example: "  iamcensus ingest snapshots/sample --db census.duckdb\n  iamcensus ingest report.csv --captured-at 2021-01-24 --organization acme --db census.duckdb",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if path == "" {
				return usage(errors.New("--db is missing: name the database file"))
			}
			options, err := load.options(cmd, args)
			if err != nil {
				return err
			}
			db, err := openDatabase(cmd.Context(), path, engine.ReadWrite)
			if err != nil {
				return err
			}
			summary, err := load.run(cmd, db, options)
			if err == nil {
				err = settle(cmd.Context(), db, path)
			}
			if err := errors.Join(err, db.Close()); err != nil {
				return err
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s is ready: iamcensus report --db %s\n", path, path)
			return load.verdict(summary.Issues)
		},
	}
	cmd.Flags().StringVar(&path, "db", "", "database file; made if it does not exist")
	load.add(cmd.Flags())
	return cmd
}

// run loads the files, makes the views, runs the data tests, and says on
// stderr what happened.
func (f *loadFlags) run(cmd *cobra.Command, db *sql.DB, options ingest.Options) (ingest.Summary, error) {
	cores := min(options.Jobs, runtime.NumCPU())
	runtime.GOMAXPROCS(cores)
	if _, err := db.ExecContext(cmd.Context(), fmt.Sprintf("set threads = %d", cores)); err != nil {
		return ingest.Summary{}, err
	}
	end := func() {}
	if progress := newProgress(cmd.ErrOrStderr(), f.progress, options.Now); progress != nil {
		options.Progress = progress.step
		end = progress.follow(cmd.Context(), options.Paths)
	}
	summary, err := ingest.Load(cmd.Context(), db, options)
	end()
	if err != nil {
		return summary, err
	}
	tell(cmd.ErrOrStderr(), summary)
	if err := engine.CreateViews(cmd.Context(), db, engine.Choices{}); err != nil {
		return summary, err
	}
	return summary, testData(cmd.Context(), db, engine.Tables)
}

// testData turns what the data tests return into an error: a broken data set
// gives no report.
func testData(ctx context.Context, db *sql.DB, of string) error {
	failures, err := engine.Test(ctx, db, of)
	if err != nil || len(failures) == 0 {
		return err
	}
	lines := make([]string, len(failures))
	for i, f := range failures {
		lines[i] = fmt.Sprintf("  sql/%s.sql: %s", f.Test, f.Row)
	}
	return fmt.Errorf("the database breaks its own rules, which is a bug of iamcensus:\n%s", strings.Join(lines, "\n"))
}

func tell(stderr io.Writer, s ingest.Summary) {
	fmt.Fprintf(stderr, "%d files, %d unchanged; %d snapshots; %d rows read = %d loaded + %d refused; %d issues\n",
		s.Files, s.Unchanged, s.Snapshots, s.RowsRead, s.RowsLoaded, s.RowsRefused, s.Issues)
	if s.Reattributed > 0 {
		fmt.Fprintf(stderr, "%d files are loaded already, but manifests, folders or flags now say otherwise whose they are: load into a new database to change that\n", s.Reattributed)
	}
}

// verdict is the error of --strict.
func (f *loadFlags) verdict(issues int) error {
	if !f.strict || issues == 0 {
		return nil
	}
	return &exitError{exitData, fmt.Errorf("%d issues with the data: iamcensus inspect, table ingest_issue and the report list them", issues)}
}
