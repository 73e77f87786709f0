package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"iamcensus/engine"
	"iamcensus/report"
)

// Set by the linker: -ldflags "-X iamcensus/cli.release=v1.2.3 ...".
var (
	release string // tag
	commit  string // hash
	date    string // of the commit, RFC 3339
)

// build is what a binary was built from.
type build struct {
	Version string `json:"version"` // dev without a tag
	Commit  string `json:"commit"`  // "" if unknown
	Date    string `json:"date"`    // "" if unknown
	Go      string `json:"go"`
	DuckDB  string `json:"duckdb"`
	Schema  int    `json:"schema"` // of the databases that it reads
}

var buildFormats = []report.Format[build]{
	{Name: "text", Suffix: ".txt", Render: func(w io.Writer, b build) error {
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, row := range [][2]string{{"commit", b.Commit}, {"date", b.Date}, {"go", b.Go}, {"duckdb", b.DuckDB}, {"schema", fmt.Sprint(b.Schema)}} {
			if row[1] == "" {
				row[1] = "unknown"
			}
			fmt.Fprintf(table, "%s\t%s\n", row[0], row[1])
		}
		fmt.Fprintln(w, "iamcensus", b.Version)
		return table.Flush()
	}},
	{Name: "json", Suffix: ".json", Render: report.RenderJSON[build]},
}

func newVersion() *cobra.Command {
	var out *output[build]
	cmd := &cobra.Command{
		Use:     "version",
		Short:   "Print version, commit and what it is built with",
		Example: "  iamcensus version\n  iamcensus version --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			b := readBuild()
			var err error
			if b.DuckDB, err = duckDBVersion(cmd.Context()); err != nil {
				return err
			}
			return out.write(cmd, b)
		},
	}
	out = addOutput(cmd, buildFormats).addJSON(cmd)
	return cmd
}

// readBuild falls back to what the Go toolchain records. DuckDB's version is
// left out.
func readBuild() build {
	b := build{Version: release, Commit: commit, Date: date, Go: runtime.Version(), Schema: engine.Version}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			switch {
			case setting.Key == "vcs.revision" && b.Commit == "":
				b.Commit = setting.Value
			case setting.Key == "vcs.time" && b.Date == "":
				b.Date = setting.Value
			}
		}
	}
	if b.Version == "" {
		b.Version = "dev"
	}
	return b
}

// version is the release and the first digits of the commit, for the ledger.
func version() string {
	b := readBuild()
	if b.Commit == "" {
		return b.Version
	}
	return b.Version + " " + b.Commit[:min(12, len(b.Commit))]
}

func duckDBVersion(ctx context.Context) (version string, err error) {
	db, err := openDatabase(ctx, "", engine.ReadWrite)
	if err != nil {
		return "", err
	}
	err = db.QueryRowContext(ctx, "select version()").Scan(&version)
	return version, errors.Join(err, db.Close())
}
