package formats

import (
	"strings"
	"testing"
)

func TestIsName(t *testing.T) {
	for name, want := range map[string]bool{
		"anna":                    true,
		"Anna.O+x=1,@b-c_d":       true,
		"<root_account>":          true,
		strings.Repeat("f", 128):  true, // SHA-512
		"3f7a9c/+==":              true, // base64
		"User 17":                 true,
		"Ünal":                    true,
		"user#1":                  true,
		"[removed]":               true,
		strings.Repeat("f", 129):  false,
		"%":                       true,
		"a%b":                     true,
		"o'brien":                 true,
		`a"b`:                     true,
		`a\b`:                     true,
		"a`b":                     true,
		"a\x00b":                  false,
		"a\tb":                    false,
		"a\x7fb":                  false,
		"a\u0085b":                false, // C1
		"a\u202eb":                false, // bidirectional
		"a\u200bb":                false,
		"a\u2028b":                false,
		"a\xffb":                  false,
		strings.Repeat("%a", 300): false,
	} {
		if isName(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func TestIsSuspicious(t *testing.T) {
	for name, want := range map[string]bool{
		"Anna.O+x=1,@b-c_d": false, "<root_account>": false, "3f7a9c/+==": false, "User 17": false, "user#1": false, "[removed]": false, "Ünal": false,
		"a%b": true, "o'brien": true, `a"b`: true, `a\b`: true, "a`b": true, "a;b": true,
	} {
		if isSuspicious(name) != want {
			t.Errorf("%q: %v", name, !want)
		}
	}
}

func TestIsARN(t *testing.T) {
	const account = "arn:aws:iam::111122223333:"
	for arn, want := range map[string]bool{
		"":                              true,
		account + "root":                true,
		account + "user/a/b'/c":         true, // AWS allows any character of ASCII in a path
		"arn:aws:iam::acct-9f2c:user/x": true,
		"hash":                          true,
		"-----BEGIN PRIVATE KEY-----":   false,
		account + "user/" + strings.Repeat("x", 512) + "/y":    true,
		account + "user/" + strings.Repeat("x", 60_000) + "/y": false,
		account + "user/a\nb":                                  false,
		"arn:aws:iam::" + strings.Repeat("1", 129) + ":user/a": false,
		"arn:aws:iam::1\x011:user/a":                           false,
		"arn:" + strings.Repeat("a", 65) + ":iam::1111:user/a": false,
	} {
		if isARN(arn) != want {
			t.Errorf("%.80q: %v", arn, !want)
		}
	}
}

func TestIsWord(t *testing.T) {
	for word, want := range map[string]bool{
		"": true, "N/A": true, "nan": true, "us-east-1": true, "s3": true, "AWSMarketplace": true, "s3.amazonaws.com": true,
		"AKIAIOSFODNN7EXAMPLE": false, "Hunter2": false, "bob@example.com": false, "a b\n": false, strings.Repeat("s", 65): false,
	} {
		if isWord(word) != want {
			t.Errorf("%q: %v", word, !want)
		}
	}
}

// TestShown: a cell is shown only if it looks like a time or flag.
func TestShown(t *testing.T) {
	for cell, want := range map[string]string{
		"2021-02-30T00:00:00Z":  ` "2021-02-30T00:00:00Z"`,
		"24.01.2021 09:38":      ` "24.01.2021 09:38"`,
		"truee":                 ` "truee"`,
		"":                      "",
		"wJalrXUtnFEMI":         "",
		"AKIAIOSFODNN7EXAMPLE":  "",
		"4111 1111 1111 1111":   "",
		"realestate":            "",
		"maybe":                 "",
		"\n":                    "",
		strings.Repeat("1", 40): "",
	} {
		if got := shown(cell); got != want {
			t.Errorf("%q: %q", cell, got)
		}
	}
}
