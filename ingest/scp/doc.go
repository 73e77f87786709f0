// Package scp says of each statement of a service control policy how far it
// makes IAM users sign in with MFA.
//
// It looks at one document and knows nothing of accounts: which policies reach
// an account, and what their statements add up to, is decided where the
// organization's tree is known.
//
// The way through it: a document is parsed into clauses (parse.go); each clause
// is asked about three requests that the same IAM user could make
// (condition.go):
//
//	with an access key          aws:MultiFactorAuthPresent and ...Age are absent
//	from a session without MFA  Present is false, Age is absent: the console
//	from a session with MFA     Present is true, Age is half a second
//
// ("AWS global condition context keys", IAM User Guide). The second is also
// what sts:GetSessionToken gives without a code. For each one the answer to
// "does the clause stop it?" is never, sometimes or always: sometimes if that
// depends on something the three do not settle, such as a region, a tag, the
// user's name, or on an action or resource the clause leaves out. A Deny stops
// what it matches, an Allow what it does not. A clause asks for MFA only if it
// stops the last request less than one of the others:
//
//	full          both requests without MFA always
//	console_only  the session without MFA always, access keys not always
//	partial       less than that, but something
//	none          nothing for want of MFA
//
// So "deny everything" is none, and so is BoolIfExists Present
// ["true","false"]: MFA lets nobody back in. Such an account is blocked, which
// is another thing than MFA being asked for, and the block may be lifted
// tomorrow. Wherever AWS's documentation leaves a meaning open, the lower class
// is taken.
//
// Each statement is judged alone. Two denies that cover all actions only
// together are two partial ones.
package scp
