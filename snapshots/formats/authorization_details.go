package formats

import (
	"bytes"
	"cmp"
	"iamcensus/snapshots"
	"strings"
)

// authorizationDetails is what aws iam get-account-authorization-details
// prints: users without credentials, and counts. It is a whole account or
// nothing. MFA devices are not in it. AirIAM's iam_data.json, the same under
// names of its own, is known by name and refused.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
var authorizationDetails = Format{
	Name:  "authorization-details",
	Title: "IAM authorization details, JSON as aws iam get-account-authorization-details prints it",
	Match: func(head []byte) bool {
		return hasKey("UserDetailList", "GroupDetailList", "RoleDetailList")(head) ||
			hasKey("Policies")(head) && bytes.Contains(head, []byte(`"PolicyVersionList"`)) ||
			hasKey("AccountUsers", "AccountGroups", "AccountRoles", "AccountPolicies")(head)
	},
	Read: readAuthorizationDetails,
}

// describedThing is a user, group, role or policy.
type describedThing struct {
	Arn, UserName, UserID, GroupName, RoleName, PolicyName string

	CreateDate jsonTime
}

func readAuthorizationDetails(in Input, out Sink) {
	a := newAnswer(in, out, "aws iam get-account-authorization-details")
	a.whole = true
	counts := map[string]int64{}
	things := func(kind string) field {
		return list(a, func(thing describedThing) (wrong string) {
			if thing.name() == "" {
				return "has no name"
			}
			counts[thing.kind(kind)]++
			a.ownedBy(thing.Arn)
			if kind == "user" {
				a.Users = append(a.Users, snapshots.DescribedUser{
					Name: thing.UserName, ARN: thing.Arn, AWSUserID: thing.UserID,
					CreatedAt: a.time("CreateDate", thing.CreateDate),
				})
			}
			return ""
		})
	}
	airIAM := refuseAll(a, "other_tool",
		"the file is AirIAM's own form of the account, which leaves out every cell that AWS fills with N/A",
		"save what "+a.command+" and aws iam get-credential-report print")
	if !a.read(map[string]field{
		"UserDetailList": things("user"), "GroupDetailList": things("group"), "RoleDetailList": things("role"),
		"Policies": things("policy"), "IsTruncated": a.more,
		"AccountUsers": airIAM, "AccountGroups": airIAM, "AccountRoles": airIAM, "AccountPolicies": airIAM, "CredentialReport": airIAM,
	}) {
		return
	}
	for _, kind := range []string{"user", "group", "role", "policy", "policy_aws_managed"} {
		// With --filter, what was not asked for has an empty list: it is no
		// count of zero. Nor is a list counted that has bad elements.
		if counts[kind] > 0 && a.isComplete {
			a.Entities = append(a.Entities, snapshots.Entity{Kind: kind, N: counts[kind]})
		}
	}
	out.Document(a.Document)
}

func (t describedThing) name() string {
	return cmp.Or(t.UserName, t.GroupName, t.RoleName, t.PolicyName)
}

// kind sets the policies that AWS manages apart: each account sees the same.
func (t describedThing) kind(listed string) string {
	if listed == "policy" && strings.Contains(t.Arn, ":iam::aws:") {
		return "policy_aws_managed"
	}
	return listed
}
