// Package scp classifies the statements of a service control policy by how far
// they make IAM users use MFA.
//
// It judges one document. Which policies apply to an account, and what their
// statements add up to, is decided in SQL, where the organization's tree is.
//
// A document is parsed into clauses (parse.go). Each clause is tested against
// three requests that the same IAM user could make (condition.go):
//
//	access key           aws:MultiFactorAuthPresent and ...Age are absent
//	session without MFA  Present is false, Age is absent
//	session with MFA     Present is true, Age is half a second
//
// ("AWS global condition context keys", IAM User Guide). A session without MFA
// is what the console uses, and what sts:GetSessionToken returns without a code.
// For each request, the answer to "does the clause block it?" is never,
// sometimes or always. It is sometimes if it depends on something that the three
// requests leave open, such as a region, a tag, the user's name, or an action or
// resource that the clause leaves out. A Deny blocks what it matches, an Allow
// what it does not match. A clause makes users use MFA only if it blocks the
// session with MFA less than one of the others:
//
//	full          both requests without MFA are always blocked
//	console_only  the session without MFA always, the access key not always
//	partial       some requests without MFA
//	none          nothing because MFA is missing
//
// So "deny everything" is none, and so is BoolIfExists Present ["true","false"]:
// they block users with MFA too. Where AWS's documentation leaves a meaning open,
// the lower class is taken.
//
// Each statement is judged alone: two Denies that cover all actions only
// together are both partial.
package scp
