package scp

import "slices"

// A Statement is what one statement of a document asks for.
type Statement struct {
	Index  int    // position in the document, from 0
	Sid    string // empty if it has none
	Effect string // Deny or Allow
	// Class: for a Deny, what it asks for. For an Allow, what it would ask for
	// if no other Allow stood at its level.
	Class Verdict
	// AllowsWithoutMFA: an Allow that lets a user without MFA do more than MFA
	// self-service. Of the Allows at one level: if some are such, the level
	// asks for the lowest of their classes; if none are, for the highest class
	// of all.
	AllowsWithoutMFA bool
	Reason           string // one sentence for a reader
}

// Classify judges each statement of a policy document on its own. The document
// is JSON, or JSON that is URL-encoded as in IAM's API. An error names the
// statement and element that could not be read; then nothing is known about the
// policy.
func Classify(document []byte) ([]Statement, error) {
	clauses, err := parse(document)
	if err != nil {
		return nil, err
	}
	statements := make([]Statement, len(clauses))
	for i, c := range clauses {
		stops := c.stops()
		statements[i] = Statement{
			Index:            i,
			Sid:              c.sid,
			Effect:           c.effect,
			Class:            class(stops),
			AllowsWithoutMFA: !c.deny() && min(stops[accessKey], stops[noMFA]) < always,
			Reason:           c.reason(stops),
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

func (c clause) deny() bool { return c.effect == "Deny" }

// stops says of each of the three requests whether the clause, were it alone at
// its level, stops it.
func (c clause) stops() (stops [3]answer) {
	scope := c.scope()
	for kind, r := range requests {
		stops[kind] = min(scope, c.matches(r))
		if !c.deny() {
			stops[kind] = stops[kind].not()
		}
	}
	if c.unclear() {
		stops[accessKey] = min(stops[accessKey], sometimes)
		stops[noMFA] = min(stops[noMFA], sometimes)
	}
	return stops
}

// scope says how much of what users do the clause is about. To allow nothing
// but MFA self-service is to allow nothing.
func (c clause) scope() answer {
	if c.allowsSelfServiceOnly() {
		return never
	}
	return min(c.actions.ofActions(), c.resources.ofResources())
}

func (c clause) allowsSelfServiceOnly() bool {
	return !c.deny() && !c.actions.not() && c.actions.inSelfService()
}

// matches is the logical AND over operators and keys ("Conditions with multiple
// context keys or values", IAM User Guide).
func (c clause) matches(r request) answer {
	all := always
	for _, t := range c.condition {
		all = min(all, t.matches(r))
	}
	return all
}

func class(stops [3]answer) Verdict {
	key, session, mfa := stops[accessKey], stops[noMFA], stops[withMFA]
	switch {
	case max(key, session) <= mfa:
		return None
	case session < always:
		return Partial
	case key < always:
		return ConsoleOnly
	default:
		return Full
	}
}

// unclear: an MFA key under an operator that is not documented for it.
func (c clause) unclear() bool {
	return slices.ContainsFunc(c.condition, test.misused)
}
