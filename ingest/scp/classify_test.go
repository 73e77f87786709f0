package scp

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestClassify(t *testing.T) {
	for _, d := range documents() {
		t.Run(d.name, func(t *testing.T) {
			statements, err := Classify([]byte(d.policy))
			if err != nil {
				t.Fatal(err)
			}
			if got := classes(statements); got != d.want {
				t.Errorf("got %q, want %q: %s\n%s\n%v", got, d.want, d.why, d.policy, reasons(statements))
			}
		})
	}
}

func classes(statements []Statement) string {
	var list []string
	for _, s := range statements {
		class := string(s.Class)
		if s.AllowsWithoutMFA {
			class += "+"
		}
		list = append(list, class)
	}
	return strings.Join(list, " ")
}

func reasons(statements []Statement) (list []string) {
	for _, s := range statements {
		list = append(list, s.Reason)
	}
	return list
}

func TestStatement(t *testing.T) {
	got, err := Classify([]byte(`{"Id":"x","Statement":[
	  {"Sid":"One","Effect":"Allow","Action":"*","Resource":"*"},
	  {"Effect":"Deny","Action":"*","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}`))
	want := []Statement{
		{Index: 0, Sid: "One", Effect: "Allow", Class: None, AllowsWithoutMFA: true,
			Reason: "Allows requests without MFA, because it has no MFA condition."},
		{Index: 1, Effect: "Deny", Class: Full,
			Reason: "Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), for every action, on every resource."},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %+v, %v\nwant %+v", got, err, want)
	}
}

// TestReason has each form of reason once.
func TestReason(t *testing.T) {
	for _, c := range []struct{ policy, want string }{
		{denyWhat(`"NotAction":["iam:GetUser"],"Resource":"*"`),
			"Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), for every action except MFA self-service, on every resource."},
		{denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
			"Denies console sessions without MFA, but not access keys (Bool aws:MultiFactorAuthPresent false), for every action, on every resource."},
		{denyIf(`{"Null":{"aws:MultiFactorAuthPresent":"true"}}`),
			"Denies access keys, but not console sessions without MFA (Null aws:MultiFactorAuthPresent true), for every action, on every resource."},
		{denyWhat(`"Action":["a:A","a:B","a:C","a:D"],"NotResource":"r"`),
			"Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), only for some actions (a:A, a:B, a:C, ...), only on some resources (NotResource r)."},
		{denyWhat(`"NotAction":["iam:GetUser","iam:*"],"Resource":"*"`),
			"Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), but exempts more than MFA self-service (iam:*), on every resource."},
		{denyIf(`{` + withoutMFA + `,"StringEquals":{"aws:RequestedRegion":"x","aws:PrincipalType":"User"}}`),
			"Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), for every action, on every resource, only if other conditions hold (StringEquals aws:RequestedRegion)."},
		{denyIf(`{"StringEquals":{"aws:MultiFactorAuthPresent":"false"}}`),
			"Denies console sessions without MFA, but not access keys (StringEquals aws:MultiFactorAuthPresent false), for every action, on every resource, by a condition operator that AWS does not document for the key."},
		{denyIf(`{}`), "Has no MFA condition, so it denies requests with MFA too."},
		{denyIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":["true","false"]}}`),
			"Denies requests with MFA as well as requests without MFA (BoolIfExists aws:MultiFactorAuthPresent true or false)."},
		{denyIf(`{"NumericGreaterThan":{"aws:MultiFactorAuthAge":3600}}`),
			"Denies no requests because of missing MFA (NumericGreaterThan aws:MultiFactorAuthAge 3600)."},
		{denyIf(`{"Bool":{"aws:MultiFactorAuthPresent":"no"}}`),
			"Has an MFA condition with a value that AWS does not document (Bool aws:MultiFactorAuthPresent no)."},
		{denyIf(`{` + withoutMFA + `,"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"}}`),
			"Applies to no IAM user (ArnLike aws:PrincipalArn)."},
		{denyWhat(`"NotAction":"*","Resource":"*"`), "Has no effect: NotAction selects no action."},
		{denyWhat(`"Action":"*","Resource":[]`), "Has no effect: Resource selects no resource."},
		{allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`),
			"Allows requests only with MFA (Bool aws:MultiFactorAuthPresent true)."},
		{allowIf(`{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}`),
			"Allows console sessions only with MFA, but access keys without MFA (BoolIfExists aws:MultiFactorAuthPresent true)."},
		{allowIf(`{"Null":{"aws:MultiFactorAuthPresent":"false"}}`),
			"Allows console sessions without MFA, but not access keys (Null aws:MultiFactorAuthPresent false)."},
		{allowIf(`{"Bool":{"aws:MultiFactorAuthPresent":"false"}}`),
			"Allows requests without MFA (Bool aws:MultiFactorAuthPresent false)."},
		{allowIf(`{"NumericGreaterThan":{"aws:MultiFactorAuthAge":3600}}`),
			"Allows no requests, neither without MFA nor right after sign-in with MFA (NumericGreaterThan aws:MultiFactorAuthAge 3600)."},
		{allowIf(`{"StringEquals":{"aws:MultiFactorAuthPresent":"true"}}`),
			"Allows requests by a condition operator that AWS does not document for the key (StringEquals aws:MultiFactorAuthPresent true)."},
		{statement(`{"Effect":"Allow","Action":"iam:GetUser","Resource":"*"}`), "Allows MFA self-service only."},
	} {
		got, err := Classify([]byte(c.policy))
		if err != nil || got[0].Reason != c.want {
			t.Errorf("%s\n got %v %v\nwant [%s]", c.policy, reasons(got), err, c.want)
		}
	}
}

func TestErrors(t *testing.T) {
	at := func(elements string) string {
		return statement(`[{"Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"S",` + elements + `}]`)
	}
	const where = `statement 1 "S": `
	for _, c := range []struct{ policy, want string }{
		{``, "not valid JSON"},
		{`{`, "not valid JSON"},
		{`%7`, "invalid URL escape"},
		{`{"Statement":[]} {}`, "not valid JSON"},
		{strings.Repeat("[", maxSize), "not valid JSON"},
		{strings.Repeat(" ", maxSize+1), "131073 bytes, more than the maximum of 131072"},
		{`[]`, "must be an object"},
		{`null`, "must be an object"},
		{`{}`, "no Statement element"},
		{`{"Statement":[],"statement":[]}`, `element "statement" appears twice`},
		{`{"Statement":[],"Comment":""}`, `element "Comment" is not allowed in a service control policy`},
		{`{"Statement":[7]}`, `statement 0 "": must be an object`},
		{`{"Statement":null}`, `statement 0 "": must be an object`},
		{`{"Statement":{"Sid":1}}`, `statement 0 "": element Sid: must be a string`},
		{at(`"Action":"*","Resource":"*"`), where + "no Effect element"},
		{at(`"Effect":"deny","Action":"*","Resource":"*"`), where + `element Effect: must be Allow or Deny`},
		{at(`"Effect":["Deny"],"Action":"*","Resource":"*"`), where + "element Effect: must be a string"},
		{at(`"Effect":"Deny","Resource":"*"`), where + "must have one of Action and NotAction"},
		{at(`"Effect":"Deny","Action":"*","NotAction":"*","Resource":"*"`), where + "must have one of Action and NotAction"},
		{at(`"Effect":"Deny","Action":"*"`), where + "must have one of Resource and NotResource"},
		{at(`"Effect":"Deny","Action":true,"Resource":"*"`), where + "element Action: must be a string or a list of strings"},
		{at(`"Effect":"Deny","Action":["*",null],"Resource":"*"`), where + "element Action: must be a string or a list of strings"},
		{at(`"Effect":"Deny","Action":"*","Resource":{}`), where + "element Resource: must be a string or a list of strings"},
		{at(`"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"`), where + `element "Principal" is not allowed in a service control policy`},
		{at(`"Effect":"Deny","Effect":"Allow"`), `statement 1 "": element "Effect" appears twice`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":[]`), where + "element Condition: must be an object"},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Boole":{}}`), where + `element Condition: operator "Boole" is unknown`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NullIfExists":{}}`), where + `element Condition: operator "NullIfExists" is unknown`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForSomeValues:Bool":{}}`), where + `element Condition: operator "ForSomeValues:Bool" is unknown`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":"x"}`), where + "element Condition: Bool: must be an object"},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":null}}`), where + `element Condition: Bool: key "k": must be a string or a list of strings`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":[["x"]]}}`), where + `element Condition: Bool: key "k": must be a string or a list of strings`},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:x":"a","AWS:X":"b"}}`), where + `element Condition: Bool: element "AWS:X" appears twice`},
		{statement(`{"Sid":"` + strings.Repeat("ü", 99) + `"}`), `statement 0 "` + strings.Repeat("ü", 40) + `...": no Effect element`},
		{at(`"Effect":"Deny","AKIA7Q3 secret":"*"`), where + "some element is not allowed in a service control policy"},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"hunter2!":{}}`), where + "element Condition: some operator is unknown"},
		{at(`"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{},"bool":{}}`), where + `element Condition: element "bool" appears twice`},
	} {
		got, err := Classify([]byte(c.policy))
		if err == nil || got != nil || !strings.HasSuffix(err.Error(), c.want) && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.200s\n got %v, %v\nwant %s", c.policy, got, err, c.want)
		}
	}
}

