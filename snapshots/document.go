package snapshots

// Document is what one file says of an account, an AWS Organization or a
// Region beside credentials. Most of its lists are empty: each format fills
// the ones it knows.
type Document struct {
	Account        string // whose it is, as the document itself says; "" if it does not
	OrganizationID string // o-..., which AWS Organization it describes; "" if it does not say
	CapturedAt     Time   // as the document itself says; Unknown if it does not
	Region         string // "" for what is global, or of several Regions
	Rows           int    // list elements and map entries that were read, also those that leave no record, such as quotas

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

// Entity counts the things of one kind, or is one of them that has an id.
type Entity struct {
	// Kind is user, group, role, policy, policy_aws_managed, mfa_device, bucket,
	// database, trail, instance, security_group, ...: singular, snake_case. A
	// type of AWS Config that has no such word stands as it is.
	Kind string
	ID   string // AWS's id or name, for kinds that several Regions or files may list; "" for a bare count
	N    int64  // 1 for one with an ID
}

// DescribedUser is an IAM user without credentials: authorization details
// and Config know its AWS id, which no credential report has.
type DescribedUser struct {
	Name      string
	ARN       string
	AWSUserID string // AIDA...
	CreatedAt Time
}

// RootSummary is what an account summary says of the root user.
type RootSummary struct {
	HasMFA, HasAccessKeys, HasPassword, HasCertificates Flag
}

// PasswordPolicy is an account's own, or the word that it has none.
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

// Organization is an AWS Organization. InUse is No where AWS answered
// AWSOrganizationsNotInUseException: the account is standalone.
type Organization struct {
	InUse               Flag
	ID                  string // o-...
	ManagementAccountID string
	FeatureSet          string // ALL or CONSOLIDATED_BILLING
}

// Member is an account that an AWS Organization lists.
type Member struct {
	AccountID string
	Name      string
	Status    string // ACTIVE, SUSPENDED, PENDING_CLOSURE
	JoinedAt  Time
	Path      string // o-x/r-y/ou-z/111122223333/, "" where the listing has none
}

// Node is a root, an organizational unit or an account in the tree.
type Node struct {
	ID          string // r-..., ou-..., or an account id
	Kind        string // ROOT, ORGANIZATIONAL_UNIT, ACCOUNT
	Name        string
	ParentID    string // "" for a root, or where nobody says
	SCPsEnabled Flag   // of a root: policy type SERVICE_CONTROL_POLICY is ENABLED
}

// Policy is a service control policy; Content is nil where only its summary
// is known.
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

// Listing says that a list is whole, be it empty: without it, what is not
// listed may only not be in the snapshot. A page of a longer list has none.
type Listing struct {
	Of   string // policies, policies_of_node, targets_of_policy
	Whom string // the node or the policy; "" for policies
}

// Compliance is the result of one AWS Config rule for one resource.
type Compliance struct {
	RuleName     string
	ResourceType string // AWS::IAM::User
	ResourceID   string // for IAM users the AIDA... id
	Result       string // COMPLIANT, NON_COMPLIANT, NOT_APPLICABLE, INSUFFICIENT_DATA
	RecordedAt   Time
	Annotation   string
}

// Rule is a Config rule: its free name and the identifier of what it checks.
type Rule struct {
	Name       string
	Identifier string // ACCESS_KEYS_ROTATED, ...
	Parameters string // JSON text
}
