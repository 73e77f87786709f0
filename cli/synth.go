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
	cmd := &cobra.Command{
		Use:   "synth -o DIR",
		Short: "Make synthetic snapshots: the reference data set, or any size of it",
		Long: `Make a folder of synthetic snapshots in the form of real ones. With --preset
article they are fitted so that the published figures come out exactly: that
shows that the definitions and the arithmetic reproduce the article, not that
the article's data were seen. The same flags give the same bytes.`,
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
			switch preset {
			case "":
			case "article":
				if err := articlePreset(cmd, &o); err != nil {
					return err
				}
			default:
				return usage(fmt.Errorf("--preset %s: there is only article", preset))
			}
			if err := synth.Write(cmd.Context(), output, o); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d users in %d accounts of %d organizations\n", output, o.Users, o.Accounts, o.Organizations)
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&preset, "preset", "", "article: the population of the article, fitted to its figures")
	flags.StringVarP(&output, "output", "o", "", "folder to write; it must be empty or not exist")
	flags.IntVar(&o.Accounts, "accounts", 100, "AWS accounts")
	flags.IntVar(&o.Standalone, "standalone", 0, "of them outside any AWS Organization")
	flags.IntVar(&o.Organizations, "orgs", 30, "organizations")
	flags.IntVar(&o.Users, "users", 1000, "IAM users")
	flags.Uint64Var(&o.Seed, "seed", 1, "seed of the random numbers")
	flags.StringVar(&capturedAt, "captured-at", "2021-01-24", "time of the snapshots")
	return cmd
}

// articleOrganizations is our choice: the article says several hundred.
const articleOrganizations = 412

// articlePreset takes scope and figures from the published reference.
func articlePreset(cmd *cobra.Command, o *synth.Options) error {
	for _, name := range []string{"accounts", "standalone", "orgs", "users", "captured-at"} {
		if cmd.Flags().Changed(name) {
			return usage(fmt.Errorf("--%s does not go with --preset article, which sets it", name))
		}
	}
	article, err := report.ReadPublished("article")
	if err != nil {
		return err
	}
	if o.CapturedAt, err = time.Parse(time.DateOnly, article.CapturedOn); err != nil {
		return err
	}
	o.Organizations = articleOrganizations
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