// TestSamples checks published policies, which are not part of this repository.
// IAMCENSUS_SAMPLES names their folder.
func TestSamples(t *testing.T) {
	folder := os.Getenv("IAMCENSUS_SAMPLES")
	if folder == "" {
		t.Skip("IAMCENSUS_SAMPLES is not set")
	}
	want := map[string]string{
		"deny_actions_no_mfa":     "full",
		"require_mfa_actions_ec2": "partial",
		"Bool_variant":            "console_only",
		"DenyEC2ApiWithNoMFA":     "partial",
		"DenyIAMNoMFA":            "full",
		"DenyIAMRootAccount":      "none",
	}
	for part, want := range want {
		files, _ := filepath.Glob(filepath.Join(folder, "scp", "*"+part+"*.json"))
		if len(files) != 1 {
			t.Errorf("%s: %d files", part, len(files))
			continue
		}
		policy, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		statements, err := Classify(policy)
		if got := classes(statements); got != want || err != nil {
			t.Errorf("%s: got %q, %v, want %q", files[0], got, err, want)
		}
	}
}

func ExampleClassify() {
	statements, _ := Classify([]byte(`{
	  "Version": "2012-10-17",
	  "Statement": [{
	    "Sid": "AskForMFA",
	    "Effect": "Deny",
	    "NotAction": ["iam:*MFADevice*", "sts:GetSessionToken"],
	    "Resource": "*",
	    "Condition": {
	      "BoolIfExists": {"aws:MultiFactorAuthPresent": "false"},
	      "ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:user/break-glass"}
	    }
	  }]
	}`))
	fmt.Println(statements[0].Class)
	fmt.Println(statements[0].Reason)
	// Output:
	// partial
	// Denies requests without MFA (BoolIfExists aws:MultiFactorAuthPresent false), for every action except MFA self-service, on every resource, only if other conditions hold (ArnNotLike aws:PrincipalArn).
}
