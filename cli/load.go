package cli

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/cli/progress"
	"iamcensus/engine"
	"iamcensus/ingest"
	"iamcensus/report/text"
	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
)

// loadFlags are the flags of the commands that read snapshots.
type loadFlags struct {
	capturedAt   string
	organization string
	overrule     bool
	account      string
	layout       string
	limits       files.Limits
	jobs         int
	strict       bool
	progress     bool
}

func (f *loadFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.capturedAt, "captured-at", "", "snapshot `time` for files without one: 2021-01-24 or 2021-01-24T00:00:00Z")
	flags.StringVar(&f.organization, "organization", "", "organization `name` for files without one")
	flags.BoolVar(&f.overrule, "overrule-manifests", false, "take --organization for all files, whatever a manifest, --layout or folder names")
	flags.StringVar(&f.account, "account", "", "account `id` for files without one")
	flags.StringVar(&f.layout, "layout", "", "`pattern` of the paths below the folder: {date}/{organization}.zip/{account}")
	flags.IntVarP(&f.jobs, "jobs", "j", min(runtime.GOMAXPROCS(0), maxJobs), "`number` of processors to use; DuckDB uses one more while it stores rows")
	flags.BoolVar(&f.strict, "strict", false, "exit with code 2 if there are data issues")
	flags.BoolVar(&f.progress, "progress", false, "show progress without a terminal, too: a line every ten seconds")

	limits, standard := &f.limits, files.DefaultLimits
	flags.Int64Var(&limits.FileBytes, "max-file-size", standard.FileBytes, "maximum size of a file or archive member, unpacked, in `bytes`")
	flags.Int64Var(&limits.ArchiveBytes, "max-archive-size", standard.ArchiveBytes, "maximum size of an archive, unpacked, nested archives included, in `bytes`")
	flags.Int64Var(&limits.Ratio, "max-ratio", standard.Ratio, "maximum `ratio` of unpacked to packed bytes, after the first 64 KiB")
	flags.IntVar(&limits.Members, "max-members", standard.Members, "maximum `number` of files and folders in an archive, nested archives included")
	flags.IntVar(&limits.PathBytes, "max-path-length", standard.PathBytes, "maximum length of a path, below the folder or in the archive, in `bytes`")
	flags.IntVar(&limits.Depth, "max-depth", standard.Depth, "maximum `number` of nested folders, in archives too")
	flags.IntVar(&limits.Nesting, "max-nesting", standard.Nesting, "maximum `number` of nested archives, the outermost included")
	flags.IntVar(&limits.Table.RowBytes, "max-row-length", standard.Table.RowBytes, "maximum length of a row in CSV or JSON, in `bytes`")
	flags.IntVar(&limits.Table.Columns, "max-columns", standard.Table.Columns, "maximum `number` of columns of a table, or of keys in a JSON object")
	flags.IntVar(&limits.Table.Rows, "max-rows", standard.Table.Rows, "maximum `number` of rows of a table, or of elements in the lists of a JSON file")
	flags.IntVar(&limits.JSONDepth, "max-json-depth", standard.JSONDepth, "maximum `number` of nested objects and lists in JSON")
	markLimits(flags, "max-file-size", "max-archive-size", "max-ratio", "max-members", "max-path-length", "max-depth", "max-nesting", "max-row-length", "max-columns", "max-rows", "max-json-depth")
}

// maxJobs is the maximum of --jobs: each needs memory.
const maxJobs = 1024

// options are the flags as ingest takes them.
func (f *loadFlags) options(cmd *cobra.Command, paths []string) (ingest.Options, error) {
	o := ingest.Options{
		Paths:     paths,
		Limits:    f.limits,
		Stdin:     cmd.InOrStdin(),
		Jobs:      f.jobs,
		Version:   version(),
		Arguments: files.UTF8Name(strings.Join(paths, " ")),
		Now:       time.Now,
	}
	if f.jobs < 1 || f.jobs > maxJobs {
		return o, usage(fmt.Errorf("--jobs %d: it must be from 1 to %d", f.jobs, maxJobs))
	}
	for _, path := range paths {
		if path == files.Stdin {
			continue
		}
		if _, err := os.Stat(path); err != nil {
			return o, usage(fmt.Errorf("%w: name an existing folder or file", err))
		}
	}
	return o, f.attribute(&o)
}

