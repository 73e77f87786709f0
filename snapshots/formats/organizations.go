package formats

import (
	"cmp"
	"iamcensus/snapshots"
	"regexp"
)

// organizations is the output of the aws organizations commands for the accounts, the
// tree and the policies of an AWS Organization, or the error that there is none. The
// responses do not name the node or policy that they are about: its id is read from
// the name of the file or a folder.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
var organizations = Format{
	Name:  "organizations",
	Title: "AWS Organizations, the JSON of aws organizations describe-... and list-...",
	Match: func(head []byte) bool {
		return hasOrganizationKey(head) && organizationMark.Match(head) || isError(head, notInUse)
	},
	Read: readOrganizations,
}

const notInUse = "AWSOrganizationsNotInUseException"

var hasOrganizationKey = hasKey("Organization", "Accounts", "Roots", "OrganizationalUnits", "OrganizationalUnit",
	"Children", "Parents", "Policies", "Policy", "Targets")

// organizationMark distinguishes these responses from those of other services with the
// same keys, such as aws iam list-policies. An empty list counts as one of these.
var organizationMark = regexp.MustCompile(
	`:organizations:|"(?:ROOT|ORGANIZATIONAL_UNIT|ACCOUNT)"` +
		`|"(?:FeatureSet|JoinedTimestamp|AwsManaged|PolicySummary|Content)"` +
		`|"(?:Accounts|Roots|OrganizationalUnits|Children|Parents|Policies|Targets)"\s*:\s*\[\s*\]`)

// organizationReader reads one response.
type organizationReader struct {
	*response
	operation     string // from the file's name; "" if unknown
	container     string // root or unit whose children are listed; "" if unknown
	node          string // root, unit or account that the request named; "" if unknown
	policyID      string // policy whose targets are listed; "" if unknown
	added         map[snapshots.Node]bool
	reportedName  bool // the issue of a missing id was emitted
	reportedNodes bool // the issue of too many nodes was emitted
}

func readOrganizations(in Input, out Sink) {
	r := newOrganizationReader(in, out)
	if e := readError(in.Data); e != nil {
		r.noOrganization(e)
		return
	}
	parents, targets := list(r.response, r.parent), list(r.response, r.target)
	if r.node == "" {
		parents = r.refuseWithoutID("the id of the child", "list-parents-111122223333.json")
	}
	if r.policyID == "" {
		targets = r.refuseWithoutID("the id of the policy", "list-targets-for-policy-p-examplepolicyid.json")
	}
	if r.read(map[string]fieldReader{
		"Organization":        object(r.response, r.organization),
		"Accounts":            list(r.response, r.account),
		"Roots":               list(r.response, r.root),
		"OrganizationalUnits": list(r.response, r.listedUnit),
		"OrganizationalUnit":  object(r.response, r.unit),
		"Children":            list(r.response, r.child),
		"Parents":             parents,
		"Policies":            list(r.response, r.listedPolicy),
		"Policy":              object(r.response, r.describedPolicy),
		"Targets":             targets,
	}) {
		r.Listings = r.listings()
		out.Document(r.Document)
	}
}

func newOrganizationReader(in Input, out Sink) *organizationReader {
	r := &organizationReader{operation: organizationOperation(in.Path), added: map[snapshots.Node]bool{}}
	r.response = newResponse(in, out, "aws organizations "+cmp.Or(r.operation, "describe-organization, list-accounts etc."))
	if r.operation != "list-accounts" && r.operation != "list-policies" {
		r.container = argument(in.Path, containerID)
		r.node = argument(in.Path, containerID, accountID)
		r.policyID = argument(in.Path, policyID)
	}
	return r
}

func (r *organizationReader) noOrganization(e *awsError) {
	if e.Code != notInUse {
		r.out.Issue(unexpectedError(e, r.command))
		return
	}
	r.Rows, r.Organization = 1, &snapshots.Organization{InUse: snapshots.No}
	r.out.Document(r.Document)
}

func (r *organizationReader) organization(o struct{ ID, Arn, MasterAccountID, FeatureSet string }) (problem string) {
	switch {
	case o.ID == "":
		return "has no Id"
	case !organization.MatchString(o.ID):
		return "has an invalid Id"
	case o.FeatureSet != "" && !capitals.MatchString(o.FeatureSet):
		return "has an invalid FeatureSet"
	}
	r.inOrganization(o.Arn)
	r.OrganizationID = o.ID
	if snapshots.IsAccountID(o.MasterAccountID) {
		r.ManagementID = o.MasterAccountID
	}
	r.Organization = &snapshots.Organization{InUse: snapshots.Yes, FeatureSet: o.FeatureSet}
	return ""
}

