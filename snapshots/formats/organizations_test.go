package formats

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestArgument finds the argument of a request in the path of the file.
func TestArgument(t *testing.T) {
	for _, test := range []struct{ file, container, node, policy string }{
		{file: "list-children.json"},
		{file: "list-targets-for-policy.json"},
		{file: "list-organizational-units-for-parent.json"},
		{"list-children-r-ab12.json", "r-ab12", "r-ab12", ""},
		{"ListChildren_r-ab12_1.json", "r-ab12", "r-ab12", ""},
		{"list-policies-for-target-ou-ab12-cd34ef56.json", "ou-ab12-cd34ef56", "ou-ab12-cd34ef56", ""},
		{"list-parents-111122223333.json", "", "111122223333", ""},
		{"111122223333.json", "", "111122223333", ""},
		{"list-parents-1111222233334.json", "", "", ""},
		{"list-targets-for-policy_p-abcd1234.json", "", "", "p-abcd1234"},
		{"list-targets-for-policy-p-FullAWSAccess.json", "", "", "p-FullAWSAccess"},
		{"2021-01-24/org-a/r-ab12/list-children.json", "r-ab12", "r-ab12", ""},
		{"r-ab12/ou-ab12-cd34ef56/list-children.json", "ou-ab12-cd34ef56", "ou-ab12-cd34ef56", ""},
		{"ou-ab12-cd34ef56/111122223333/list-parents.json", "ou-ab12-cd34ef56", "111122223333", ""},
		{"111122223333/list-parents-ou-ab12-cd34ef56.json", "ou-ab12-cd34ef56", "ou-ab12-cd34ef56", ""},
		{"of-r-ab12/list-children.json", "", "", ""}, // the whole name of a folder must be an id
		{"p-abcd1234/list-targets-for-policy.json", "", "", "p-abcd1234"},
	} {
		got := []string{argument(test.file, containerID), argument(test.file, containerID, accountID), argument(test.file, policyID)}
		if diff := cmp.Diff([]string{test.container, test.node, test.policy}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.file, diff)
		}
	}
}

func TestOrganizationOperation(t *testing.T) {
	for file, want := range map[string]string{
		"list-accounts.json":                           "list-accounts",
		"a/list_accounts_for_parent_r-ab12.json":       "list-accounts-for-parent",
		"organizations.ListPoliciesForTarget_1.json":   "list-policies-for-target",
		"describe-organizational-unit-ou-ab12-cd.json": "describe-organizational-unit",
		"describe-organization.json":                   "describe-organization",
		"list-roots/other.json":                        "",
	} {
		if got := organizationOperation(file); got != want {
			t.Errorf("%s is %q, want %q", file, got, want)
		}
	}
}
