package snapshots

import (
	"cmp"
	"strings"
)

// Document is what one file reports of an account, an AWS Organization or a Region,
// credentials aside. Each format fills some of the lists.
type Document struct {
	Account        string // from the document itself; "" if it names none
	OrganizationID string // o-..., of the AWS Organization it describes, by an ARN; "" if there is none
	ManagementID   string `json:",omitempty"` // management account of that AWS Organization, by an ARN; "" if there is none
	CapturedAt     Time   // from the document itself; unknown if it has none
	Region         string // "" for global resources, or several Regions
	Rows           int    // list elements and map entries that were read, those without a record (such as quotas) included

	Entities       []Entity
	Users          []DescribedUser
	RootSummary    *RootSummary
	PasswordPolicy *PasswordPolicy
	Organization   *Organization
	Members        []Member
	Nodes          []Node
	Policies       []Policy
	Targets        []Target
	Listings       []Listing
	Compliance     []Compliance
	Rules          []Rule
}

// RootID is the root of the tree that the document is about, by the id of a root or
// unit in it: ou-ab12-cd34ef56 is below r-ab12. It is "" if there is none.
func (d *Document) RootID() string {
	for _, n := range d.Nodes {
		if root := cmp.Or(rootOf(n.ID), rootOf(n.ParentID)); root != "" {
			return root
		}
	}
	for _, t := range d.Targets {
		if root := rootOf(t.NodeID); root != "" {
			return root
		}
	}
	for _, l := range d.Listings {
		if root := rootOf(l.SubjectID); root != "" {
			return root
		}
	}
	return ""
}

func rootOf(node string) string {
	kind, rest, _ := strings.Cut(node, "-")
	if kind != "r" && kind != "ou" {
		return ""
	}
	root, _, _ := strings.Cut(rest, "-")
	return "r-" + root
}

// Entity is a count of resources of one kind, or one resource with its id.
type Entity struct {
	// Kind is user, group, role, policy, policy_aws_managed, mfa_device, bucket,
	// database, trail, instance, security_group, ...: singular, snake_case. Other
	// types of AWS Config keep their name.
	Kind string
	ID   string // AWS's id or name, for kinds that several Regions or files may list; "" for a count
	N    int64  // 1 for one with an ID
}

// DescribedUser is an IAM user without credentials. Authorization details and AWS
// Config have the AWS id, which credential reports lack.
type DescribedUser struct {
	Name      string
	ARN       string
	AWSUserID string // AIDA...
	CreatedAt Time
}

// RootSummary is what an account summary reports of the root user.
type RootSummary struct {
	HasMFA, HasAccessKeys, HasPassword, HasCertificates Flag
}

// PasswordPolicy is the password policy of an account, or that it has none.
type PasswordPolicy struct {
	IsSet            bool // false: AWS answered NoSuchEntity
	MinimumLength    int  // characters
	RequireSymbols   Flag
	RequireNumbers   Flag
	RequireUppercase Flag
	RequireLowercase Flag
	AllowChange      Flag
	ExpirePasswords  Flag
	MaxAgeDays       int // 0: no expiry
	ReusePrevention  int // passwords remembered; 0: none
	HardExpiry       Flag
}

// Organization is an AWS Organization. InUse is No if AWS answered
// AWSOrganizationsNotInUseException: the account is standalone.
type Organization struct {
	InUse      Flag
	FeatureSet string // ALL or CONSOLIDATED_BILLING
}

// Member is an account of an AWS Organization.
type Member struct {
	AccountID string
	Name      string
	Status    string // ACTIVE, SUSPENDED, PENDING_CLOSURE
	JoinedAt  Time
	Path      string // o-x/r-y/ou-z/111122223333/; "" if the listing has none
}

// Node is a root, an organizational unit or an account in the tree.
type Node struct {
	ID          string // r-..., ou-..., or an account id
	Kind        string // ROOT, ORGANIZATIONAL_UNIT, ACCOUNT
	Name        string
	ParentID    string // "" for a root, or if unknown
	SCPsEnabled Flag   // of a root: the policy type SERVICE_CONTROL_POLICY is ENABLED
}

// Policy is a service control policy. Content is JSON; nil if only the summary is
// known.
type Policy struct {
	ID         string // p-...
	Name       string
	Type       string // SERVICE_CONTROL_POLICY, ...
	AWSManaged Flag
	Content    *string
}

// Target is the attachment of a policy to a node.
type Target struct {
	PolicyID string
	NodeID   string
	NodeKind string // ROOT, ORGANIZATIONAL_UNIT, ACCOUNT
}

// Listing states that a list is complete, even if it is empty. Without it, the
// snapshot may lack elements. A page of a longer list has no Listing.
type Listing struct {
	// Of is accounts, roots, policies, accounts_of_node, units_of_node,
	// children_of_node, parents_of_node, policies_of_node or targets_of_policy.
	Of        string
	SubjectID string // the node or the policy; "" for the lists of the whole organization, or if unknown
}

// Compliance is the result of an AWS Config rule for one resource.
type Compliance struct {
	RuleName     string
	ResourceType string // AWS::IAM::User
	ResourceID   string // for IAM users the AIDA... id
	Result       string // COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA
	RecordedAt   Time
	Annotation   string
}

// Rule is an AWS Config rule: the name that its owner chose, and the identifier of
// the check.
type Rule struct {
	Name       string
	Identifier string // ACCESS_KEYS_ROTATED, ...
	Parameters string // JSON text
}
