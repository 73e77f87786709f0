package scp

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// kind is the type of the values an operator compares.
type kind int

const (
	other kind = iota // dates, addresses, bytes: none of the known keys has them
	text
	boolean
	numeric
	null
)

// An operator is a name of "IAM JSON policy elements: Condition operators"
// taken apart.
type operator struct {
	kind     kind
	compare  func(value string, shapes []string) answer
	negated  bool   // ...Not...: none of the values may match
	ifExists bool   // true if the key is absent
	set      string // forallvalues, foranyvalue or empty
}

var operators = map[string]operator{
	"stringequals":              {kind: text, compare: equal},
	"stringnotequals":           {kind: text, compare: equal, negated: true},
	"stringequalsignorecase":    {kind: text, compare: equalFold},
	"stringnotequalsignorecase": {kind: text, compare: equalFold, negated: true},
	"stringlike":                {kind: text, compare: like},
	"stringnotlike":             {kind: text, compare: like, negated: true},
	"arnequals":                 {kind: text, compare: likeARN},
	"arnlike":                   {kind: text, compare: likeARN},
	"arnnotequals":              {kind: text, compare: likeARN, negated: true},
	"arnnotlike":                {kind: text, compare: likeARN, negated: true},
	"bool":                      {kind: boolean, compare: equalBool},
	"null":                      {kind: null, compare: isAbsent},
	"numericequals":             {kind: numeric, compare: number(0)},
	"numericnotequals":          {kind: numeric, compare: number(0), negated: true},
	"numericlessthan":           {kind: numeric, compare: number(-1)},
	"numericlessthanequals":     {kind: numeric, compare: number(-1, 0)},
	"numericgreaterthan":        {kind: numeric, compare: number(1)},
	"numericgreaterthanequals":  {kind: numeric, compare: number(1, 0)},
	"dateequals":                {},
	"datenotequals":             {},
	"datelessthan":              {},
	"datelessthanequals":        {},
	"dategreaterthan":           {},
	"dategreaterthanequals":     {},
	"binaryequals":              {},
	"ipaddress":                 {},
	"notipaddress":              {},
}

func parseOperator(name string) (operator, error) {
	base := strings.ToLower(name)
	set, rest, found := strings.Cut(base, ":")
	if found && (set == "forallvalues" || set == "foranyvalue") {
		base = rest
	} else {
		set = ""
	}
	base, ifExists := strings.CutSuffix(base, "ifexists")
	op, known := operators[base]
	if !known || ifExists && op.kind == null { // "Null with if exists" is an error, too
		return op, fmt.Errorf("%q is not a condition operator", clip(name))
	}
	op.set, op.ifExists = set, ifExists
	return op, nil
}

// matches says whether the operator holds of a key with these shapes, nil being
// an absent key.
func (op operator) matches(values, shapes []string) answer {
	switch {
	case op.kind == other || !op.readable(values):
		return sometimes
	case op.kind == null:
		return op.any(values, shapes)
	case shapes == nil:
		return op.matchesAbsent()
	case len(values) == 0:
		return never
	}
	if op.negated {
		return op.any(values, shapes).not()
	}
	return op.any(values, shapes)
}

// any is the logical OR over the values of a key; its negation is the NOR that
// holds of negated operators ("Conditions with multiple context keys or
// values").
func (op operator) any(values, shapes []string) answer {
	result := never
	for _, v := range values {
		result = max(result, op.compare(v, shapes))
	}
	return result
}

// matchesAbsent: a missing key fails, but passes where it must not match
// ("Condition operators"); ForAllValues passes, ForAnyValue fails
// ("Single-valued vs. multivalued context keys"). IfExists passes, whatever it
// is added to.
func (op operator) matchesAbsent() answer {
	switch {
	case op.ifExists || op.set == "forallvalues":
		return always
	case op.set == "foranyvalue":
		return never
	default:
		return answerOf(op.negated)
	}
}

// readable: AWS does not document what a Boolean operator makes of "yes", say.
// Of a statement with a variable it says that it may be void where the variable
// has no value ("IAM policy elements: Variables and tags"). Of an empty list it
// says both that the test is true and that the statement permits nothing,
// unless a set operator or IfExists goes with it: then the list matches no key
// that is present ("Empty array condition" and following, IAM policy validation
// check reference).
func (op operator) readable(values []string) bool {
	for _, v := range values {
		if strings.Contains(v, "${") || !op.kind.reads(v) {
			return false
		}
	}
	return len(values) > 0 || op.ifExists || op.set != ""
}

func (k kind) reads(value string) bool {
	switch k {
	case boolean, null:
		return isBool(value)
	case numeric:
		_, ok := parseNumber(value)
		return ok
	default:
		return true
	}
}

func isBool(value string) bool {
	return strings.EqualFold(value, "true") || strings.EqualFold(value, "false")
}

func parseNumber(value string) (float64, bool) {
	n, err := strconv.ParseFloat(value, 64)
	return n, err == nil && !math.IsNaN(n) && !math.IsInf(n, 0)
}

func equalFold(value string, shapes []string) answer {
	lower := make([]string, len(shapes))
	for i, s := range shapes {
		lower[i] = strings.ToLower(s)
	}
	return equal(strings.ToLower(value), lower)
}

// likeARN: each of the six components is checked separately ("Condition
// operators"). What a shorter pattern matches is not said.
func likeARN(pattern string, shapes []string) answer {
	if strings.Count(pattern, ":") < 5 {
		return min(like(pattern, shapes), sometimes)
	}
	return like(pattern, shapes)
}

func equalBool(value string, shapes []string) answer {
	if !isBool(shapes[0]) {
		return sometimes
	}
	return answerOf(strings.EqualFold(value, shapes[0]))
}

// isAbsent: Null is true if the key does not exist, false if it does.
func isAbsent(value string, shapes []string) answer {
	return answerOf(strings.EqualFold(value, "true") == (shapes == nil))
}

// number makes a comparison of the key with a value; signs as in cmp.Compare.
func number(signs ...int) func(string, []string) answer {
	return func(value string, shapes []string) answer {
		k, ok := parseNumber(shapes[0])
		if !ok {
			return sometimes
		}
		v, _ := parseNumber(value)
		return answerOf(slices.Contains(signs, cmp.Compare(k, v)))
	}
}
