package cli

import (
	"encoding/json"
	"fmt"
	"iamcensus/snapshots/formats"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

func newFormats() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "formats",
		Short:   "List what can be read",
		Long:    "List the kinds of files that can be read. A file is recognized by its content, never by its name.",
		Example: "  iamcensus formats\n  iamcensus formats --json",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			type format struct {
				Name  string `json:"name"`
				Title string `json:"title"`
			}
			list := make([]format, len(formats.Formats))
			for i, f := range formats.Formats {
				list[i] = format{f.Name, f.Title}
			}
			if asJSON {
				encoder := json.NewEncoder(cmd.OutOrStdout())
				encoder.SetIndent("", "  ")
				return encoder.Encode(list)
			}
			out := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
			for _, f := range list {
				fmt.Fprintf(out, "%s\t%s\n", f.Name, f.Title)
			}
			return out.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
