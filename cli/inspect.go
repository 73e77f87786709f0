package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"iamcensus/ingest"
)

func newInspect() *cobra.Command {
	var load loadFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "inspect PATH...",
		Short:   "Say what each file is taken for",
		Long:    "Say for each file what it is taken for, its organization, account and time, its rows and issues, without a database.",
		Example: "  iamcensus inspect snapshots/sample\n  iamcensus inspect --json report.csv --captured-at 2021-01-24",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			options, err := load.options(cmd, args)
			if err != nil {
				return err
			}
			issues := 0
			encoder := json.NewEncoder(cmd.OutOrStdout())
			err = ingest.Inspect(cmd.Context(), options, func(file ingest.Inspected) error {
				issues += len(file.Issues)
				if asJSON {
					return encoder.Encode(file)
				}
				_, err := fmt.Fprint(cmd.OutOrStdout(), inspectedText(file))
				return err
			})
			return errors.Join(err, load.verdict(issues))
		},
	}
	load.add(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object per file")
	return cmd
}

// inspectedText writes a file and, below it, its accounts and issues.
func inspectedText(file ingest.Inspected) string {
	var b strings.Builder
	format := file.Format
	if format == "" {
		format = "not recognized"
	}
	fmt.Fprintf(&b, "%s: %s, %d of %d rows\n", visible(file.Path), format, file.RowsTaken, file.RowsRead)
	for _, c := range file.Contents {
		whose := visible(c.Organization)
		if c.Account != "" {
			whose += " / " + visible(c.Account)
		}
		fmt.Fprintf(&b, "    %s at %s (%s): %d rows\n", whose, c.CapturedAt, c.Source, c.Rows)
	}
	for _, issue := range file.Issues {
		where := ""
		if issue.Line > 0 {
			where = fmt.Sprintf("line %d: ", issue.Line)
		}
		if issue.Column != "" {
			where += visible(issue.Column) + ": "
		}
		fmt.Fprintf(&b, "    %s%s: %s; %s\n", where, issue.Kind, visible(issue.Reason), visible(issue.Remedy))
	}
	return b.String()
}

// visible shows what would move a terminal's cursor, change its colours or
// turn the direction of writing as its code.
func visible(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return s
	}
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}
