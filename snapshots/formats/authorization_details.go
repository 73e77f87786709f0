package formats

import (
	"bytes"
	"cmp"
	"fmt"
	"iamcensus/snapshots"
	"strings"
	"unicode/utf8"
)

// authorizationDetails is the output of aws iam get-account-authorization-details:
// users without credentials, and counts. It is read as a whole or not at all. It has
// no MFA devices. AirIAM's iam_data.json, a variant, is recognized and refused.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
var authorizationDetails = Format{
	Name:  "authorization-details",
	Title: "IAM authorization details, the JSON of aws iam get-account-authorization-details",
	Match: func(head []byte) bool {
		return hasKey("UserDetailList", "GroupDetailList", "RoleDetailList")(head) ||
			hasKey("Policies")(head) && bytes.Contains(head, []byte(`"PolicyVersionList"`)) ||
			hasKey("AccountUsers", "AccountGroups", "AccountRoles", "AccountPolicies")(head)
	},
	Read: readAuthorizationDetails,
}

// describedEntity is a user, group, role or policy.
type describedEntity struct {
	Arn, UserName, UserID, GroupName, RoleName, PolicyName string

	CreateDate jsonTime
}

func readAuthorizationDetails(in Input, out Sink) {
	r := newResponse(in, out, "aws iam get-account-authorization-details")
	r.allOrNothing = true
	counts := map[string]int64{}
	entities := func(kind string) fieldReader {
		return list(r, func(entity describedEntity) (problem string) {
			if entity.name() == "" {
				return "has no name"
			}
			if utf8.RuneCountInString(entity.name()) > maxName {
				return fmt.Sprintf("has a name of more than %d characters", maxName)
			}
			if !isPrintable(entity.name()) {
				return "has a name with control characters"
			}
			counts[entity.kind(kind)]++
			r.setAccount(entity.Arn)
			if kind == "user" {
				r.Users = append(r.Users, snapshots.DescribedUser{
					Name: entity.UserName, ARN: r.arn(entity.Arn), AWSUserID: r.text("UserId", entity.UserID, maxName),
					CreatedAt: r.time("CreateDate", entity.CreateDate),
				})
			}
			return ""
		})
	}
	airIAM := refuseAll(r, "other_tool",
		"the file is AirIAM's iam_data.json, which lacks every cell that AWS fills with N/A",
		r.obtain+" and aws iam get-credential-report")
	if !r.read(map[string]fieldReader{
		"UserDetailList": entities("user"), "GroupDetailList": entities("group"), "RoleDetailList": entities("role"),
		"Policies": entities("policy"), "IsTruncated": r.readPageToken,
		"AccountUsers": airIAM, "AccountGroups": airIAM, "AccountRoles": airIAM, "AccountPolicies": airIAM, "CredentialReport": airIAM,
	}) {
		return
	}
	for _, kind := range []string{"user", "group", "role", "policy", "policy_aws_managed"} {
		// With --filter, the lists that were not requested are empty, which is not a
		// count of zero. A list with refused elements is not counted either.
		if counts[kind] > 0 && r.isComplete {
			r.Entities = append(r.Entities, snapshots.Entity{Kind: kind, N: counts[kind]})
		}
	}
	out.Document(r.Document)
}

func (e describedEntity) name() string {
	return cmp.Or(e.UserName, e.GroupName, e.RoleName, e.PolicyName)
}

// kind distinguishes policies that AWS manages, which are the same in all accounts.
func (e describedEntity) kind(listed string) string {
	if listed == "policy" && strings.Contains(e.Arn, ":iam::aws:") {
		return "policy_aws_managed"
	}
	return listed
}
