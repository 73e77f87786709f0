package scp

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSimulate checks the classes, which are claims about all requests of all
// users, with some thousand requests for each document. A plain evaluator, which
// shares no code with the package, decides them by AWS's rules.
func TestSimulate(t *testing.T) {
	undocumented := []string{
		"Null true", "StringEquals", "StringNotEquals", "no value", "not a boolean", "variable for a boolean",
		"age is not a number", "date operator", "but for a role named by a tag", "only for all users, short", "only for all of IAM, short", "only for accounts of twelve digits",
		"users by type, any case", "type under a Boolean operator", "type under a numeric operator",
	}
	for _, d := range documents() {
		if slices.Contains(undocumented, d.name) || strings.HasPrefix(d.policy, "%") || strings.Contains(d.policy, "aws-cn") {
			continue
		}
		statements, err := Classify([]byte(d.policy))
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range statements {
			if problem := refute(s, plainStatements(d.policy)[i]); problem != "" {
				t.Errorf("%s: %s %s+%v: %s", d.name, s.Effect, s.Class, s.AllowsWithoutMFA, problem)
			}
		}
	}
}

// refute looks for a request that contradicts the class. MFA self-service may
// pass.
func refute(s Statement, plain map[string]any) string {
	var keyPasses, sessionPasses, blocks, mfaPasses, makesDifference bool
	for _, around := range surroundings() {
		isBlocked := func(mfa map[string]string) bool {
			return simulate(plain, around, mfa) == (s.Effect == "Deny")
		}
		key, session, mfa := isBlocked(nil), isBlocked(plainNoMFA), isBlocked(plainMFA)
		self := strings.HasSuffix(around["action"], "MFADevice")
		keyPasses = keyPasses || !key && !self
		sessionPasses = sessionPasses || !session && !self
		blocks = blocks || key || session
		mfaPasses = mfaPasses || !mfa
		makesDifference = makesDifference || (key || session) && !mfa
	}
	switch {
	case s.Class == Full && (keyPasses || sessionPasses):
		return "a request without MFA passes"
	case s.Class == ConsoleOnly && sessionPasses:
		return "a session without MFA passes"
	case s.Class == ConsoleOnly && !keyPasses:
		return "no access key passes"
	case s.Class == Partial && !keyPasses && !sessionPasses:
		return "nothing without MFA passes"
	case s.Class != None && !mfaPasses:
		return "requests with MFA do not pass"
	case s.Class != None && !blocks:
		return "nothing is blocked"
	case s.Class == None && s.Effect == "Deny" && makesDifference:
		return "MFA makes a difference"
	case s.AllowsWithoutMFA != (s.Effect == "Allow" && (keyPasses || sessionPasses)):
		return "an Allow lets more or less through without MFA"
	}
	return ""
}

var (
	plainNoMFA = map[string]string{"aws:multifactorauthpresent": "false"}
	plainMFA   = map[string]string{"aws:multifactorauthpresent": "true", "aws:multifactorauthage": "5"}
)

// surroundings are all that a request has besides MFA.
func surroundings() (all []map[string]string) {
	for _, user := range []string{"bob", "break-glass-1", "ci-7", "people/ann", "admin", "x"} {
		for _, place := range []string{"eu-west-1 203.0.113.9 o-a1b2c3d4e5 111122223333", "us-east-1 203.0.113.9 o-a1b2c3d4e5 444455556666",
			"eu-west-1 198.51.100.1 o-other 111122223333"} {
			for _, call := range []string{"iam:CreateUser *", "iam:ListRoles *", "iam:CreateAccessKey *", "iam:DeactivateMFADevice *",
				"sts:AssumeRole *", "ec2:StopInstances *", "s3:GetObject arn:aws:s3:::public/x", "s3:DeleteBucket arn:aws:s3:::vault"} {
				at := strings.Fields(place)
				action, resource, _ := strings.Cut(call, " ")
				all = append(all, map[string]string{
					"action": action, "resource": resource,
					"aws:requestedregion": at[0], "aws:sourceip": at[1], "aws:principalorgid": at[2],
					"aws:principalarn":     "arn:aws:iam::" + at[3] + ":user/" + user,
					"aws:username":         strings.TrimPrefix(user, "people/"),
					"aws:userid":           map[bool]string{true: "AIDAEXAMPLEID", false: "AIDAOTHER"}[user == "x"],
					"aws:principaltag/mfa": map[bool]string{true: "exempt", false: ""}[user == "ci-7"],
					"aws:principaltype":    "User",
					"aws:viaawsservice":    "false",
				})
			}
		}
	}
	return all
}

