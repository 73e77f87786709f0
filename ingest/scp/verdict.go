package scp

import "slices"

// A Verdict says how far service control policies make IAM users use MFA. The
// first four are said of statements, documents and accounts alike; the others
// of accounts only, and never come out of [Classify].
type Verdict string

const (
	// Full: no request without MFA gets through, be it from an access key or
	// from the console; MFA self-service excepted.
	Full Verdict = "full"
	// ConsoleOnly: as Full for the console and other temporary credentials, but
	// not for access keys.
	ConsoleOnly Verdict = "console_only"
	// Partial: some requests without MFA are stopped, others are not.
	Partial Verdict = "partial"
	// None: no request is stopped for want of MFA.
	None Verdict = "none"

	// Exempt: the management account, on which service control policies have no
	// effect.
	Exempt Verdict = "exempt"
	// NotInOrg: the account belongs to no AWS Organization.
	NotInOrg Verdict = "not_in_org"
	// Unknown: the policies, or the account's place in the tree, are not in the
	// snapshot.
	Unknown Verdict = "unknown"
)

// ranks, from what gives way to what prevails. A policy that was not seen could
// still be better than a console_only one, not better than a full one: hence
// the place of Unknown. Where policies have no effect or do not exist, none of
// them counts.
var ranks = []Verdict{None, Partial, ConsoleOnly, Unknown, Full, NotInOrg, Exempt}

// Best returns the verdict that prevails when all the given ones hold of the
// same account; None if there are none.
func Best(verdicts ...Verdict) Verdict {
	best := None
	for _, v := range verdicts {
		if slices.Index(ranks, v) > slices.Index(ranks, best) {
			best = v
		}
	}
	return best
}

// Level returns what the statements of all the policies attached to one root,
// organizational unit or account ask for together. Every Allow of the level
// must be among them: another one may open what these leave shut.
//
// One Deny is enough wherever it stands, but a request needs an Allow at each
// level ("SCP evaluation", AWS Organizations User Guide). So a level whose
// Allows are all for MFA only asks for MFA by itself, and one that is not gives
// the level away.
func Level(statements []Statement) Verdict {
	var deny, gated, open []Verdict
	for _, s := range statements {
		switch {
		case s.Effect == "Deny":
			deny = append(deny, s.Class)
		case s.AllowsWithoutMFA:
			open = append(open, s.Class)
		default:
			gated = append(gated, s.Class)
		}
	}
	allow := Best(gated...)
	if len(open) > 0 {
		allow = worst(open)
	}
	return Best(append(deny, allow)...)
}

func worst(verdicts []Verdict) Verdict {
	return slices.MinFunc(verdicts, func(a, b Verdict) int {
		return slices.Index(ranks, a) - slices.Index(ranks, b)
	})
}
