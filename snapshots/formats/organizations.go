package formats

import (
	"cmp"
	"iamcensus/snapshots"
	"regexp"
)

// organizations are the answers of aws organizations that tell the accounts,
// the tree and the policies of an AWS Organization, or the error that says
// there is none. Whose children, parents or policies an answer lists is not in
// it: the name of the file says so, or the folder.
// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
var organizations = Format{
	Name:  "organizations",
	Title: "AWS Organizations, JSON as aws organizations describe-... and list-... print it",
	Match: func(head []byte) bool {
		return hasOrganizationKey(head) && organizationMark.Match(head) || isError(head, notInUse)
	},
	Read: readOrganizations,
}

const notInUse = "AWSOrganizationsNotInUseException"

var hasOrganizationKey = hasKey("Organization", "Accounts", "Roots", "OrganizationalUnits", "OrganizationalUnit",
	"Children", "Parents", "Policies", "Policy", "Targets")

// organizationMark tells these answers from those of other services under the
// same keys, such as aws iam list-policies. An empty list has no mark.
var organizationMark = regexp.MustCompile(
	`:organizations:|"(?:ROOT|ORGANIZATIONAL_UNIT|ACCOUNT)"` +
		`|"(?:FeatureSet|JoinedTimestamp|AwsManaged|PolicySummary|Content)"` +
		`|"(?:Accounts|Roots|OrganizationalUnits|Children|Parents|Policies|Targets)"\s*:\s*\[\s*\]`)

// organizationReader reads one answer.
type organizationReader struct {
	*answer
	operation string // that the file's name tells, "" if it does not
	container string // root or unit whose children are listed; "" if nobody says
	node      string // root, unit or account that was asked about; "" if nobody says
	policyID  string // policy whose targets are listed; "" if nobody says
	named     map[snapshots.Node]bool
	toldName  bool // that the file's name lacks an id
}

func readOrganizations(in Input, out Sink) {
	r := newOrganizationReader(in, out)
	if e := readError(in.Data); e != nil {
		r.noOrganization(e)
		return
	}
	parents, targets := list(r.answer, r.parent), list(r.answer, r.target)
	if r.node == "" {
		parents = r.nameless("whose parent this is", "list-parents-111122223333.json")
	}
	if r.policyID == "" {
		targets = r.nameless("which policy is attached", "list-targets-for-policy-p-examplepolicyid.json")
	}
	if r.read(map[string]field{
		"Organization":        one(r.answer, r.organization),
		"Accounts":            list(r.answer, r.account),
		"Roots":               list(r.answer, r.root),
		"OrganizationalUnits": list(r.answer, r.listedUnit),
		"OrganizationalUnit":  one(r.answer, r.unit),
		"Children":            list(r.answer, r.child),
		"Parents":             parents,
		"Policies":            list(r.answer, r.listedPolicy),
		"Policy":              one(r.answer, r.describedPolicy),
		"Targets":             targets,
	}) {
		r.Listings = r.listings()
		out.Document(r.Document)
	}
}

func newOrganizationReader(in Input, out Sink) *organizationReader {
	r := &organizationReader{operation: organizationOperation(in.Path), named: map[snapshots.Node]bool{}}
	r.answer = newAnswer(in, out, "aws organizations "+cmp.Or(r.operation, "describe-organization, list-accounts and so on"))
	if r.operation != "list-accounts" && r.operation != "list-policies" {
		r.container = argument(in.Path, containerID)
		r.node = argument(in.Path, containerID, accountID)
		r.policyID = argument(in.Path, policyID)
	}
	return r
}

func (r *organizationReader) noOrganization(e *awsError) {
	if e.Code != notInUse {
		r.out.Issue(wrongError(e, r.command))
		return
	}
	r.Rows, r.Organization = 1, &snapshots.Organization{InUse: snapshots.No}
	r.out.Document(r.Document)
}

func (r *organizationReader) organization(o struct{ ID, MasterAccountID, FeatureSet string }) (wrong string) {
	if o.ID == "" {
		return "has no Id"
	}
	r.OrganizationID = o.ID
	r.Organization = &snapshots.Organization{InUse: snapshots.Yes, ID: o.ID, ManagementAccountID: o.MasterAccountID, FeatureSet: o.FeatureSet}
	return ""
}