// simulate reports whether the statement matches the request.
func simulate(plain map[string]any, around, mfa map[string]string) bool {
	if !simulateList(plain, "Action", strings.ToLower(around["action"])) || !simulateList(plain, "Resource", around["resource"]) {
		return false
	}
	condition, _ := plain["Condition"].(map[string]any)
	for operator, keys := range condition {
		for key, values := range keys.(map[string]any) {
			key = strings.ToLower(key)
			value, present := mfa[key]
			if !present {
				value, present = around[key]
			}
			if !simulateTest(strings.ToLower(operator), plainList(values), value, present) {
				return false
			}
		}
	}
	return true
}

func simulateList(plain map[string]any, element, value string) bool {
	list, not := plain[element], false
	if list == nil {
		list, not = plain["Not"+element], true
	}
	if len(plainList(list)) == 0 {
		return false
	}
	return slices.ContainsFunc(plainList(list), func(pattern string) bool {
		if element == "Action" {
			pattern = strings.ToLower(pattern)
		}
		return plainGlob(pattern, value)
	}) != not
}

func simulateTest(operator string, values []string, value string, present bool) bool {
	all := strings.HasPrefix(operator, "forallvalues:")
	any := strings.HasPrefix(operator, "foranyvalue:")
	operator = operator[strings.Index(operator, ":")+1:]
	operator, ifExists := strings.CutSuffix(operator, "ifexists")
	positive := strings.Replace(operator, "not", "", 1)
	switch {
	case operator == "null":
		return slices.ContainsFunc(values, func(v string) bool { return v == fmt.Sprint(!present) })
	case !present:
		return ifExists || all || !any && positive != operator
	}
	matched := slices.ContainsFunc(values, func(v string) bool { return plainCompare(positive, value, v) })
	return matched == (positive == operator)
}

func plainCompare(operator, value, v string) bool {
	switch operator {
	case "bool":
		return strings.EqualFold(value, v)
	case "stringequals":
		return value == v
	case "stringlike":
		return plainGlob(v, value)
	case "arnlike", "arnequals":
		patterns, parts := strings.SplitN(v, ":", 6), strings.SplitN(value, ":", 6)
		return slices.EqualFunc(patterns, parts, plainGlob)
	case "ipaddress":
		return strings.HasPrefix(value, strings.TrimSuffix(v, "0/24"))
	}
	a, _ := strconv.Atoi(value)
	b, err := strconv.Atoi(v)
	if err != nil {
		panic(operator + " " + v)
	}
	return map[string]bool{
		"numericequals": a == b, "numericlessthan": a < b, "numericlessthanequals": a <= b,
		"numericgreaterthan": a > b, "numericgreaterthanequals": a >= b,
	}[operator]
}

var globs = map[string]*regexp.Regexp{}

func plainGlob(pattern, value string) bool {
	if globs[pattern] == nil {
		quoted := strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
		globs[pattern] = regexp.MustCompile("^" + quoted + "$")
	}
	return globs[pattern].MatchString(value)
}

func plainStatements(policy string) (list []map[string]any) {
	var document struct{ Statement any }
	if err := json.Unmarshal([]byte(policy), &document); err != nil {
		panic(err)
	}
	many, ok := document.Statement.([]any)
	if !ok {
		many = []any{document.Statement}
	}
	for _, s := range many {
		list = append(list, s.(map[string]any))
	}
	return list
}

func plainList(v any) (list []string) {
	if many, ok := v.([]any); ok {
		for _, one := range many {
			list = append(list, fmt.Sprint(one))
		}
		return list
	}
	if v == nil {
		return nil
	}
	return []string{fmt.Sprint(v)}
}
