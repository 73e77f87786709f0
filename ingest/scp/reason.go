package scp

import (
	"slices"
	"strings"
)

// reason explains the class of a clause in one sentence.
func (c clause) reason(blocked [3]answer) string {
	if classOf(blocked) == None {
		return c.whyNone(blocked) + "."
	}
	if !c.isDeny() {
		return c.whatAllowed(blocked) + "."
	}
	return strings.Join(append([]string{c.whatDenied(blocked)}, c.extent()...), ", ") + "."
}

func (c clause) whyNone(blocked [3]answer) string {
	mfa := c.mfaTests()
	switch excluding := c.excludesUsers(); {
	case c.allowsSelfServiceOnly():
		return "Allows MFA self-service only"
	case c.actions.ofActions() == never:
		return "Has no effect: " + c.actions.element + " selects no action"
	case c.resources.ofResources() == never:
		return "Has no effect: " + c.resources.element + " selects no resource"
	case excluding != "":
		return "Applies to no IAM user (" + excluding + ")"
	case mfa == "" && c.isDeny():
		return "Has no MFA condition, so it denies requests with MFA too"
	case mfa == "":
		return "Allows requests without MFA, because it has no MFA condition"
	case !c.hasDocumentedValues():
		return "Has an MFA condition with a value that AWS does not document (" + mfa + ")"
	case !c.isDeny() && min(blocked[accessKey], blocked[noMFA]) < always:
		return "Allows requests without MFA (" + mfa + ")"
	case !c.isDeny():
		return "Allows no requests, neither without MFA nor right after sign-in with MFA (" + mfa + ")"
	case blocked[withMFA] > never:
		return "Denies requests with MFA as well as requests without MFA (" + mfa + ")"
	default:
		return "Denies no requests because of missing MFA (" + mfa + ")"
	}
}

func (c clause) whatAllowed(blocked [3]answer) string {
	mfa := " (" + c.mfaTests() + ")"
	switch {
	case c.hasUndocumentedOperator():
		return "Allows requests by a condition operator that AWS does not document for the key" + mfa
	case blocked[noMFA] < always:
		return "Allows console sessions without MFA, but not access keys" + mfa
	case blocked[accessKey] < always:
		return "Allows console sessions only with MFA, but access keys without MFA" + mfa
	default:
		return "Allows requests only with MFA" + mfa
	}
}

func (c clause) whatDenied(blocked [3]answer) string {
	who := "requests without MFA"
	switch {
	case blocked[accessKey] == never:
		who = "console sessions without MFA, but not access keys"
	case blocked[noMFA] == never:
		who = "access keys, but not console sessions without MFA"
	}
	return "Denies " + who + " (" + c.mfaTests() + ")"
}

// extent lists the actions, the resources and the other conditions of a Deny.
func (c clause) extent() []string {
	parts := []string{"for every action", "on every resource"}
	switch narrow := c.actions.ofActions() < always; {
	case narrow && c.actions.isNot():
		wider := slices.DeleteFunc(slices.Clone(c.actions.values), isSelfService)
		parts[0] = "but exempts more than MFA self-service (" + sample(wider) + ")"
	case narrow:
		parts[0] = "only for some actions (" + sample(c.actions.values) + ")"
	case c.actions.isNot():
		parts[0] += " except MFA self-service"
	}
	if c.resources.ofResources() < always {
		parts[1] = "only on some resources (" + c.resources.element + " " + sample(c.resources.values) + ")"
	}
	if narrowing := c.narrowing(); len(narrowing) > 0 {
		parts = append(parts, "only if other conditions hold ("+sample(narrowing)+")")
	}
	if c.hasUndocumentedOperator() {
		parts = append(parts, "by a condition operator that AWS does not document for the key")
	}
	return parts
}

// narrowing names the tests of other keys than MFA's that do not hold of every
// request of an IAM user.
func (c clause) narrowing() (names []string) {
	for _, t := range c.condition {
		if !t.onMFA() && t.holds[noMFA] < always {
			names = append(names, t.name+" "+t.key)
		}
	}
	return names
}

// excludesUsers names a test that holds of no request of an IAM user.
func (c clause) excludesUsers() string {
	for _, t := range c.condition {
		if !t.onMFA() && t.holds[noMFA] == never {
			return clip(t.name + " " + t.key)
		}
	}
	return ""
}

func (c clause) hasDocumentedValues() bool {
	return !slices.ContainsFunc(c.condition, func(t test) bool {
		return t.onMFA() && !t.op.isDocumented(t.values)
	})
}

func (c clause) mfaTests() string {
	var tests []string
	for _, t := range c.condition {
		if t.onMFA() {
			tests = append(tests, t.name+" "+t.key+" "+strings.Join(t.values, " or "))
		}
	}
	return sample(tests)
}

// sample shortens a list.
func sample(list []string) string {
	const most = 3
	short := make([]string, 0, most+1)
	for _, s := range list[:min(len(list), most)] {
		short = append(short, clip(s))
	}
	if len(list) > most {
		short = append(short, "...")
	}
	return strings.Join(short, ", ")
}
