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

// offerSettings offers the names of all settings, each with its =.
func offerSettings(cmd *cobra.Command, _ []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	names, err := settingNames(cmd)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	for i := range names {
		names[i] += "="
	}
	return names, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// settingNames reads the names from a database without snapshots.
func settingNames(cmd *cobra.Command) ([]string, error) {
	ctx := cmd.Context()
	db, err := openDatabase(ctx, "", readWrite)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	if err := engine.CreateViews(ctx, db, engine.Choices{}); err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "select distinct setting_id from setting order by 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var names []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, rows.Err()
}
