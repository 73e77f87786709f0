package scp

import "testing"

func TestBest(t *testing.T) {
	for _, c := range []struct {
		verdicts []Verdict
		want     Verdict
	}{
		{nil, None},
		{[]Verdict{None}, None},
		{[]Verdict{None, Partial}, Partial},
		{[]Verdict{ConsoleOnly, Partial}, ConsoleOnly},
		{[]Verdict{ConsoleOnly, Full, None}, Full},
		{[]Verdict{Full, Unknown}, Full},
		{[]Verdict{Unknown, ConsoleOnly}, Unknown},
		{[]Verdict{Exempt, Full}, Exempt},
		{[]Verdict{NotInOrg, Unknown}, NotInOrg},
		{[]Verdict{"?", Partial}, Partial},
	} {
		if got := Best(c.verdicts...); got != c.want {
			t.Errorf("Best(%v) = %s, want %s", c.verdicts, got, c.want)
		}
	}
}

func TestLevel(t *testing.T) {
	deny := func(class Verdict) Statement { return Statement{Effect: "Deny", Class: class} }
	gated := func(class Verdict) Statement { return Statement{Effect: "Allow", Class: class} }
	open := func(class Verdict) Statement { return Statement{Effect: "Allow", Class: class, AllowsWithoutMFA: true} }
	for _, c := range []struct {
		name       string
		statements []Statement
		want       Verdict
	}{
		{"nothing", nil, None},
		{"the default", []Statement{open(None)}, None},
		{"the default and a deny", []Statement{open(None), deny(Full)}, Full},
		{"two denies", []Statement{open(None), deny(Partial), deny(ConsoleOnly)}, ConsoleOnly},
		{"allow with MFA", []Statement{gated(Full)}, Full},
		{"allow with MFA, and self-service", []Statement{gated(Full), gated(None)}, Full},
		{"self-service only", []Statement{gated(None)}, None},
		{"allow with MFA beside the default", []Statement{gated(Full), open(None)}, None},
		{"allow with MFA, and access keys without", []Statement{gated(Full), open(ConsoleOnly)}, ConsoleOnly},
		{"allow access keys here, sessions there", []Statement{open(ConsoleOnly), open(Partial)}, Partial},
		{"an open allow beside a deny", []Statement{open(None), gated(Full), deny(ConsoleOnly)}, ConsoleOnly},
	} {
		if got := Level(c.statements); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
