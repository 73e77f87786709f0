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

// characters is a set of bytes.
type characters [256]bool

func charactersOf(s string) (set characters) {
	for i := range len(s) {
		set[s[i]] = true
	}
	return set
}

// areAll reports whether s has no other characters.
func (set *characters) areAll(s string) bool {
	for i := range len(s) {
		if !set[s[i]] {
			return false
		}
	}
	return true
}

// Characters of user names in AWS, and of its Regions and services.
var (
	awsWords = charactersOf("abcdefghijklmnopqrstuvwxyz0123456789-._")
	awsNames = charactersOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-")
)

// isAWSName reports whether s has the characters of a user name in AWS only.
func isAWSName(s string) bool { return awsNames.areAll(s) }

// isAWSWord reports whether s has the length and characters of a Region or service in
// AWS.
func isAWSWord(s string) bool { return len(s) <= maxWord && awsWords.areAll(s) }

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
	return isAWSWord(s) || len(s) <= maxWord && (isNull(s) || snapshots.IsColumnName(s)) // N/A, AWSMarketplace
}

// isARN reports whether s can be an ARN, also one with pseudonyms, or a hash in its place.
func isARN(s string) bool {
	partition, account := splitARN(s)
	return len(s) <= maxARN && isPrintable(s) && len(partition) <= maxWord && isName(account) && (s == "N/A" || isAWSName(s) || strings.HasPrefix(s, "arn:"))
}
