package scp

import (
	"cmp"
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"
)

// kind is the type of the values an operator compares.
type kind int

const (
	other kind = iota // dates, addresses, bytes, which no known key has
	text
	boolean
	numeric
	null
)

// An operator is one of "IAM JSON policy elements: Condition operators", taken
// apart.
type operator struct {
	kind     kind
	compare  func(value string, shapes []string) answer
	negated  bool   // Not...: none of the values may match
	ifExists bool   // holds if the key is absent
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
	if !known || ifExists && op.kind == null { // "Null with if exists" is an error too
		return op, errors.New(named("operator", name) + " is unknown")
	}
	op.set, op.ifExists = set, ifExists
	return op, nil
}

// matches tells whether the operator holds of a key with these shapes; nil is an
// absent key.
func (op operator) matches(values, shapes []string) answer {
	switch {
	case op.kind == other || !op.isDocumented(values):
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

// any is the OR over the values of a key. Its negation is the NOR of negated
// operators ("Conditions with multiple context keys or values").
func (op operator) any(values, shapes []string) answer {
	result := never
	for _, v := range values {
		result = max(result, op.compare(v, shapes))
	}
	return result
}

// matchesAbsent: an absent key holds for negated operators only ("Condition
// operators"), always for ForAllValues and never for ForAnyValue ("Single-valued
// vs. multivalued context keys"). With IfExists it always holds.
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

// isDocumented reports whether AWS documents what the operator does with these
// values. It does not for a Boolean operator with "yes", say, nor for a variable,
// which may have no value ("IAM policy elements: Variables and tags"), nor for an
// empty list: both that the test is true and that the statement permits nothing.
// With a set operator or IfExists, an empty list matches no key that is present
// ("Empty array condition" and following, IAM policy validation check
// reference).
func (op operator) isDocumented(values []string) bool {
	for _, v := range values {
		if strings.Contains(v, "${") || !op.kind.accepts(v) {
			return false
		}
	}
	return len(values) > 0 || op.ifExists || op.set != ""
}

func (k kind) accepts(value string) bool {
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

// likeARN: each of the six components is compared separately ("Condition
// operators"). What a shorter pattern matches is not documented.
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

// isAbsent compares the value of a Null operator.
func isAbsent(value string, shapes []string) answer {
	return answerOf(strings.EqualFold(value, "true") == (shapes == nil))
}

// number compares the key with a value: the signs of cmp.Compare that hold.
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
