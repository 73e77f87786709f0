package synth

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"time"
)

// maxUsers is the quota of IAM users in an account.
const maxUsers = 5000

// A Target is a published figure that the data must meet: a count (Numerator of
// Denominator) or a Month ("2006-01"). The ids are the keys of figures and months.
type Target struct {
	ID          string `json:"id"`
	Numerator   int    `json:"numerator"`
	Denominator int    `json:"denominator"`
	Month       string `json:"month"`
}

// Options describe a data set. All counts are met exactly.
type Options struct {
	Accounts      int
	Standalone    int // accounts outside any AWS Organization, among Accounts
	Organizations int // at least one account each
	Users         int // at most 5000 per account
	Seed          uint64
	CapturedAt    time.Time // only its day in UTC counts; 2017 or later
	Targets       []Target  // none: nothing is fitted, and memory does not depend on Users
	Documents     Documents
	Entities      int // users included; with Documents only
}

// Write generates snapshots below dir, in a folder named by the day of capture, which
// must not exist. A cancelled ctx leaves that folder incomplete.
func Write(ctx context.Context, dir string, o Options) error {
	if err := o.check(); err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	g, err := newGenerator(ctx, o)
	if err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	day := filepath.Join(dir, o.CapturedAt.UTC().Format(time.DateOnly))
	if err := os.Mkdir(day, 0o777); err != nil {
		return fmt.Errorf("synth: %w: remove it or choose another folder", err)
	}
	if err := g.write(ctx, day); err != nil {
		return fmt.Errorf("synth: %w", err)
	}
	return nil
}

func (o Options) check() error {
	// An earlier capture leaves no room for a year without use after AWS began to
	// record the use of keys in 2015. AWS Organizations exists since 2017.
	firstYear, entities := 2017, 0
	if o.Documents != ReportsOnly {
		firstYear, entities = 2018, o.Users
	}
	return cmp.Or(
		within("accounts", o.Accounts, 1, math.MaxInt32),
		within("organizations", o.Organizations, 1, o.Accounts),
		within("standalone accounts", o.Standalone, 0, o.Accounts),
		within("users", o.Users, 0, o.Accounts*maxUsers),
		within("entities", o.Entities, entities, o.Users+o.Accounts*maxEntities),
		within("year of capture", o.CapturedAt.UTC().Year(), firstYear, 9999),
	)
}

func within(what string, n, low, high int) error {
	if n < low || n > high {
		return fmt.Errorf("%d %s: must be %d to %d", n, what, low, high)
	}
	return nil
}

// A generator has what is common to all accounts. It is read-only while writers run.
type generator struct {
	Options
	plan
	calendar
	fitted []user // all users by account; nil = each account draws its own
}

func newGenerator(ctx context.Context, o Options) (*generator, error) {
	g := &generator{Options: o, plan: newPlan(o)}
	midnight := o.CapturedAt.UTC().Truncate(24 * time.Hour)
	var err error
	if g.calendar, err = newCalendar(midnight.Unix(), o.Targets); err != nil || len(o.Targets) == 0 {
		return g, err
	}
	g.fitted = g.allUsers()
	return g, g.fit(ctx)
}
