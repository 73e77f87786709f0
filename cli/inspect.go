package cli

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"iamcensus/ingest"
	"iamcensus/report"
	"iamcensus/report/text"
)

var inspectionFormats = []report.Format[ingest.Inspected]{
	{Name: "text", Suffix: ".txt", Render: renderInspected},
	{Name: "json", Suffix: ".json", Render: report.RenderJSONLine[ingest.Inspected]},
}

func newInspect() *cobra.Command {
	var load loadFlags
	var problemsOnly bool
	var out *output[ingest.Inspected]
	cmd := &cobra.Command{
		Use:   "inspect PATH...",
		Short: "Show how each file is read",
		Long: `Show how each file is read: its format, organization, account, snapshot time,
rows and issues. No database is needed.`,
		Example: "  iamcensus inspect snapshots/sample\n  iamcensus inspect customers/ --problems-only\n" +
			"  iamcensus inspect report.csv --captured-at 2021-01-24 --json",
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := load.options(cmd, args)
			if err != nil {
				return err
			}
			var total inspected
			line, end := load.follow(cmd, &options)
			err = out.each(cmd, func(write func(ingest.Inspected) error) error {
				return ingest.Inspect(cmd.Context(), options, func(file ingest.Inspected) error {
					total.add(file)
					if problemsOnly && len(file.Issues) == 0 {
						return nil
					}
					line.Wipe() // it may be on the same terminal
					return write(file)
				})
			})
			end()
			if err == nil {
				_, err = fmt.Fprintln(cmd.ErrOrStderr(), total)
			}
			if err == nil && load.strict {
				err = strictError(total.issues)
			}
			return err
		},
	}
	load.add(cmd)
	cmd.Flags().BoolVar(&problemsOnly, "problems-only", false, "show only files with issues")
	out = addOutput(cmd, inspectionFormats).addJSON(cmd)
	return cmd
}

// inspected counts files.
type inspected struct{ files, recognized, ignored, rowsRead, rowsTaken, issues int64 }

func (t *inspected) add(file ingest.Inspected) {
	t.files++
	switch file.Format {
	case "":
	case "ignored":
		t.ignored++
	default:
		t.recognized++
	}
	t.rowsRead += file.RowsRead
	t.rowsTaken += file.RowsTaken
	t.issues += int64(len(file.Issues))
}

func (t inspected) String() string {
	ignored := ""
	if t.ignored > 0 {
		ignored = ", " + text.Count(t.ignored) + " ignored"
	}
	return fmt.Sprintf("%s (%s recognized%s); %s read = %s accepted + %s refused; %s",
		text.Quantity(t.files, "file"), text.Count(t.recognized), ignored, text.Quantity(t.rowsRead, "row"),
		text.Count(t.rowsTaken), text.Count(t.rowsRead-t.rowsTaken), text.Quantity(t.issues, "issue"))
}

// renderInspected writes a file and, below it, its accounts and issues, each in a
// line that is safe for a terminal.
func renderInspected(w io.Writer, file ingest.Inspected) error {
	var b strings.Builder
	line := func(format string, args ...any) { b.WriteString(visible(fmt.Sprintf(format, args...)) + "\n") }
	line("%s: %s, %s of %s", file.Path, cmp.Or(file.Format, "not recognized"), text.Count(file.RowsTaken), text.Quantity(file.RowsRead, "row"))
	for _, c := range file.Contents {
		owner := c.Organization
		if c.Account != "" {
			owner += " / " + c.Account
		}
		line("    %s at %s (%s): %s", owner, c.CapturedAt, c.Source, text.Quantity(c.Rows, "row"))
	}
	for _, issue := range file.Issues {
		place := ""
		if issue.Line > 0 {
			place = fmt.Sprintf("line %d: ", issue.Line)
		}
		if issue.Column != "" {
			place += issue.Column + ": "
		}
		line("    %s%s: %s; %s", place, issue.Kind, issue.Reason, issue.Remedy)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
