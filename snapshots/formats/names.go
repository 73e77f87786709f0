package formats

import (
	"iamcensus/snapshots"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What the texts of a row may be. AWS is stricter; anonymized reports have pseudonyms
// in the place of its names.

// maxWord is the maximum length of a Region, service or partition in bytes.
const maxWord = 64

// awsNames are the characters of user names in AWS.
var awsNames = func() (is [256]bool) {
	for _, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-") {
		is[c] = true
	}
	return is
}()

// isAWSName reports whether s has the characters of a user name in AWS only.
func isAWSName(s string) bool {
	for i := range len(s) {
		if !awsNames[s[i]] {
			return false
		}
	}
	return true
}

// isName reports whether s can be the name of a user or account, or a pseudonym in its
// place: printable, and not too long.
func isName(s string) bool { return len(s) <= maxName && isPrintable(s) }

// isSuspicious reports whether a name has characters of programs, such as quotes, which
// neither AWS nor the usual pseudonyms have.
func isSuspicious(name string) bool { return strings.ContainsAny(name, "%\"'`\\;") }

// isPrintable reports whether s is valid UTF-8 without control, formatting and
// bidirectional characters.
func isPrintable(s string) bool {
	if isASCIIPrintable(s) {
		return true
	}
	return utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

func isASCIIPrintable(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// isWord reports whether s can be a Region, a service or a partition, or no value.
func isWord(s string) bool {
	return len(s) <= maxWord && (strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789._-") == "" || s == "N/A" || snapshots.IsColumnName(s) || isNull(s))
}

// isARN reports whether s can be an ARN, also one with pseudonyms, or a hash in its place.
func isARN(s string) bool {
	partition, account := splitARN(s)
	return len(s) <= maxARN && isPrintable(s) && len(partition) <= maxWord && isName(account) && (s == "N/A" || isAWSName(s) || strings.HasPrefix(s, "arn:"))
}
