package cli

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/report"
	"iamcensus/snapshots"
	"iamcensus/snapshots/synth"
)

func newSynth() *cobra.Command {
	var o synth.Options
	var preset, output, capturedAt string
	var documents bool
	cmd := &cobra.Command{
		Use:   "synth -o DIR",
		Short: "Make synthetic snapshots: the reference data set, or any size of it",
		Long: `Make a folder of synthetic snapshots in the form of real ones. With --preset
article they are fitted so that the published figures come out exactly: that
shows that the definitions and the arithmetic reproduce the article, not that
the article's data were seen. As in the article, the policies of the accounts
in AWS Organizations are withheld; --preset article-with-scps has the same
accounts and users, and the policies too. The same flags give the same bytes.`,
		Example: "  iamcensus synth --preset article -o build/article\n  iamcensus synth --accounts 1000 --users 20000 --orgs 50 --seed 7 -o /tmp/census",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				return usage(errors.New("-o is missing: name the folder to write"))
			}
			at, err := snapshots.ParseCapturedAt(capturedAt)
			if err != nil {
				return usage(fmt.Errorf("--captured-at: %w", err))
			}
			o.CapturedAt = time.Unix(at.Unix, 0).UTC()
			if documents {
				o.Documents, o.Entities = synth.AllDocuments, o.Users+entitiesPerAccount*o.Accounts
			}
			if preset != "" {
				if err := applyPreset(cmd, preset, &o); err != nil {
					return err
				}
			}
			if err := synth.Write(cmd.Context(), output, o); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d users in %d accounts of %d organizations\n", output, o.Users, o.Accounts, o.Organizations)
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&preset, "preset", "", "article: the population of the article, fitted to its figures; article-with-scps: the same with service control policies")
	flags.StringVarP(&output, "output", "o", "", "folder to write; it must be empty or not exist")
	flags.IntVar(&o.Accounts, "accounts", 100, "AWS accounts")
	flags.IntVar(&o.Standalone, "standalone", 0, "of them outside any AWS Organization")
	flags.IntVar(&o.Organizations, "orgs", 30, "organizations")
	flags.IntVar(&o.Users, "users", 1000, "IAM users")
	flags.Uint64Var(&o.Seed, "seed", 1, "seed of the random numbers")
	flags.BoolVar(&documents, "documents", false, "also write account summaries, password policies, Config snapshots and AWS Organizations with their policies")
	flags.StringVar(&capturedAt, "captured-at", "2021-01-24", "time of the snapshots")
	return cmd
}

// entitiesPerAccount is how many there are beside users, with --documents.
const entitiesPerAccount = 300

// presets say which documents come with the article's credential reports.
var presets = map[string]synth.Documents{
	"article":           synth.PoliciesWithheld,
	"article-with-scps": synth.AllDocuments,
}

// articleOrganizations is our choice: the article says several hundred.
const articleOrganizations = 412

// applyPreset takes scope and figures from the published reference.
func applyPreset(cmd *cobra.Command, preset string, o *synth.Options) error {
	documents, ok := presets[preset]
	if !ok {
		return usage(fmt.Errorf("--preset %s: there is only article and article-with-scps", preset))
	}
	for _, name := range []string{"accounts", "standalone", "orgs", "users", "documents", "captured-at"} {
		if cmd.Flags().Changed(name) {
			return usage(fmt.Errorf("--%s does not go with --preset %s, which sets it", name, preset))
		}
	}
	article, err := report.ReadPublished("article")
	if err != nil {
		return err
	}
	if o.CapturedAt, err = time.Parse(time.DateOnly, article.CapturedOn); err != nil {
		return err
	}
	o.Organizations, o.Documents, o.Entities = articleOrganizations, documents, article.Scope.Entities
	o.Accounts, o.Standalone, o.Users = article.Scope.Accounts, article.Scope.Standalone, article.Scope.Users
	for _, f := range article.Figures {
		target := synth.Target{ID: f.ID, Month: f.Month}
		if f.Numerator != nil && f.Denominator != nil {
			target.Numerator, target.Denominator = int(*f.Numerator), int(*f.Denominator)
		}
		o.Targets = append(o.Targets, target)
	}
	return nil
}
