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

func (s selection) isNot() bool { return strings.HasPrefix(s.element, "Not") }

// selfService is what a user without MFA must be able to do to set it up: view
// and enroll devices, change the first password, view the own credentials, and
// exchange a code for a session. From "AWS: Allows MFA-authenticated IAM users to
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

// isSelfService: all actions of IAM with MFA in their names are about MFA
// devices. Other wildcards are more than is needed.
func isSelfService(action string) bool {
	action = strings.ToLower(action)
	onDevices := strings.HasPrefix(action, "iam:") && strings.Contains(action, "mfa")
	return onDevices || slices.Contains(selfService, action)
}

// isEveryAction: "*", or a pattern that matches as much. Since September 2025
// wildcards may be anywhere ("SCP syntax").
func isEveryAction(action string) bool { return covers(action, "#:#") }

func isEveryResource(resource string) bool { return covers(resource, "#") }

// inSelfService reports whether all listed actions are self-service, be they
// selected or left out.
func (s selection) inSelfService() bool {
	beyond := func(action string) bool { return !isSelfService(action) }
	return len(s.values) > 0 && !slices.ContainsFunc(s.values, beyond)
}

// ofActions tells how much of all actions is selected. Self-service may be left
// out of all.
func (s selection) ofActions() answer {
	if s.isNot() && s.inSelfService() {
		return always
	}
	return s.of(isEveryAction)
}

// ofResources tells how much of all resources is selected.
func (s selection) ofResources() answer { return s.of(isEveryResource) }

// of: an empty list selects nothing, even of NotAction and NotResource ("Empty
// array action", IAM policy validation check reference).
func (s selection) of(isAll func(string) bool) answer {
	switch {
	case len(s.values) == 0:
		return never
	case slices.ContainsFunc(s.values, isAll):
		return answerOf(!s.isNot())
	default:
		return sometimes
	}
}
