package cli

import (
	"github.com/spf13/cobra"

	"iamcensus/engine"
)

// complete offers values of a flag to the shell.
func complete(cmd *cobra.Command, flag string, offer cobra.CompletionFunc) {
	if err := cmd.RegisterFlagCompletionFunc(flag, offer); err != nil {
		panic(err) // a misspelled name
	}
}

// offerWithFiles offers values beside the names of files.
func offerWithFiles(values ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(values, cobra.ShellCompDirectiveDefault)
}

func offer(values ...string) cobra.CompletionFunc {
	return cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)
}

// offerSettings offers the ids of all settings, each with its =.
func offerSettings(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	ids := engine.SettingIDs()
	for i := range ids {
		ids[i] += "="
	}
	return ids, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}