// listedAccount has its state under Status, and under State in newer answers.
type listedAccount struct {
	ID, Arn, Name, Status, State string

	JoinedTimestamp jsonTime
	Paths           []string
}

func (r *organizationReader) account(v listedAccount) (wrong string) {
	if nodeKind(v.ID) != "ACCOUNT" {
		return "has the Id " + snapshots.Quote(v.ID) + ", which is no account"
	}
	r.inOrganization(v.Arn)
	treePath, above := r.placeOf(v)
	r.Members = append(r.Members, snapshots.Member{
		AccountID: v.ID, Name: v.Name, Status: cmp.Or(v.Status, v.State),
		JoinedAt: r.time("JoinedTimestamp", v.JoinedTimestamp), Path: treePath,
	})
	r.addNodes(above)
	parent := cmp.Or(last(above), r.container)
	if parent != "" {
		r.addNode(snapshots.Node{ID: v.ID, Kind: "ACCOUNT", Name: v.Name, ParentID: parent})
	} else if r.operation == "list-accounts-for-parent" {
		r.askName("whose accounts these are", "list-accounts-for-parent-ou-ab12-cd34ef56.json")
	}
	return ""
}

// placeOf gives the path of an account, and the nodes above it.
func (r *organizationReader) placeOf(v listedAccount) (treePath string, above []string) {
	for _, treePath := range v.Paths {
		if above := nodesAbove(treePath, v.ID); above != nil {
			return treePath, above
		}
	}
	if len(v.Paths) > 0 {
		r.out.Issue(snapshots.Issue{
			Column: "Paths", Kind: "bad_path",
			Reason: r.where() + " has paths, and none of them leads to it: they are left out",
			Remedy: "a path looks like o-exampleorgid/r-ab12/ou-ab12-cd34ef56/111122223333/",
		})
	}
	return "", nil
}

// listedRoot has its policy types nil where the answer leaves them out.
type listedRoot struct {
	ID, Arn, Name string
	PolicyTypes   []struct{ Type, Status string }
}

func (r *organizationReader) root(v listedRoot) (wrong string) {
	if nodeKind(v.ID) != "ROOT" {
		return "has the Id " + snapshots.Quote(v.ID) + ", which is no root"
	}
	r.inOrganization(v.Arn)
	node := snapshots.Node{ID: v.ID, Kind: "ROOT", Name: v.Name}
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

// listedUnit is a unit below the container that was asked about.
func (r *organizationReader) listedUnit(v listedUnit) (wrong string) {
	return r.addUnit(v, r.container, true)
}

// unit is the unit that was asked about.
func (r *organizationReader) unit(v listedUnit) (wrong string) { return r.addUnit(v, "", false) }

func (r *organizationReader) addUnit(v listedUnit, container string, needsParent bool) (wrong string) {
	if nodeKind(v.ID) != "ORGANIZATIONAL_UNIT" {
		return "has the Id " + snapshots.Quote(v.ID) + ", which is no organizational unit"
	}
	r.inOrganization(v.Arn)
	above := nodesAbove(v.Path, v.ID)
	r.addNodes(above)
	parent := cmp.Or(last(above), container, last(nodesAbove(v.Arn, v.ID)))
	r.addNode(snapshots.Node{ID: v.ID, Kind: "ORGANIZATIONAL_UNIT", Name: v.Name, ParentID: parent})
	if parent == "" && needsParent {
		r.askName("whose units these are", "list-organizational-units-for-parent-r-ab12.json")
	}
	return ""
}

func (r *organizationReader) child(v struct{ ID string }) (wrong string) {
	kind := nodeKind(v.ID)
	if kind == "" {
		return "has the Id " + snapshots.Quote(v.ID) + ", which is neither unit nor account"
	}
	r.addNode(snapshots.Node{ID: v.ID, Kind: kind, ParentID: r.container})
	if r.container == "" {
		r.askName("whose children these are", "list-children-r-ab12.json")
	}
	return ""
}

func (r *organizationReader) parent(v struct{ ID string }) (wrong string) {
	if !isContainer(v.ID) {
		return "has the Id " + snapshots.Quote(v.ID) + ", which is neither root nor unit"
	}
	r.addNode(snapshots.Node{ID: r.node, Kind: nodeKind(r.node), ParentID: v.ID})
	return ""
}
