package formats

import (
	"iamcensus/snapshots"
	"strings"
)

// listings states which list is complete.
func (r *organizationReader) listings() []snapshots.Listing {
	if !r.isComplete {
		return nil
	}
	switch strings.ToLower(r.fieldName) {
	case "policies":
		return r.listedPolicies()
	case "targets":
		return listing("targets_of_policy", r.policyID)
	case "accounts":
		return r.listedAccounts()
	case "roots":
		return []snapshots.Listing{{Of: "roots"}}
	case "organizationalunits":
		return listing("units_of_node", r.container)
	case "children":
		return listing("children_of_node", r.container)
	case "parents":
		return listing("parents_of_node", r.node)
	}
	return nil
}

// listedPolicies: AWS lists policies of one type per request. An empty list counts
// only if the file's name has the type: every node has at least one service control
// policy, so it is probably a list of another type.
func (r *organizationReader) listedPolicies() []snapshots.Listing {
	switch {
	case !r.listsSCPs():
		return nil
	case r.policyHolder() != "":
		return listing("policies_of_node", r.policyHolder())
	case r.operation == "list-policies":
		return []snapshots.Listing{{Of: "policies"}}
	}
	return nil
}

// listedAccounts are those of the organization, or those below one root or unit.
func (r *organizationReader) listedAccounts() []snapshots.Listing {
	if r.container == "" && r.operation != "list-accounts-for-parent" {
		return []snapshots.Listing{{Of: "accounts"}}
	}
	return listing("accounts_of_node", r.container)
}

// listing is a list about one node or policy, none if that is unknown.
func listing(of, whom string) []snapshots.Listing {
	if whom == "" {
		return nil
	}
	return []snapshots.Listing{{Of: of, SubjectID: whom}}
}
