package cli

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"iamcensus/report"
	"iamcensus/report/text"
	"iamcensus/snapshots"
	"iamcensus/snapshots/synth"
)

func newSynth() *cobra.Command {
	var o synth.Options
	var preset, output, capturedAt string
	var documents bool
	cmd := &cobra.Command{
		Use:   "synth -o FOLDER",
		Short: "Generate synthetic snapshots",
		Long: `Generate a folder of synthetic snapshots, of any size. The same flags give the
same bytes.

With --preset article the snapshots are fitted so that the published figures
come out exactly: that shows that the definitions and the arithmetic reproduce
the article, not that the article's data were seen. As in the article, the
policies of the accounts in AWS Organizations are withheld; --preset
article-with-scps has the same accounts and users, and the policies too.`,
		Example: "  iamcensus synth --preset article -o build/article\n  iamcensus synth --accounts 1000 --users 20000 --orgs 50 --seed 7 -o /tmp/census",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if output == "" {
				return usage(errors.New("-o is missing: name the output folder"))
			}
			at, err := snapshots.ParseCapturedAt(capturedAt)
			if err != nil {
				return usage(fmt.Errorf("--captured-at: %w", err))
			}
			o.CapturedAt = time.Unix(at.At.Unix, 0).UTC()
			if documents {
				o.Documents, o.Entities = synth.AllDocuments, o.Users+entitiesPerAccount*o.Accounts
			}
			if preset != "" {
				if err := applyPreset(cmd, preset, &o); err != nil {
					return err
				}
			}
			done := working(cmd, "writing snapshots")
			err = synth.Write(cmd.Context(), output, o)
			done()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s in %s of %s\n", output,
				text.Quantity(int64(o.Users), "user"), text.Quantity(int64(o.Accounts), "account"), text.Quantity(int64(o.Organizations), "organization"))
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&preset, "preset", "", "`name` of a preset: article or article-with-scps")
	complete(cmd, "preset", offer(slices.Sorted(maps.Keys(presets))...))
	flags.StringVarP(&output, "output", "o", "", "output `folder`, empty or new")
	flags.IntVar(&o.Accounts, "accounts", 100, "`number` of AWS accounts")
	flags.IntVar(&o.Standalone, "standalone", 0, "`number` of accounts outside any AWS Organization, of --accounts")
	flags.IntVar(&o.Organizations, "orgs", 30, "`number` of organizations")
	flags.IntVar(&o.Users, "users", 1000, "`number` of IAM users")
	flags.Uint64Var(&o.Seed, "seed", 1, "seed of the random numbers")
	flags.BoolVar(&documents, "documents", false, "write account summaries, password policies, Config snapshots and AWS Organizations with their policies, too")
	flags.StringVar(&capturedAt, "captured-at", "2021-01-24", "snapshot `time`")
	return cmd
}

// entitiesPerAccount is the number of entities other than users, with --documents.
const entitiesPerAccount = 300

// presets are the documents beside the article's credential reports.
var presets = map[string]synth.Documents{
	"article":           synth.PoliciesWithheld,
	"article-with-scps": synth.AllDocuments,
}

// articleOrganizations is a choice: the article says "several hundred".
const articleOrganizations = 412

// applyPreset takes scope and target figures from the published reference.
func applyPreset(cmd *cobra.Command, preset string, o *synth.Options) error {
	documents, ok := presets[preset]
	if !ok {
		return usage(fmt.Errorf("--preset %s: unknown preset; use article or article-with-scps", preset))
	}
	for _, name := range []string{"accounts", "standalone", "orgs", "users", "documents", "captured-at"} {
		if onCommandLine(cmd, name) {
			return usage(fmt.Errorf("--%s cannot be combined with --preset %s, which sets it", name, preset))
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
