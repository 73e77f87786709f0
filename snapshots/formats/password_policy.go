package formats

import (
	"bytes"
	"iamcensus/snapshots"
	"path"
	"regexp"
	"strings"
)

// passwordPolicy is what aws iam get-account-password-policy prints. An
// account without one answers with the error NoSuchEntity.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html
var passwordPolicy = Format{
	Name:  "password-policy",
	Title: "IAM password policy, JSON as aws iam get-account-password-policy prints it, or its error NoSuchEntity",
	Match: func(head []byte) bool {
		return hasKey("PasswordPolicy")(head) || isError(head, "NoSuchEntity") &&
			(startsObject(head) || bytes.Contains(head, []byte("GetAccountPasswordPolicy")))
	},
	Read: readPasswordPolicy,
}

func readPasswordPolicy(in Input, out Sink) {
	a := newAnswer(in, out, "aws iam get-account-password-policy")
	if e := readError(in.Data); e != nil {
		a.noPasswordPolicy(e)
		return
	}
	if a.read(map[string]field{"PasswordPolicy": one(a, a.passwordPolicy)}) {
		out.Document(a.Document)
	}
}

// policyOwner finds the account in "The Password Policy with domain name
// 111122223333 cannot be found."
var policyOwner = regexp.MustCompile(`domain name ([0-9]{12}) `)

// noPasswordPolicy takes NoSuchEntity for the word that there is no policy if
// the error or the file's name says that a policy was asked for: many answers
// of IAM are this error.
func (a *answer) noPasswordPolicy(e *awsError) {
	asked := strings.Contains(letters(e.Message), "passwordpolicy") || strings.Contains(letters(path.Base(a.path)), "passwordpolicy")
	if e.Code != "NoSuchEntity" {
		a.out.Issue(wrongError(e, a.command))
		return
	}
	if !asked {
		a.out.Issue(snapshots.Issue{
			Kind: "error_answer", Reason: `the file holds the error "NoSuchEntity", and nothing says of what`,
			Remedy: "if it is of " + a.command + ", name the file get-account-password-policy.json",
		})
		return
	}
	if owner := policyOwner.FindStringSubmatch(e.Message); owner != nil {
		a.Account = owner[1]
	}
	a.Rows, a.PasswordPolicy = 1, &snapshots.PasswordPolicy{}
	a.out.Document(a.Document)
}

// answeredPolicy has nil for what the answer leaves out.
type answeredPolicy struct {
	MinimumPasswordLength                       *int
	RequireSymbols, RequireNumbers              *bool
	RequireUppercaseCharacters                  *bool
	RequireLowercaseCharacters                  *bool
	AllowUsersToChangePassword, ExpirePasswords *bool
	MaxPasswordAge, PasswordReusePrevention     int
	HardExpiry                                  *bool
}

func (a *answer) passwordPolicy(p answeredPolicy) (wrong string) {
	switch {
	case p.MinimumPasswordLength == nil:
		return "has no MinimumPasswordLength"
	case *p.MinimumPasswordLength < 0 || p.MaxPasswordAge < 0 || p.PasswordReusePrevention < 0:
		return "has a number below zero"
	}
	a.PasswordPolicy = &snapshots.PasswordPolicy{
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
