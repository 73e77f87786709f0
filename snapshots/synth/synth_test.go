package synth_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iamcensus/snapshots/synth"
)

func generate(t *testing.T, o synth.Options) census {
	t.Helper()
	dir := t.TempDir()
	if err := synth.Write(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	return read(t, dir)
}

// general are options for a small data set. Tests spend their time on creating files.
func general(seed uint64) synth.Options {
	return synth.Options{
		Accounts: 60, Standalone: 10, Organizations: 20, Users: 1000, Seed: seed,
		CapturedAt: time.Date(2024, time.March, 1, 0, 0, 0, 0, time.UTC),
	}
}

func withDocuments(seed uint64) synth.Options {
	o := general(seed)
	o.Documents, o.Entities = synth.AllDocuments, 20_000
	return o
}

func TestAnySize(t *testing.T) {
	for name, change := range map[string]func(*synth.Options){
		"general":          func(*synth.Options) {},
		"no users":         func(o *synth.Options) { o.Users = 0 },
		"full accounts":    func(o *synth.Options) { o.Accounts, o.Standalone, o.Organizations, o.Users = 2, 1, 1, 10000 },
		"one account":      func(o *synth.Options) { o.Accounts, o.Standalone, o.Organizations, o.Users = 1, 1, 1, 7 },
		"early capture":    func(o *synth.Options) { o.CapturedAt = time.Date(2017, time.January, 1, 23, 0, 0, 0, time.UTC) },
		"all standalone":   func(o *synth.Options) { o.Standalone = o.Accounts },
		"one organization": func(o *synth.Options) { o.Organizations = 1 },
	} {
		t.Run(name, func(t *testing.T) {
			o := general(1)
			change(&o)
			c := generate(t, o)
			checkSize(t, c, o)
			checkPlausible(t, c)
		})
	}
}

func checkSize(t *testing.T, c census, o synth.Options) {
	t.Helper()
	for _, n := range []struct {
		what      string
		got, want int
	}{
		{"accounts", c.accounts, o.Accounts},
		{"root rows", len(c.roots), o.Accounts},
		{"accounts expected", c.expected, o.Accounts},
		{"standalone accounts", c.standalone, o.Standalone},
		{"organizations", len(c.orgs), o.Organizations},
		{"users", len(c.users), o.Users},
	} {
		if n.got != n.want {
			t.Errorf("%d %s, want %d", n.got, n.what, n.want)
		}
	}
}

// checkPlausible looks in every row for dates and words that contradict each other.
func checkPlausible(t *testing.T, c census) {
	t.Helper()
	for _, r := range append(c.users, c.roots...) {
		for _, what := range r.oddities() {
			t.Fatalf("%s: %v", what, r.cells)
		}
	}
}

var (
	passwordTracked = time.Date(2014, time.October, 20, 0, 0, 0, 0, time.UTC)
	keyTracked      = time.Date(2015, time.April, 22, 0, 0, 0, 0, time.UTC)
)

func (r row) oddities() (odd []string) {
	check := func(ok bool, what string) {
		if !ok {
			odd = append(odd, what)
		}
	}
	// follows: the column has a date from start up to the capture, or none.
	follows := func(column string, start time.Time) {
		at := r.at(column)
		check(at.IsZero() || !at.Before(start) && at.Before(r.capturedAt), column+" out of order")
	}
	for column, cell := range r.cells {
		check(cell != "", column+" is empty")
	}
	follows("user_creation_time", time.Date(2010, time.January, 1, 0, 0, 0, 0, time.UTC))
	check(!r.created().IsZero(), "no creation time")
	follows("password_last_changed", r.created())
	follows("password_last_used", later(r.created(), r.at("password_last_changed"), passwordTracked))
	follows("cert_1_last_rotated", r.created())
	for _, k := range []string{"access_key_1_", "access_key_2_"} {
		rotated, used := r.at(k+"last_rotated"), r.at(k+"last_used_date")
		follows(k+"last_rotated", r.created())
		follows(k+"last_used_date", later(rotated, keyTracked))
		check(!rotated.IsZero() || !r.is(k+"active") && used.IsZero(), k+"without a date")
		check(used.Second() == 0, k+"used at a second")
		check(used.IsZero() == (r.cells[k+"last_used_service"] == "N/A"), k+"used without a service")
		for _, n := range []int{30, 90, 365, 1826} {
			edge := r.capturedAt.AddDate(0, 0, -n)
			check(!r.is(k+"active") || rotated.Sub(edge).Abs() > time.Minute, k+"at an edge")
		}
	}
	if r.cells["user"] == "<root_account>" {
		check(r.cells["password_enabled"] == "not_supported", "root with a password")
		return odd
	}
	check(r.is("password_enabled") != (r.cells["password_last_changed"] == "N/A"), "password without a date")
	check(r.is("password_enabled") != (r.cells["password_last_used"] == "N/A"), "password neither used nor not")
	for _, rotated := range r.rotated() {
		gap := rotated.Sub(r.created())
		check(gap <= 2*time.Second || gap >= 40*time.Second, "a gap that does not occur in real reports")
	}
	return odd
}

func later(times ...time.Time) (last time.Time) {
	for _, t := range times {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// TestMixture checks the share of every kind of user and root that readers must handle.
func TestMixture(t *testing.T) {
	o := general(3)
	o.Accounts, o.Organizations, o.Users = 500, 60, 30000
	c := generate(t, o)
	share := func(what string, rows []row, low, high float64, is func(row) bool) {
		n := 0
		for _, r := range rows {
			if is(r) {
				n++
			}
		}
		got := 100 * float64(n) / float64(len(rows))
		t.Logf("%s: %.2f %%", what, got)
		if got < low || got > high {
			t.Errorf("%s: %.2f %%, want %v to %v", what, got, low, high)
		}
	}
	keys := func(n int) func(row) bool { return func(r row) bool { return len(r.rotated()) == n } }
	share("an active key", c.users, 50, 85, func(r row) bool { return len(r.rotated()) > 0 })
	share("two active keys", c.users, 3, 12, keys(2))
	share("the older of two in slot 2", c.users, 1, 6, func(r row) bool { k := r.rotated(); return len(k) == 2 && k[1].Before(k[0]) })
	share("a password", c.users, 30, 70, func(r row) bool { return r.is("password_enabled") })
	share("a password without MFA", c.users, 10, 45, func(r row) bool { return r.is("password_enabled") && !r.is("mfa_active") })
	share("no credential", c.users, 2, 15, func(r row) bool { return keys(0)(r) && !r.is("password_enabled") })
	share("initial key within 10 s", c.users, 5, 20, func(r row) bool { return r.initial(10 * time.Second) })
	share("initial key within 60 s but not 10 s", c.users, 0.2, 4, func(r row) bool { return r.initial(time.Minute) && !r.initial(10*time.Second) })
	share("a key older than 90 d", c.users, 45, 75, func(r row) bool {
		k := r.rotated()
		return len(k) > 0 && (r.older(k[0], 90) || r.older(k[len(k)-1], 90))
	})
	share("unused for 90 d", c.users, 35, 65, func(r row) bool { return r.unused(90) })
	share("unused for 365 d", c.users, 15, 45, func(r row) bool { return r.unused(365) })
	share("an inactive key", c.users, 5, 25, func(r row) bool {
		return !r.is("access_key_1_active") && r.cells["access_key_1_last_rotated"] != "N/A" || !r.is("access_key_2_active") && r.cells["access_key_2_last_rotated"] != "N/A"
	})
	share("a certificate", c.users, 0.1, 1, func(r row) bool { return r.cells["cert_1_last_rotated"] != "N/A" })
	share("root without MFA", c.roots, 6, 11, func(r row) bool { return !r.is("mfa_active") })
	share("root with an active key", c.roots, 2.5, 6, func(r row) bool { return r.is("access_key_1_active") })
	share("root used within 7 d", c.roots, 1.5, 5, func(r row) bool {
		used := later(r.at("password_last_used"), r.at("access_key_1_last_used_date"))
		return !used.IsZero() && !r.older(used, 7)
	})
}

func TestSameSeedSameBytes(t *testing.T) {
	for name, options := range map[string]func(seed uint64) synth.Options{
		"drawn":  withDocuments,
		"fitted": func(seed uint64) synth.Options { return fewAccounts(preset(t, seed)) },
	} {
		t.Run(name, func(t *testing.T) {
			hash := func(seed uint64) (sum [sha256.Size]byte) {
				dir := t.TempDir()
				if err := synth.Write(t.Context(), dir, options(seed)); err != nil {
					t.Fatal(err)
				}
				return hashTree(t, dir)
			}
			first := hash(1)
			if hash(1) != first {
				t.Error("the same seed gives different files")
			}
			if hash(2) == first {
				t.Error("different seeds give the same files")
			}
		})
	}
}

func hashTree(t *testing.T, dir string) (sum [sha256.Size]byte) {
	t.Helper()
	h := sha256.New()
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		h.Write([]byte(name + "\x00"))
		h.Write(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return [sha256.Size]byte(h.Sum(nil))
}

func TestCancelled(t *testing.T) {
	large := general(1)
	large.Accounts, large.Users = 50_000, 200_000
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	dir := t.TempDir()
	if err := synth.Write(ctx, dir, large); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("while running: %v", err)
	}
	if n := read(t, dir).accounts; n == large.Accounts {
		t.Error("wrote everything")
	}
}

func TestCancelledBefore(t *testing.T) {
	for name, o := range map[string]synth.Options{"drawn": general(1), "fitted": preset(t, 1)} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		dir := t.TempDir()
		if err := synth.Write(ctx, dir, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if n := read(t, dir).accounts; n > 0 {
			t.Errorf("%s: wrote %d accounts", name, n)
		}
	}
}

// BenchmarkWrite includes the time of the file system, which is most of it for small
// accounts.
func BenchmarkWrite(b *testing.B) {
	o := general(1)
	o.Accounts, o.Standalone, o.Organizations, o.Users = 200, 30, 70, 100_000
	for b.Loop() {
		if err := synth.Write(b.Context(), b.TempDir(), o); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(o.Users*b.N)/b.Elapsed().Seconds(), "users/s")
}

func TestRefuses(t *testing.T) {
	for want, change := range map[string]func(*synth.Options){
		"organizations": func(o *synth.Options) { o.Organizations = o.Accounts + 1 },
		"standalone":    func(o *synth.Options) { o.Standalone = -1 },
		"users":         func(o *synth.Options) { o.Users = o.Accounts*5000 + 1 },
		"year":          func(o *synth.Options) { o.CapturedAt = time.Time{} },
		"2018": func(o *synth.Options) {
			o.Documents, o.Entities = synth.AllDocuments, o.Users
			o.CapturedAt = time.Date(2017, time.December, 31, 0, 0, 0, 0, time.UTC)
		},
		"entities":      func(o *synth.Options) { o.Documents, o.Entities = synth.PoliciesWithheld, o.Users-1 },
		"unknown":       func(o *synth.Options) { o.Targets = []synth.Target{{ID: "coffee.violations"}} },
		"twice":         func(o *synth.Options) { o.Targets = append(o.Targets, o.Targets[0]) },
		"allow":         func(o *synth.Options) { o.Users /= 2 },
		"but the other": func(o *synth.Options) { o.Targets[0].Denominator-- },
		"five years":    func(o *synth.Options) { o.Targets = []synth.Target{{ID: "unused.oldest_key", Month: "2020-02"}} },
		"no user fits it": func(o *synth.Options) {
			o.Users = 0
			o.Targets = []synth.Target{{ID: "unused.oldest_key", Month: "2015-05"}}
		},
		"cannot parse":     func(o *synth.Options) { o.Targets = []synth.Target{{ID: "unused.oldest_key", Month: "May"}} },
		"choose another f": nil,
	} {
		o, dir := preset(t, 1), t.TempDir()
		if change != nil {
			change(&o)
		} else if err := os.Mkdir(filepath.Join(dir, o.CapturedAt.Format(time.DateOnly)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := synth.Write(t.Context(), dir, o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want an error with %q", err, want)
		}
	}
}
