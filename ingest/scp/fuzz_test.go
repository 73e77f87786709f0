package scp

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzClassify: for any bytes no panic, an error or consistent statements, and
// the same statements for the same policy in URL encoding.
func FuzzClassify(f *testing.F) {
	for _, d := range documents() {
		f.Add([]byte(d.policy))
	}
	f.Fuzz(func(t *testing.T, policy []byte) {
		statements, err := Classify(policy)
		if err != nil {
			if statements != nil || len(err.Error()) > 1000 {
				t.Fatalf("%v with %.1000s", statements, err)
			}
			return
		}
		for i, s := range statements {
			checkStatement(t, i, s)
		}
		if strings.HasPrefix(strings.TrimSpace(string(policy)), "{") {
			again, err := Classify([]byte("\n" + url.PathEscape(string(policy)) + " "))
			if len(policy) < maxSize/4 && (err != nil || !slices.Equal(again, statements)) {
				t.Errorf("URL-encoded: %v, %v, want %v", again, err, statements)
			}
		}
	})
}

func checkStatement(t *testing.T, i int, s Statement) {
	t.Helper()
	switch {
	case s.Index != i:
		t.Errorf("index %d at %d", s.Index, i)
	case s.Effect != "Allow" && s.Effect != "Deny":
		t.Errorf("effect %q", s.Effect)
	case !slices.Contains([]Class{Full, ConsoleOnly, Partial, None}, s.Class):
		t.Errorf("class %q", s.Class)
	case s.AllowsWithoutMFA && (s.Effect == "Deny" || s.Class == Full):
		t.Errorf("%s %s allows without MFA", s.Effect, s.Class)
	case !strings.HasSuffix(s.Reason, ".") || len(s.Reason) > 2000:
		t.Errorf("reason of %d bytes: %.200s", len(s.Reason), s.Reason)
	case s.Class != None && !strings.Contains(strings.ToLower(s.Reason), "aws:multifactorauth"):
		t.Errorf("%s without a condition on MFA: %s", s.Class, s.Reason)
	}
}
