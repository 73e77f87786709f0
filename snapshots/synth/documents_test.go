package synth_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"iamcensus/snapshots"
	"iamcensus/snapshots/files"
	"iamcensus/snapshots/formats"
	"iamcensus/snapshots/synth"
)

// An archive is what package formats reads from a data set.
type archive struct {
	batches   map[string]*snapshots.UserBatch // by account
	documents map[string][]*snapshots.Document
	account   string // of the current file; "" for an AWS Organization
	t         *testing.T
}

func (a *archive) Recognized(string) {}

func (a *archive) Users(p *snapshots.UserBatch) { a.batches[p.ARNAccount] = p }

func (a *archive) Document(d *snapshots.Document) {
	if d.Account != "" && d.Account != a.account {
		a.t.Errorf("%s: a document of account %s", a.account, d.Account)
	}
	a.documents[a.account] = append(a.documents[a.account], d)
}

func (a *archive) Issue(i snapshots.Issue) { a.t.Errorf("%s: %+v", a.account, i) }

func readAll(t *testing.T, dir string) *archive {
	t.Helper()
	a := &archive{batches: map[string]*snapshots.UserBatch{}, documents: map[string][]*snapshots.Document{}, t: t}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == files.ManifestName {
			return err
		}
		if a.account = filepath.Base(filepath.Dir(file)); a.account == "organizations" {
			a.account = ""
		}
		data := unpacked(t, file)
		format := formats.Recognize(data)
		if format == nil {
			t.Fatalf("%s: unrecognized", file)
		}
		format.Read(formats.Input{Context: t.Context(), Path: filepath.ToSlash(file), Data: data, Limits: snapshots.DefaultTableLimits}, a)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func unpacked(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err == nil && strings.HasSuffix(file, ".gz") {
		var packed *gzip.Reader
		if packed, err = gzip.NewReader(bytes.NewReader(data)); err == nil {
			data, err = io.ReadAll(packed)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// find gives the single document of an account with a property.
func (a *archive) find(account string, has func(*snapshots.Document) bool) (found *snapshots.Document) {
	for _, d := range a.documents[account] {
		if has(d) {
			if found != nil {
				a.t.Fatalf("%s: two documents of one kind", account)
			}
			found = d
		}
	}
	if found == nil {
		a.t.Fatalf("%s: a document is missing", account)
	}
	return found
}

func TestDocuments(t *testing.T) {
	o := withDocuments(1)
	dir := t.TempDir()
	if err := synth.Write(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	t.Run("agree with reports", func(t *testing.T) { checkDocuments(t, readAll(t, dir), o) })
	t.Run("withheld", func(t *testing.T) { checkWithheld(t, hashFiles(t, dir)) })
}

func checkDocuments(t *testing.T, a *archive, o synth.Options) {
	t.Helper()
	total := map[string]int64{}
	for id, p := range a.batches {
		summary := a.find(id, func(d *snapshots.Document) bool { return d.RootSummary != nil })
		counts := map[string]int64{}
		for _, d := range a.documents[id] {
			for _, e := range d.Entities {
				counts[e.Kind] += e.N
				total[e.Kind] += e.N
			}
		}
		devices, expiring := int64(0), false
		for _, u := range append(p.Users, *p.Root) {
			if u.MFAActive == snapshots.Yes {
				devices++
			}
			expiring = expiring || u.PasswordNextRotation.Known()
		}
		if counts["user"] != int64(len(p.Users)) || counts["mfa_device_in_use"] != devices || counts["mfa_device"] < devices {
			t.Errorf("%s: %d users, %d devices in the report, %v", id, len(p.Users), devices, counts)
		}
		want := snapshots.RootSummary{HasMFA: p.Root.MFAActive, HasAccessKeys: snapshots.No, HasPassword: snapshots.Yes, HasCertificates: snapshots.No}
		if !p.Root.Keys[0].Vacant() || !p.Root.Keys[1].Vacant() {
			want.HasAccessKeys = snapshots.Yes
		}
		if got := *summary.RootSummary; got != want {
			t.Errorf("%s: root is %+v, in the report %+v", id, got, want)
		}
		policy := a.find(id, func(d *snapshots.Document) bool { return d.PasswordPolicy != nil }).PasswordPolicy
		if expiring && policy.MaxAgeDays != 90 || policy.MaxAgeDays > 0 && policy.ExpirePasswords != snapshots.Yes {
			t.Errorf("%s: passwords expire: %t, %+v", id, expiring, policy)
		}
		checkQuotas(t, id, counts)
	}
	checkEntities(t, total, o.Entities)
	checkMembers(t, a, o)
}

func checkQuotas(t *testing.T, account string, counts map[string]int64) {
	t.Helper()
	for kind, quota := range map[string]int64{"group": 500, "role": 5000, "policy": 5000} {
		if counts[kind] > quota {
			t.Errorf("%s: %d of %s, more than the quota", account, counts[kind], kind)
		}
	}
}

// checkEntities adds up the kinds of an inventory.
func checkEntities(t *testing.T, total map[string]int64, want int) {
	t.Helper()
	sum := int64(0)
	for _, kind := range []string{"user", "group", "role", "policy", "bucket", "database", "trail", "instance", "security_group"} {
		if sum += total[kind]; total[kind] == 0 {
			t.Errorf("no %s", kind)
		}
	}
	if sum != int64(want) {
		t.Errorf("%d entities, want %d: %v", sum, want, total)
	}
}

// checkMembers: the listings have each account that is not standalone once, and no
// account joined before it was created.
func checkMembers(t *testing.T, a *archive, o synth.Options) {
	t.Helper()
	joined := map[string]snapshots.Time{}
	for _, d := range a.documents[""] {
		for _, m := range d.Members {
			joined[m.AccountID] = m.JoinedAt
		}
	}
	if len(joined) != o.Accounts-o.Standalone {
		t.Errorf("%d accounts are listed", len(joined))
	}
	for id, at := range joined {
		if p := a.batches[id]; p == nil || at.Unix < p.Root.CreatedAt.Unix || at.Unix >= o.CapturedAt.Unix() {
			t.Errorf("%s: joined %s", id, at)
		}
	}
}

// TestPolicyDocuments: all states of password policies and of trees occur.
func TestPolicyDocuments(t *testing.T) {
	o := withDocuments(2)
	o.Entities = o.Users // accounts without other entities
	dir := t.TempDir()
	if err := synth.Write(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	found := map[string]int{}
	for id, documents := range readAll(t, dir).documents {
		for _, d := range documents {
			switch p := d.PasswordPolicy; {
			case p == nil:
			case !p.IsSet:
				found["no policy"]++
			case p.MaxAgeDays > 0:
				found["expiring"]++
			default:
				found["not expiring"]++
			}
			for _, n := range d.Nodes {
				found[n.Kind]++
			}
			if d.Organization != nil {
				found[d.Organization.FeatureSet]++
			}
			if len(d.Entities) > 0 && id == "" {
				t.Error("an AWS Organization with entities")
			}
		}
	}
	for _, what := range []string{"no policy", "expiring", "not expiring", "ROOT", "ORGANIZATIONAL_UNIT", "ACCOUNT", "ALL", "CONSOLIDATED_BILLING"} {
		if found[what] == 0 {
			t.Errorf("no %s in %v", what, found)
		}
	}
}

// onPolicies matches the responses with information on service control policies.
var onPolicies = regexp.MustCompile(`^(describe-(organization|policy-.*)|list-(roots|policies|targets-for-policy-.*))\.json$`)

// checkWithheld: documents only add files, and withholding policies only removes some.
func checkWithheld(t *testing.T, all map[string][sha256.Size]byte) {
	t.Helper()
	hashes := func(d synth.Documents) map[string][sha256.Size]byte {
		o, dir := withDocuments(1), t.TempDir()
		o.Documents = d
		if err := synth.Write(t.Context(), dir, o); err != nil {
			t.Fatal(err)
		}
		return hashFiles(t, dir)
	}
	only, some := hashes(synth.ReportsOnly), hashes(synth.PoliciesWithheld)
	for name, sum := range only {
		if some[name] != sum {
			t.Errorf("%s: changed by documents", name)
		}
	}
	for name, sum := range all {
		base := path.Base(name)
		if withheld, ok := some[name]; ok == onPolicies.MatchString(base) || ok && withheld != sum {
			t.Errorf("%s: withheld: %t", name, !ok)
		}
	}
	if len(only) >= len(some) || len(some) >= len(all) {
		t.Errorf("%d, %d and %d files", len(only), len(some), len(all))
	}
	for name := range some {
		if _, ok := all[name]; !ok || strings.Contains(name, "polic") && !strings.HasSuffix(name, "get-account-password-policy.json") {
			t.Errorf("%s: only with policies withheld", name)
		}
	}
}

// manager matches the management account of ARNs, which is withheld with the policies.
var manager = regexp.MustCompile(`arn:aws:organizations::[0-9]{12}`)

// hashFiles hashes the files, but for the management account of ARNs.
func hashFiles(t *testing.T, dir string) map[string][sha256.Size]byte {
	t.Helper()
	sums := map[string][sha256.Size]byte{}
	tree := os.DirFS(dir)
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		sums[name] = sha256.Sum256(manager.ReplaceAll(data, nil))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sums
}