// attribute sets what the flags say of whose the files are, and when they were made.
func (f *loadFlags) attribute(o *ingest.Options) (err error) {
	var capturedAt snapshots.Date
	if f.capturedAt != "" {
		if capturedAt, err = snapshots.ParseCapturedAt(f.capturedAt); err != nil {
			return usage(fmt.Errorf("--captured-at: %w", err))
		}
	}
	for _, flag := range [][2]string{{"--organization", f.organization}, {"--account", f.account}} {
		if err := files.CheckName(flag[1]); err != nil {
			return usage(fmt.Errorf("%s: %w", flag[0], err))
		}
	}
	if f.overrule && f.organization == "" {
		return usage(errors.New("--overrule-manifests needs --organization"))
	}
	o.Overrule = f.overrule
	o.Fallback = files.AttributionByFlags(f.organization, f.account, capturedAt)
	if f.layout != "" {
		if o.Layout, err = files.ParseLayout(f.layout); err != nil {
			return usage(fmt.Errorf("--layout %s: %w", snapshots.Quote(f.layout), err))
		}
	}
	return nil
}

// load reads the files into the database, prints a summary on stderr, and runs
// the data tests of the tables.
func (f *loadFlags) load(cmd *cobra.Command, db *sql.DB, options ingest.Options) error {
	processors := min(options.Jobs, runtime.NumCPU())
	runtime.GOMAXPROCS(processors)
	if _, err := db.ExecContext(cmd.Context(), fmt.Sprintf("set threads = %d", processors)); err != nil {
		return err
	}
	_, end := f.follow(cmd, &options)
	summary, err := ingest.Load(cmd.Context(), db, options)
	end()
	if err != nil {
		return err
	}
	printSummary(cmd.ErrOrStderr(), summary)
	defer working(cmd, "checking the data")()
	return testData(cmd.Context(), db)
}

// follow shows the progress of options until end is called.
func (f *loadFlags) follow(cmd *cobra.Command, options *ingest.Options) (line *progress.Line, end func()) {
	line = progress.New(cmd.ErrOrStderr(), f.progress, options.Now)
	options.Progress = func(p ingest.Progress) { line.Step(progress.Counts(p)) }
	return line, line.Follow(cmd.Context(), options.Paths)
}

// inMemory loads the paths into a database in memory.
func (f *loadFlags) inMemory(cmd *cobra.Command, paths []string) (*sql.DB, error) {
	options, err := f.options(cmd, paths)
	if err != nil {
		return nil, err
	}
	db, err := openDatabase(cmd.Context(), "", engine.ReadWrite)
	if err != nil {
		return nil, err
	}
	if err := f.load(cmd, db, options); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// verdict is the error of --strict: any issue of a file in the database counts,
// whichever run found it.
func (f *loadFlags) verdict(ctx context.Context, db *sql.DB) error {
	if !f.strict {
		return nil
	}
	issues, err := ingest.CountIssues(ctx, db)
	if err != nil {
		return err
	}
	return strictError(issues)
}

func strictError(issues int64) error {
	if issues == 0 {
		return nil
	}
	return &exitError{code: exitData, err: fmt.Errorf("--strict: %s; iamcensus inspect, the report and views ingest_issue and mart_data_issue list them", text.Quantity(issues, "data issue"))}
}

// testData runs the data tests of the tables. A row that one returns is an error.
func testData(ctx context.Context, db *sql.DB) error {
	failures, err := engine.Test(ctx, db)
	if err != nil || len(failures) == 0 {
		return err
	}
	failed := make([]error, len(failures))
	for i, f := range failures {
		failed[i] = fmt.Errorf("internal consistency check failed (%s): %s; please report this", f.Test, f.Row)
	}
	return errors.Join(failed...)
}

func printSummary(stderr io.Writer, s ingest.Summary) {
	fmt.Fprintf(stderr, "%s (%s unchanged); %s; %s read = %s loaded + %s refused; %s\n",
		text.Quantity(s.Files, "file"), text.Count(s.Unchanged), text.Quantity(s.Snapshots, "new snapshot"),
		text.Quantity(s.RowsRead, "row"), text.Count(s.RowsLoaded), text.Count(s.RowsRefused), text.Quantity(int64(s.Issues), "new issue"))
	for _, warning := range s.Warnings {
		fmt.Fprintln(stderr, warning)
	}
	if s.Reattributed > 0 {
		fmt.Fprintf(stderr, "manifests, folders or flags now attribute %s of the database otherwise: to apply that, ingest into a new database\n",
			text.Quantity(s.Reattributed, "file"))
	}
}
