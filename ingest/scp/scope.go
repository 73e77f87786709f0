package scp

import (
	"slices"
	"strings"
)

// A selection is an Action, NotAction, Resource or NotResource element.
type selection struct {
	element string // as in the grammar
	values  []string
}

func (s selection) not() bool { return strings.HasPrefix(s.element, "Not") }

// selfService is what a user without MFA must be able to do to get it: look at
// and enrol devices, change the first password, see the own credentials, and
// trade a code for a session. After "AWS: Allows MFA-authenticated IAM users to
// manage their own credentials on the Security credentials page" (IAM User
// Guide). Creating credentials or assuming roles is more than that.
var selfService = []string{
	"iam:changepassword", "iam:getaccountpasswordpolicy",
	"iam:getuser", "iam:listusers", "iam:getloginprofile",
	"iam:listaccesskeys", "iam:getaccesskeylastused",
	"iam:listsshpublickeys", "iam:getsshpublickey",
	"iam:listsigningcertificates", "iam:listservicespecificcredentials",
	"iam:getaccountsummary", "iam:listaccountaliases",
	"sts:getsessiontoken", "sts:getcalleridentity",
}

// isSelfService: all actions of IAM with MFA in their names are on MFA devices.
// Other wildcards are more than is needed.
func isSelfService(action string) bool {
	action = strings.ToLower(action)
	onDevices := strings.HasPrefix(action, "iam:") && strings.Contains(action, "mfa")
	return onDevices || slices.Contains(selfService, action)
}

// isEveryAction: "*", or as good as that. Since September 2025 wildcards may
// stand anywhere ("SCP syntax").
func isEveryAction(action string) bool { return covers(action, "#:#") }

func isEveryResource(resource string) bool { return covers(resource, "#") }

// inSelfService: the listed actions, be they selected or left out.
func (s selection) inSelfService() bool {
	beyond := func(action string) bool { return !isSelfService(action) }
	return len(s.values) > 0 && !slices.ContainsFunc(s.values, beyond)
}

// ofActions says how many actions are selected, not counting self-service where
// it is left out on purpose.
func (s selection) ofActions() answer {
	if s.not() && s.inSelfService() {
		return always
	}
	return s.of(isEveryAction)
}

func (s selection) ofResources() answer { return s.of(isEveryResource) }

// of: an empty list selects nothing, NotAction and NotResource included ("Empty
// array action", IAM policy validation check reference).
func (s selection) of(isAll func(string) bool) answer {
	switch {
	case len(s.values) == 0:
		return never
	case slices.ContainsFunc(s.values, isAll):
		return answerOf(!s.not())
	default:
		return sometimes
	}
}
