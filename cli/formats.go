package cli

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"iamcensus/report"
	"iamcensus/snapshots/formats"
)

// inputFormat is an input format as scripts read it.
type inputFormat struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

var inputFormatFormats = []report.Format[[]inputFormat]{
	{Name: "text", Suffix: ".txt", Render: func(w io.Writer, list []inputFormat) error {
		table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, f := range list {
			fmt.Fprintf(table, "%s\t%s\n", f.Name, f.Title)
		}
		return table.Flush()
	}},
	{Name: "json", Suffix: ".json", Render: report.RenderJSON[[]inputFormat]},
}

func newFormats() *cobra.Command {
	var out *output[[]inputFormat]
	cmd := &cobra.Command{
		Use:     "formats",
		Short:   "List the input formats",
		Long:    "List the formats of files that can be read. A file is recognized by its content,\nnot by its name.",
		Example: "  iamcensus formats\n  iamcensus formats --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			list := make([]inputFormat, len(formats.Formats))
			for i, f := range formats.Formats {
				list[i] = inputFormat{f.Name, f.Title}
			}
			return out.write(cmd, list)
		},
	}
	out = addOutput(cmd, inputFormatFormats).addJSON(cmd)
	return cmd
}
