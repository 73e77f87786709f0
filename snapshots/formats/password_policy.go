package formats

import (
	"bytes"
	"fmt"
	"iamcensus/snapshots"
	"path"
	"regexp"
	"strings"
)

// passwordPolicy is the output of aws iam get-account-password-policy. For an account
// without a policy it is the error NoSuchEntity.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html
var passwordPolicy = Format{
	Name:  "password-policy",
	Title: "IAM password policy, the JSON of aws iam get-account-password-policy or its error NoSuchEntity",
	Match: func(head []byte) bool {
		return hasKey("PasswordPolicy")(head) || isError(head, "NoSuchEntity") &&
			(startsObject(head) || bytes.Contains(head, []byte("GetAccountPasswordPolicy")))
	},
	Read: readPasswordPolicy,
}

func readPasswordPolicy(in Input, out Sink) {
	r := newResponse(in, out, "aws iam get-account-password-policy")
	if e := readError(in.Data); e != nil {
		r.noPasswordPolicy(e)
		return
	}
	if r.read(map[string]fieldReader{"PasswordPolicy": object(r, r.passwordPolicy)}) {
		out.Document(r.Document)
	}
}

// policyOwner finds the account in "The Password Policy with domain name
// 111122223333 cannot be found."
var policyOwner = regexp.MustCompile(`domain name ([0-9]{12}) `)

// noPasswordPolicy reads NoSuchEntity. It means that the account has no policy only if
// the error or the file's name shows that a policy was requested, since many requests
// to IAM give this error.
func (r *response) noPasswordPolicy(e *awsError) {
	requested := strings.Contains(onlyLetters(e.Message), "passwordpolicy") || strings.Contains(onlyLetters(path.Base(r.path)), "passwordpolicy")
	if e.Code != "NoSuchEntity" {
		r.out.Issue(unexpectedError(e, r.command))
		return
	}
	if !requested {
		r.out.Issue(snapshots.Issue{
			Kind: "error_answer", Reason: `the file is the error "NoSuchEntity" of an unknown request`,
			Remedy: "if it is the output of " + r.command + ", name the file get-account-password-policy.json",
		})
		return
	}
	if owner := policyOwner.FindStringSubmatch(e.Message); owner != nil {
		r.Account = owner[1]
	}
	r.Rows, r.PasswordPolicy = 1, &snapshots.PasswordPolicy{}
	r.out.Document(r.Document)
}

// jsonPolicy has nil for fields that the response lacks.
type jsonPolicy struct {
	MinimumPasswordLength                       *int
	RequireSymbols, RequireNumbers              *bool
	RequireUppercaseCharacters                  *bool
	RequireLowercaseCharacters                  *bool
	AllowUsersToChangePassword, ExpirePasswords *bool
	MaxPasswordAge, PasswordReusePrevention     int
	HardExpiry                                  *bool
}

func (r *response) passwordPolicy(p jsonPolicy) (problem string) {
	switch {
	case p.MinimumPasswordLength == nil:
		return "has no MinimumPasswordLength"
	case isBeyond(*p.MinimumPasswordLength, maxPasswordLength):
		return beyond("MinimumPasswordLength", maxPasswordLength)
	case isBeyond(p.MaxPasswordAge, maxPasswordAge):
		return beyond("MaxPasswordAge", maxPasswordAge)
	case isBeyond(p.PasswordReusePrevention, maxReusePrevention):
		return beyond("PasswordReusePrevention", maxReusePrevention)
	}
	r.PasswordPolicy = &snapshots.PasswordPolicy{
		IsSet:            true,
		MinimumLength:    *p.MinimumPasswordLength,
		RequireSymbols:   flagOf(p.RequireSymbols),
		RequireNumbers:   flagOf(p.RequireNumbers),
		RequireUppercase: flagOf(p.RequireUppercaseCharacters),
		RequireLowercase: flagOf(p.RequireLowercaseCharacters),
		AllowChange:      flagOf(p.AllowUsersToChangePassword),
		ExpirePasswords:  flagOf(p.ExpirePasswords),
		MaxAgeDays:       p.MaxPasswordAge,
		ReusePrevention:  p.PasswordReusePrevention,
		HardExpiry:       flagOf(p.HardExpiry),
	}
	return ""
}

// Maxima of the numbers, far above what AWS allows: 128 characters, 1,095 days and 24
// passwords.
const (
	maxPasswordLength  = 1024
	maxPasswordAge     = 36_500
	maxReusePrevention = 1000
)

func isBeyond(n, most int) bool { return n < 0 || n > most }

func beyond(name string, most int) string {
	return fmt.Sprintf("has an invalid number in %s, which is not from 0 to %d", name, most)
}
