package cli

import (
	"bytes"
	"cmp"
	"database/sql"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/engine"
	"iamcensus/report"
	"iamcensus/report/input"
	"iamcensus/report/text"
)

func newCheck() *cobra.Command {
	var from source
	var allowFiles bool
	cmd := &cobra.Command{
		Use:   "check REPORT DATABASE|PATH...",
		Short: "Verify a report against its data",
		Long: `Verify a report, in Markdown or JSON, against the database or the snapshots that
it was made from: make it again, with the options that are kept in it and from
the files that were there then, and compare the two line by line. Differences are
printed, and the exit code is 1.

Padding and empty lines make no difference. Text of your own belongs into a
quotation that begins with "> Author:", has no HTML and ends with an empty line;
it is listed and not checked.`,
		Example: "  iamcensus check report.md census.duckdb\n  iamcensus check report.json snapshots/sample",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			printed, err := readPrinted(args[0], allowFiles)
			if err != nil {
				return usage(err)
			}
			return from.with(cmd, args[1:], func(db *sql.DB) error {
				var files int64
				if err := db.QueryRowContext(cmd.Context(), "select count(*) from source_file").Scan(&files); err != nil {
					return err
				}
				computed, err := makeAgain(cmd, db, args[0], printed)
				if err != nil {
					return err
				}
				return printCheck(cmd.OutOrStdout(), args[0], files, printed, computed)
			})
		},
	}
	from.add(cmd)
	cmd.Flags().BoolVar(&allowFiles, "allow-files", false, "read the file of published figures that the report names, too")
	return cmd
}

// readPrinted reads a report. What it names is not trusted.
func readPrinted(name string, allowFiles bool) (*report.Printed, error) {
	data, err := input.Read(name, input.MaxReport)
	if err != nil {
		return nil, fmt.Errorf("%w: name a report", err)
	}
	printed, err := report.ReadPrinted(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	with := printed.Parameters.CompareWith
	if _, ok := report.BuiltIn[with]; !ok && with != "" && !allowFiles {
		return nil, fmt.Errorf("%s: the report reads the file %q: add --allow-files if you trust it", name, with)
	}
	return printed, nil
}

// makeAgain makes a report with its parameters, from the files that it names.
func makeAgain(cmd *cobra.Command, db *sql.DB, name string, printed *report.Printed) (*report.Printed, error) {
	ledger := printed.Ledger
	until, err := time.Parse(time.RFC3339, ledger.CapturedUntil)
	if err != nil && ledger.CapturedUntil != "" {
		return nil, usage(fmt.Errorf("%s: invalid time %q in captured_until", name, ledger.CapturedUntil))
	}
	figures := figureFlags{
		Parameters: printed.Parameters, setBy: name,
		pin: engine.Pin{Files: ledger.Files, CapturedUntil: until, SHA256: ledger.SHA256},
	}
	page, err := figures.read(cmd, db)
	if err != nil {
		return nil, err
	}
	page.Version = text.Markdown(printed.Version)
	var out bytes.Buffer
	if err := printed.Format.Render(&out, page); err != nil {
		return nil, err
	}
	return report.ReadPrinted(out.Bytes())
}

// printCheck prints what was compared; files is their number in the database. It
// is an error if anything differs.
func printCheck(out io.Writer, name string, files int64, printed, computed *report.Printed) error {
	name = visible(name)
	for _, line := range first(printed.Author) {
		fmt.Fprintf(out, "%s:%d: text of the author, not checked\n", name, line)
	}
	differences := printed.Compare(computed)
	for _, d := range first(differences) {
		printDifference(out, name, d)
	}
	for _, rest := range []struct {
		n    int
		noun string
	}{{len(printed.Author), "author line"}, {len(differences), "difference"}} {
		if rest.n > maxListed {
			fmt.Fprintf(out, "%s: %s, of which the first %s are listed\n", name, text.Quantity(int64(rest.n), rest.noun), text.Count(maxListed))
		}
	}
	numbers, lines := computed.Numbers()
	fmt.Fprintf(out, "%s: recomputed %s in %s with iamcensus %s from %s of %s (SHA-256 %s)\n", name, text.Quantity(int64(numbers), "number"),
		text.Quantity(int64(lines), "line"), version(), text.Count(computed.Ledger.Files), text.Quantity(files, "file"), computed.Ledger.SHA256)
	if len(differences) == 0 {
		_, err := fmt.Fprintf(out, "%s: no differences\n", name)
		return err
	}
	if printed.Ledger.SHA256 != computed.Ledger.SHA256 {
		fmt.Fprintf(out, "%s was made from other files: %s (SHA-256 %s)\n", name, text.Quantity(printed.Ledger.Files, "file"), visible(printed.Ledger.SHA256))
	}
	if printed.Version != version() {
		fmt.Fprintf(out, "%s was made by another version of iamcensus, which may word it differently: %s\n", name, cmp.Or(printed.Version, "unknown"))
	}
	return &exitError{code: exitCheck, err: fmt.Errorf("%s: %s from the report made again", name, text.Quantity(int64(len(differences)), "difference"))}
}

// maxListed is the maximum number of lines that a check lists.
const maxListed = 1000 // of each kind

func first[T any](list []T) []T { return list[:min(len(list), maxListed)] }

func printDifference(out io.Writer, name string, d report.Difference) {
	printed, computed := "\n  printed:  "+visible(d.Printed), "\n  computed: "+visible(d.Computed)
	what := "the lines differ"
	switch {
	case d.Printed == "":
		what, printed = "a line is missing after this one", ""
	case d.Computed == "":
		what, computed = `not a line of the report; text of your own begins with "> Author:"`, ""
	case d.Printed == d.Computed:
		what, computed = "the line stands in another place", ""
	}
	fmt.Fprintf(out, "%s:%d: %s%s%s\n", name, d.Line, what, printed, computed)
}
