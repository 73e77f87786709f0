package formats

import (
	"fmt"
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

// listedPolicy is a policy of the organization, or one attached to the node of the
// request.
func (r *organizationReader) listedPolicy(v listedPolicy) (problem string) {
	if wrong := r.addPolicy(v, nil); wrong != "" {
		return wrong
	}
	if holder := r.policyHolder(); holder != "" {
		r.Targets = append(r.Targets, snapshots.Target{PolicyID: v.ID, NodeID: holder, NodeKind: nodeKind(holder)})
	} else if r.operation == "list-policies-for-target" {
		r.reportMissingID("the id of the target", "list-policies-for-target-ou-ab12-cd34ef56.json")
	}
	return ""
}

// policyHolder is the node whose policies are listed, "" if unknown. Without a known
// operation, an account in the path may be the one that made the request.
func (r *organizationReader) policyHolder() string {
	if r.operation == "list-policies-for-target" || r.operation == "" && isContainer(r.node) {
		return r.node
	}
	return ""
}

func (r *organizationReader) listsSCPs() bool {
	return strings.Contains(onlyLetters(path.Base(r.path)), onlyLetters(scpType)) ||
		slices.ContainsFunc(r.Policies, func(p snapshots.Policy) bool { return p.Type == scpType })
}

func (r *organizationReader) describedPolicy(v struct {
	PolicySummary listedPolicy
	Content       *jsonText
}) (problem string) {
	switch {
	case v.Content == nil:
		return "has no Content"
	case len(*v.Content) > maxPolicyBytes:
		return fmt.Sprintf("has a Content of more than %d bytes", maxPolicyBytes)
	}
	return r.addPolicy(v.PolicySummary, (*string)(v.Content))
}

func (r *organizationReader) addPolicy(v listedPolicy, content *string) (problem string) {
	switch {
	case v.ID == "":
		return "has no policy Id"
	case !policyForm.MatchString(v.ID):
		return "has an invalid policy Id"
	case v.Type != "" && !capitals.MatchString(v.Type):
		return "has an invalid Type"
	}
	r.inOrganization(v.Arn)
	r.Policies = append(r.Policies, snapshots.Policy{
		ID: v.ID, Name: r.text("Name", v.Name, maxName), Type: v.Type, AWSManaged: flagOf(v.AwsManaged), Content: content,
	})
	return ""
}

func (r *organizationReader) target(v struct{ TargetID, Arn string }) (problem string) {
	kind := nodeKind(v.TargetID)
	if kind == "" {
		return wrongID("TargetId", v.TargetID) + ", which is neither a root, a unit nor an account"
	}
	r.inOrganization(v.Arn)
	r.Targets = append(r.Targets, snapshots.Target{PolicyID: r.policyID, NodeID: v.TargetID, NodeKind: kind})
	return ""
}
