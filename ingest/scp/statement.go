package scp

import "slices"

// A Statement is the classification of one statement of a document.
type Statement struct {
	Index  int    // position in the document, from 0
	Sid    string // empty if it has none
	Effect string // Deny or Allow
	// Class of a Deny: what it blocks. Class of an Allow: what it leaves
	// blocked if it is the only Allow at its level.
	Class Class
	// AllowsWithoutMFA: an Allow that lets a user without MFA do more than MFA
	// self-service. If a level (root, organizational unit or account) has such
	// Allows, the lowest of their classes holds; if not, the highest of all.
	AllowsWithoutMFA bool
	Reason           string // one sentence for people
}

// Classify judges each statement of a policy document on its own. The document
// is JSON, or JSON that is URL-encoded as in IAM's API. An error names the
// statement and the element that could not be read; then nothing is known about
// the policy.
func Classify(document []byte) ([]Statement, error) {
	clauses, err := parse(document)
	if err != nil {
		return nil, err
	}
	statements := make([]Statement, len(clauses))
	for i, c := range clauses {
		blocked := c.blocked()
		statements[i] = Statement{
			Index:            i,
			Sid:              c.sid,
			Effect:           c.effect,
			Class:            classOf(blocked),
			AllowsWithoutMFA: !c.isDeny() && min(blocked[accessKey], blocked[noMFA]) < always,
			Reason:           c.reason(blocked),
		}
	}
	return statements, nil
}

// A clause is a statement as parsed.
type clause struct {
	sid, effect string
	actions     selection
	resources   selection
	condition   []test // all must hold
}

func (c clause) isDeny() bool { return c.effect == "Deny" }

// blocked tells how much of each of the three requests the clause blocks, if it
// is alone at its level.
func (c clause) blocked() (blocked [3]answer) {
	scope := c.scope()
	for kind := range requests {
		blocked[kind] = min(scope, c.matches(kind))
		if !c.isDeny() {
			blocked[kind] = blocked[kind].not()
		}
	}
	if c.hasUndocumentedOperator() {
		blocked[accessKey] = min(blocked[accessKey], sometimes)
		blocked[noMFA] = min(blocked[noMFA], sometimes)
	}
	return blocked
}

// scope tells how much of what users do the clause is about. An Allow of MFA
// self-service alone counts as nothing.
func (c clause) scope() answer {
	if c.allowsSelfServiceOnly() {
		return never
	}
	return min(c.actions.ofActions(), c.resources.ofResources())
}

func (c clause) allowsSelfServiceOnly() bool {
	return !c.isDeny() && !c.actions.isNot() && c.actions.inSelfService()
}

// matches is the AND over operators and keys ("Conditions with multiple context
// keys or values", IAM User Guide).
func (c clause) matches(kind int) answer {
	all := always
	for _, t := range c.condition {
		all = min(all, t.holds[kind])
	}
	return all
}

func (c clause) hasUndocumentedOperator() bool {
	return slices.ContainsFunc(c.condition, test.hasUndocumentedOperator)
}
