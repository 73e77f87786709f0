package scp

import (
	"slices"
	"strings"
)

// reason says in one sentence why the clause is of its class.
func (c clause) reason(stops [3]answer) string {
	if class(stops) == None {
		return c.whyNone(stops) + "."
	}
	if !c.deny() {
		return c.whatAllowed(stops) + "."
	}
	return strings.Join(append([]string{c.whatDenied(stops)}, c.extent()...), ", ") + "."
}

func (c clause) whyNone(stops [3]answer) string {
	mfa := c.mfaTests()
	switch outside := c.excludesUsers(); {
	case c.allowsSelfServiceOnly():
		return "Allows MFA self-service only"
	case c.actions.ofActions() == never:
		return "Has no effect: " + c.actions.element + " selects no action"
	case c.resources.ofResources() == never:
		return "Has no effect: " + c.resources.element + " selects no resource"
	case outside != "":
		return "Applies to no IAM user (" + outside + ")"
	case mfa == "" && c.deny():
		return "Has no condition on MFA: what it denies, it denies with MFA too"
	case mfa == "":
		return "Allows requests without MFA: it has no condition on MFA"
	case !c.readable():
		return "Has a value for which AWS documents no meaning (" + mfa + ")"
	case !c.deny() && min(stops[accessKey], stops[noMFA]) < always:
		return "Allows requests without MFA (" + mfa + ")"
	case !c.deny():
		return "Allows neither requests without MFA nor those of a user just signed in with it (" + mfa + ")"
	case stops[withMFA] > never:
		return "Denies requests with MFA no less than those without (" + mfa + ")"
	default:
		return "Denies no request for want of MFA (" + mfa + ")"
	}
}

func (c clause) whatAllowed(stops [3]answer) string {
	mfa := " (" + c.mfaTests() + ")"
	switch {
	case c.unclear():
		return "Allows requests under an operator not documented for the key" + mfa
	case stops[noMFA] < always:
		return "Allows console sessions without MFA, but no access keys" + mfa
	case stops[accessKey] < always:
		return "Allows console sessions only with MFA, but access keys without" + mfa
	default:
		return "Allows requests only with MFA" + mfa
	}
}

func (c clause) whatDenied(stops [3]answer) string {
	who := "requests without MFA"
	switch {
	case stops[accessKey] == never:
		who = "console sessions without MFA, but not access keys"
	case stops[noMFA] == never:
		who = "access keys, but not console sessions without MFA"
	}
	return "Denies " + who + " (" + c.mfaTests() + ")"
}

// extent lists the actions, the resources and what else narrows a Deny.
func (c clause) extent() []string {
	parts := []string{"for every action", "on every resource"}
	switch narrow := c.actions.ofActions() < always; {
	case narrow && c.actions.not():
		wider := slices.DeleteFunc(slices.Clone(c.actions.values), isSelfService)
		parts[0] = "but leaves out more than MFA self-service (" + sample(wider) + ")"
	case narrow:
		parts[0] = "only for some actions (" + sample(c.actions.values) + ")"
	case c.actions.not():
		parts[0] += " but MFA self-service"
	}
	if c.resources.ofResources() < always {
		parts[1] = "only on some resources (" + c.resources.element + " " + sample(c.resources.values) + ")"
	}
	if narrowing := c.narrowing(); len(narrowing) > 0 {
		parts = append(parts, "only where further conditions hold ("+sample(narrowing)+")")
	}
	if c.unclear() {
		parts = append(parts, "by an operator not documented for the key")
	}
	return parts
}

// narrowing names the tests on keys other than MFA's that do not hold of every
// request of an IAM user.
func (c clause) narrowing() (names []string) {
	for _, t := range c.condition {
		if !t.onMFA() && t.matches(requests[noMFA]) < always {
			names = append(names, t.name+" "+t.key)
		}
	}
	return names
}

// excludesUsers names a test that holds of no request of an IAM user.
func (c clause) excludesUsers() string {
	for _, t := range c.condition {
		if !t.onMFA() && t.matches(requests[noMFA]) == never {
			return clip(t.name + " " + t.key)
		}
	}
	return ""
}

func (c clause) readable() bool {
	return !slices.ContainsFunc(c.condition, func(t test) bool {
		return t.onMFA() && !t.op.readable(t.values)
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

// sample keeps a list short.
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
