package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// limitGroup is the annotation of flags that --help lists apart.
const limitGroup = "limit flags"

// markLimits puts flags into the group of limits.
func markLimits(flags *pflag.FlagSet, names ...string) {
	for _, name := range names {
		if err := flags.SetAnnotation(name, limitGroup, nil); err != nil {
			panic(err) // a misspelled name
		}
	}
}

// setHelp makes --help list the flags of limits as a group of their own.
func setHelp(root *cobra.Command) {
	cobra.AddTemplateFunc("limitFlags", func(all *pflag.FlagSet) *pflag.FlagSet { return grouped(all, true) })
	cobra.AddTemplateFunc("otherFlags", func(all *pflag.FlagSet) *pflag.FlagSet { return grouped(all, false) })
	const flags = "{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}"
	const groups = "{{(otherFlags .LocalFlags).FlagUsages | trimTrailingWhitespaces}}{{if (limitFlags .LocalFlags).HasFlags}}\n\n" +
		"Limit flags:\n{{(limitFlags .LocalFlags).FlagUsages | trimTrailingWhitespaces}}{{end}}{{end}}"
	root.SetUsageTemplate(strings.Replace(root.UsageTemplate(), flags, groups, 1))
}

// refuseUnknownTopics makes iamcensus help NAME fail for what is no command;
// cobra would print the name as it is, and succeed.
func refuseUnknownTopics(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	help, _, _ := root.Find([]string{"help"})
	help.Args = func(_ *cobra.Command, topic []string) error {
		_, _, err := root.Find(topic)
		return err
	}
}

func grouped(all *pflag.FlagSet, limits bool) *pflag.FlagSet {
	group := pflag.NewFlagSet("", pflag.ContinueOnError)
	all.VisitAll(func(f *pflag.Flag) {
		if _, limit := f.Annotations[limitGroup]; limit == limits {
			shown := *f
			if f.Value.Type() == "bool" {
				shown.Value = switchValue{f.Value}
			}
			group.AddFlag(&shown)
		}
	})
	return group
}

// switchValue hides from pflag that --flag alone is possible, since it would
// print --flag[=true|false].
type switchValue struct{ pflag.Value }
