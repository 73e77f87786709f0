package formats

import (
	"iamcensus/snapshots"
	"path"
	"slices"
	"strings"
)

const scpType = "SERVICE_CONTROL_POLICY"

type listedPolicy struct {
	ID, Arn, Name, Type string

	AwsManaged *bool
}

// listedPolicy is a policy of the organization, or one attached to the node
// that was asked about.
func (r *organizationReader) listedPolicy(v listedPolicy) (wrong string) {
	if wrong := r.addPolicy(v, nil); wrong != "" {
		return wrong
	}
	if holder := r.holder(); holder != "" {
		r.Targets = append(r.Targets, snapshots.Target{PolicyID: v.ID, NodeID: holder, NodeKind: nodeKind(holder)})
	} else if r.operation == "list-policies-for-target" {
		r.askName("what these policies are attached to", "list-policies-for-target-ou-ab12-cd34ef56.json")
	}
	return ""
}

// holder is the node whose policies are listed, "" if nobody says. An account
// in the name of a file that does not tell the operation may as well be the
// one that asked.
func (r *organizationReader) holder() string {
	if r.operation == "list-policies-for-target" || r.operation == "" && isContainer(r.node) {
		return r.node
	}
	return ""
}

// listings says that a list is whole. AWS lists the policies of one type; an
// empty list, unless the file's name has the type, is rather one of another
// than of service control policies, of which every node has at least one.
func (r *organizationReader) listings() []snapshots.Listing {
	isList := r.isComplete && strings.EqualFold(r.place, "Policies") && r.listsSCPs()
	switch {
	case r.isComplete && strings.EqualFold(r.place, "Targets") && r.policyID != "":
		return []snapshots.Listing{{Of: "targets_of_policy", Whom: r.policyID}}
	case isList && r.holder() != "":
		return []snapshots.Listing{{Of: "policies_of_node", Whom: r.holder()}}
	case isList && r.operation == "list-policies":
		return []snapshots.Listing{{Of: "policies"}}
	}
	return nil
}

func (r *organizationReader) listsSCPs() bool {
	return strings.Contains(letters(path.Base(r.path)), letters(scpType)) ||
		slices.ContainsFunc(r.Policies, func(p snapshots.Policy) bool { return p.Type == scpType })
}

func (r *organizationReader) describedPolicy(v struct {
	PolicySummary listedPolicy
	Content       *jsonText
}) (wrong string) {
	if v.Content == nil {
		return "has no Content"
	}
	return r.addPolicy(v.PolicySummary, (*string)(v.Content))
}

func (r *organizationReader) addPolicy(v listedPolicy, content *string) (wrong string) {
	if v.ID == "" {
		return "has no policy Id"
	}
	r.inOrganization(v.Arn)
	r.Policies = append(r.Policies, snapshots.Policy{
		ID: v.ID, Name: v.Name, Type: v.Type, AWSManaged: flagOf(v.AwsManaged), Content: content,
	})
	return ""
}

func (r *organizationReader) target(v struct{ TargetID string }) (wrong string) {
	kind := nodeKind(v.TargetID)
	if kind == "" {
		return "has the TargetId " + snapshots.Quote(v.TargetID) + ", which is neither root, unit nor account"
	}
	r.Targets = append(r.Targets, snapshots.Target{PolicyID: r.policyID, NodeID: v.TargetID, NodeKind: kind})
	return ""
}
