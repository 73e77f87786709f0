package synth

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// intended is the verdict on MFA of a member according to the generator.
func (o *awsOrganization) intended(m int) string {
	if m == 0 {
		return "exempt"
	}
	classes := map[string]string{"DenyAllWithoutMFA": "full", "DenyConsoleWithoutMFA": "console_only", "DenyStoppingWithoutMFA": "partial"}
	found := map[string]bool{}
	for node, up := o.members[m].node, true; up; node = o.nodes[node].parent {
		for _, p := range o.policies {
			switch {
			case p.target != node:
			case p.withheld:
				found["unknown"] = true
			default:
				found[classes[p.name]] = true
			}
		}
		up = node != 0
	}
	return strongest(found)
}

func strongest(found map[string]bool) string {
	for _, verdict := range []string{"full", "unknown", "console_only", "partial"} {
		if found[verdict] {
			return verdict
		}
	}
	return "none"
}

// responses is the content of the files of one AWS Organization.
type responses struct {
	management string
	hasEffect  bool
	parents    map[string]string
	attached   map[string][]string // policies by node
	contents   map[string]string
}

func readResponses(t *testing.T, dir string) (r responses) {
	t.Helper()
	r = responses{parents: map[string]string{}, attached: map[string][]string{}, contents: map[string]string{}}
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: %d files, %v", dir, len(files), err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		if err := json.Unmarshal(data, &responseFile{name, &r}); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	return r
}

// responseFile reads one response, by the name of its file.
type responseFile struct {
	name string
	*responses
}

func (f *responseFile) UnmarshalJSON(data []byte) error {
	var v struct {
		Organization struct{ MasterAccountId, FeatureSet string }
		Roots        []struct {
			PolicyTypes []struct{ Type, Status string }
		}

		Accounts, OrganizationalUnits []struct{ Id string }

		Targets []struct{ TargetId string }
		Policy  struct{ Content string }
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	if id := v.Organization.MasterAccountId; id != "" {
		f.management = id
	}
	for _, root := range v.Roots {
		f.hasEffect = len(root.PolicyTypes) == 1 && root.PolicyTypes[0].Status == "ENABLED"
	}
	if _, parent, ok := strings.Cut(f.name, "-for-parent-"); ok {
		for _, below := range append(v.Accounts, v.OrganizationalUnits...) {
			f.parents[below.Id] = parent
		}
	}
	for _, target := range v.Targets {
		f.attached[target.TargetId] = append(f.attached[target.TargetId], strings.TrimPrefix(f.name, "list-targets-for-policy-"))
	}
	if id, ok := strings.CutPrefix(f.name, "describe-policy-"); ok {
		f.contents[id] = v.Policy.Content
	}
	return nil
}

// verdict is that of the definition of effective policies.
func (r responses) verdict(account string) string {
	switch {
	case account == r.management:
		return "exempt"
	case !r.hasEffect:
		return "none"
	}
	found := map[string]bool{}
	for node := account; node != ""; node = r.parents[node] {
		for _, id := range r.attached[node] {
			content, known := r.contents[id]
			switch mfa := strings.Contains(content, "aws:MultiFactorAuthPresent"); {
			case !known:
				found["unknown"] = true
			case mfa && strings.Contains(content, "ec2:"):
				found["partial"] = true
			case mfa && strings.Contains(content, "BoolIfExists"):
				found["full"] = true
			case mfa:
				found["console_only"] = true
			}
		}
	}
	return strongest(found)
}

// members draws the AWS Organizations again and visits their accounts.
func members(t *testing.T, o Options, visit func(org int, drawn *awsOrganization, member int)) {
	t.Helper()
	g, err := newGenerator(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	w := newWriter(g, "")
	w.founded = make([]int64, o.Accounts)
	for i := range g.orgs {
		drawn := w.draw(i)
		for m := range drawn.members {
			visit(i, drawn, m)
		}
	}
}

func TestFilesHaveIntendedVerdicts(t *testing.T) {
	o := Options{
		Accounts: 100, Standalone: 10, Organizations: 25, Users: 100, Entities: 100, Seed: 3, Documents: AllDocuments,
		CapturedAt: time.Date(2021, time.January, 24, 0, 0, 0, 0, time.UTC),
	}
	dir := t.TempDir()
	if err := Write(t.Context(), dir, o); err != nil {
		t.Fatal(err)
	}
	files, found := map[int]responses{}, map[string]int{}
	members(t, o, func(org int, drawn *awsOrganization, m int) {
		if _, read := files[org]; !read {
			files[org] = readResponses(t, filepath.Join(dir, "2021-01-24", organizationName(org), "organizations"))
		}
		got, want := files[org].verdict(drawn.members[m].id), drawn.intended(m)
		if found[got]++; got != want {
			t.Errorf("%s: verdict of the files %s, want %s", drawn.members[m].id, got, want)
		}
	})
	if len(found) != 6 {
		t.Errorf("not every verdict occurs: %v", found)
	}
}

// TestVerdictsOfArticle fixes the verdicts of the reference data set with policies:
// 965 accounts.
func TestVerdictsOfArticle(t *testing.T) {
	o := Options{
		Accounts: 1143, Standalone: 178, Organizations: 412, Users: 12478, Entities: 650_000, Seed: 1, Documents: AllDocuments,
		CapturedAt: time.Date(2021, time.January, 24, 0, 0, 0, 0, time.UTC),
	}
	found := map[string]int{}
	members(t, o, func(_ int, drawn *awsOrganization, m int) { found[drawn.intended(m)]++ })
	want := map[string]int{"exempt": 351, "full": 135, "console_only": 21, "partial": 21, "none": 402, "unknown": 35}
	if !maps.Equal(found, want) {
		t.Errorf("verdicts are %v, want %v", found, want)
	}
}