// listedAccount has the status in Status, or in State in newer responses.
type listedAccount struct {
	ID, Arn, Name, Status, State string

	JoinedTimestamp jsonTime
	Paths           []string
}

func (r *organizationReader) account(v listedAccount) (problem string) {
	if nodeKind(v.ID) != "ACCOUNT" {
		return wrongID("Id", v.ID) + ", which is not an account"
	}
	status := cmp.Or(v.Status, v.State)
	if status != "" && !capitals.MatchString(status) {
		return "has an invalid Status"
	}
	v.Name = r.text("Name", v.Name, maxAccountName)
	r.inOrganization(v.Arn)
	treePath, above := r.pathOf(v)
	r.Members = append(r.Members, snapshots.Member{
		AccountID: v.ID, Name: v.Name, Status: status,
		JoinedAt: r.time("JoinedTimestamp", v.JoinedTimestamp), Path: treePath,
	})
	r.addNodes(above)
	parent := cmp.Or(last(above), r.container)
	if parent != "" {
		r.addNode(snapshots.Node{ID: v.ID, Kind: "ACCOUNT", Name: v.Name, ParentID: parent})
	} else if r.operation == "list-accounts-for-parent" {
		r.reportMissingID("the id of the parent", "list-accounts-for-parent-ou-ab12-cd34ef56.json")
	}
	return ""
}

// pathOf gives the path of an account, and the nodes above it.
func (r *organizationReader) pathOf(v listedAccount) (treePath string, above []string) {
	for _, treePath := range v.Paths {
		if above := nodesAbove(treePath, v.ID); above != nil {
			return treePath, above
		}
	}
	if len(v.Paths) > 0 {
		r.out.Issue(snapshots.Issue{
			Column: "Paths", Kind: "bad_path",
			Reason: r.position() + " has paths that do not end in its Id; they are ignored",
			Remedy: "write a path as o-exampleorgid/r-ab12/ou-ab12-cd34ef56/111122223333/",
		})
	}
	return "", nil
}

// listedRoot has nil policy types if the response lacks them.
type listedRoot struct {
	ID, Arn, Name string
	PolicyTypes   []struct{ Type, Status string }
}

func (r *organizationReader) root(v listedRoot) (problem string) {
	if nodeKind(v.ID) != "ROOT" {
		return wrongID("Id", v.ID) + ", which is not a root"
	}
	r.inOrganization(v.Arn)
	node := snapshots.Node{ID: v.ID, Kind: "ROOT", Name: r.text("Name", v.Name, maxName)}
	if v.PolicyTypes != nil {
		node.SCPsEnabled = snapshots.No
	}
	for _, policyType := range v.PolicyTypes {
		if policyType.Type == scpType && policyType.Status == "ENABLED" {
			node.SCPsEnabled = snapshots.Yes
		}
	}
	r.addNode(node)
	return ""
}

type listedUnit struct{ ID, Arn, Name, Path string }

// listedUnit is a unit below the container of the request.
func (r *organizationReader) listedUnit(v listedUnit) (problem string) {
	return r.addUnit(v, r.container, true)
}

// unit is the unit of the request.
func (r *organizationReader) unit(v listedUnit) (problem string) { return r.addUnit(v, "", false) }

func (r *organizationReader) addUnit(v listedUnit, container string, needsParent bool) (problem string) {
	if nodeKind(v.ID) != "ORGANIZATIONAL_UNIT" {
		return wrongID("Id", v.ID) + ", which is not an organizational unit"
	}
	r.inOrganization(v.Arn)
	above := nodesAbove(v.Path, v.ID)
	r.addNodes(above)
	parent := cmp.Or(last(above), container, last(nodesAbove(v.Arn, v.ID)))
	r.addNode(snapshots.Node{ID: v.ID, Kind: "ORGANIZATIONAL_UNIT", Name: r.text("Name", v.Name, maxName), ParentID: parent})
	if parent == "" && needsParent {
		r.reportMissingID("the id of the parent", "list-organizational-units-for-parent-r-ab12.json")
	}
	return ""
}

func (r *organizationReader) child(v struct{ ID string }) (problem string) {
	kind := nodeKind(v.ID)
	if kind == "" {
		return wrongID("Id", v.ID) + ", which is neither a unit nor an account"
	}
	r.addNode(snapshots.Node{ID: v.ID, Kind: kind, ParentID: r.container})
	if r.container == "" {
		r.reportMissingID("the id of the parent", "list-children-r-ab12.json")
	}
	return ""
}

func (r *organizationReader) parent(v struct{ ID string }) (problem string) {
	if !isContainer(v.ID) {
		return wrongID("Id", v.ID) + ", which is neither a root nor a unit"
	}
	r.addNode(snapshots.Node{ID: r.node, Kind: nodeKind(r.node), ParentID: v.ID})
	return ""
}
