package scp

import "strings"

// A test is one key under one operator in a Condition element.
type test struct {
	name   string // the operator as written
	key    string // as written
	op     operator
	values []string
}

const (
	mfaPresent = "aws:multifactorauthpresent"
	mfaAge     = "aws:multifactorauthage"
)

// The three requests in [requests].
const (
	accessKey = iota
	noMFA
	withMFA
)

// A request gives the shapes of the keys that are known; nil means that the key
// is absent. Names are lower case.
type request map[string][]string

// requests that the same IAM user makes. Sources: "AWS global condition context
// keys", for the user id "IAM identifiers", for the type "IAM policy elements:
// Variables and tags" (all IAM User Guide).
//
// The user makes them directly. A service that passes a request on
// (aws:ViaAWSService) had to be asked by a direct one, so an exception for
// services opens nothing. Nor does one for roles: to become one, a user needs
// sts:AssumeRole.
var requests = [3]request{
	accessKey: userWith(nil, nil),
	noMFA:     userWith([]string{"false"}, nil),
	withMFA:   userWith([]string{"true"}, []string{"0.5"}), // below and beside any limit that is meant
}

var userARNs = []string{"arn:aws:iam::#:user/#", "arn:aws-cn:iam::#:user/#", "arn:aws-us-gov:iam::#:user/#"}

func userWith(present, age []string) request {
	return request{
		mfaPresent:                  present,
		mfaAge:                      age,
		"aws:principalarn":          userARNs,
		"aws:principaltype":         {"User"},
		"aws:userid":                {"AIDA#"},
		"aws:username":              {"#"},
		"aws:viaawsservice":         {"false"},
		"aws:principalisawsservice": {"false"},
		"aws:principalservicename":  nil,
		"aws:federatedprovider":     nil,
		"aws:sourceidentity":        nil,
		"aws:calledvia":             nil,
		"aws:calledviafirst":        nil,
		"aws:calledvialast":         nil,
	}
}

// Key names are not case-sensitive ("IAM JSON policy elements: Condition").
func (t test) id() string { return strings.ToLower(t.key) }

func (t test) onMFA() bool { return t.id() == mfaPresent || t.id() == mfaAge }

// misused: AWS documents Boolean operators for the one key, numeric ones for
// the other, and Null for any. Others draw a warning ("Type mismatch", IAM
// policy validation check reference) and what they do is not said.
func (t test) misused() bool {
	switch {
	case t.op.kind == null:
		return false
	case t.id() == mfaPresent:
		return t.op.kind != boolean
	case t.id() == mfaAge:
		return t.op.kind != numeric
	default:
		return false
	}
}

func (t test) matches(r request) answer {
	shapes, known := r[t.id()]
	if !known {
		return sometimes
	}
	return t.op.matches(t.values, shapes)
}
