package scp

import "strings"

// A test is one key under one operator in a Condition element.
type test struct {
	name   string // the operator as written
	key    string // as written
	op     operator
	values []string
	holds  [3]answer // of each of the requests
}

// newTest is a test with its answers, which take most of the time of a long document.
func newTest(name, key string, op operator, values []string) test {
	t := test{name: name, key: key, op: op, values: values}
	for kind, r := range requests {
		if kind > 0 && !t.onMFA() {
			t.holds[kind] = t.holds[0] // the requests differ in MFA only
			continue
		}
		t.holds[kind] = t.matches(r)
	}
	return t
}

const (
	mfaPresent = "aws:multifactorauthpresent"
	mfaAge     = "aws:multifactorauthage"
)

// Indices of requests.
const (
	accessKey = iota
	noMFA
	withMFA
)

// A request has the shapes of the keys that are known, by names in lower case;
// nil if the key is absent.
type request map[string][]string

// requests of the same IAM user. Sources: "AWS global condition context
// keys", for the user id "IAM identifiers", for the type "IAM policy elements:
// Variables and tags" (all IAM User Guide).
//
// They are direct requests. A request that a service makes for the user
// (aws:ViaAWSService) needs a direct one first, so an exception for services
// allows nothing more. Nor does one for roles: the user needs sts:AssumeRole.
var requests = [3]request{
	accessKey: userWith(nil, nil),
	noMFA:     userWith([]string{"false"}, nil),
	withMFA:   userWith([]string{"true"}, []string{"0.5"}), // seconds: within any limit, and equal to none
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

// hasUndocumentedOperator: AWS documents Boolean operators for the one MFA key,
// numeric ones for the other, and Null for both. Others are a "Type mismatch"
// (IAM policy validation check reference), and their effect is not documented.
func (t test) hasUndocumentedOperator() bool {
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

// matches is sometimes for a key of which nothing is known.
func (t test) matches(r request) answer {
	shapes, known := r[t.id()]
	if !known {
		return sometimes
	}
	return t.op.matches(t.values, shapes)
}
