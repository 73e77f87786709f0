package snapshots

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

// ParseCapturedAt reads the time of a snapshot from a flag or manifest: RFC 3339,
// 20210124T000000Z, or a date, which means 00:00:00 UTC.
func ParseCapturedAt(text string) (Time, error) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return TimeAt(t), nil
		}
	}
	return Time{}, fmt.Errorf("invalid time %s; write 2021-01-24T00:00:00Z or 2021-01-24", Quote(text))
}

var (
	// 2021-01-24, 20210124T000000Z, 2021-01-24T00:00:00Z
	datePattern = regexp.MustCompile(`(?:^|[^0-9])([0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?|[0-9]{8}T[0-9]{6}Z)(?:$|[^0-9])`)
	dateLayouts = []string{time.DateOnly, time.RFC3339, "20060102T150405Z"}
)

// DateIn finds a date in the name of a folder or file; unknown if there is none.
func DateIn(name string) Time {
	at, _ := FindDate(name)
	return at
}

// FindDate finds a date in a name; whole reports whether it is the whole name.
func FindDate(name string) (at Time, whole bool) {
	if !strings.ContainsAny(name, "-T") || digits(name) < 8 {
		return Time{}, false // true of most names, and far cheaper than the pattern
	}
	found := datePattern.FindStringSubmatch(name)
	if found == nil {
		return Time{}, false
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, found[1]); err == nil {
			return TimeAt(t), len(found[1]) == len(name)
		}
	}
	return Time{}, false
}

// IsAccountID reports whether s has the form of an account id: twelve digits.
func IsAccountID(s string) bool { return len(s) == 12 && digits(s) == 12 }

func digits(s string) (n int) {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}
