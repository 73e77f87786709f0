package scp

import (
	"slices"
	"strings"
)

// A shape describes all the values that a key can have: literal text in which
// '#' is any text without a colon. (IAM allows colons in a user's path; they are
// left out so that "*:role/x" matches no user, as its author means it.)

// covers reports whether the pattern matches every value of the shape. In a
// pattern '*' is any text and '?' any one character.
func covers(pattern, shape string) bool { return match(pattern, shape, false) }

// meets reports whether the pattern matches some value of the shape.
func meets(pattern, shape string) bool { return match(pattern, shape, true) }

// match runs the pattern over the shape and keeps the set of positions in the
// shape that it can have reached. If some is set, a '#' is any text that fits the
// pattern; otherwise only '*' matches it.
func match(pattern, shape string, some bool) bool {
	at := make([]bool, len(shape)+1)
	next := make([]bool, len(shape)+1)
	at[0] = true
	for i := 0; i <= len(pattern); i++ {
		if some {
			skipHoles(at, shape)
		}
		if i < len(pattern) {
			step(pattern[i], shape, some, at, next)
			if at, next = next, at; !slices.Contains(at, true) {
				return false
			}
		}
	}
	return at[len(shape)]
}

func skipHoles(at []bool, shape string) {
	for i := range len(shape) {
		at[i+1] = at[i+1] || at[i] && shape[i] == '#'
	}
}

// step fills next with the positions that one character of the pattern leads to.
func step(c byte, shape string, some bool, at, next []bool) {
	clear(next)
	star := false
	for i, here := range at {
		star = star || here && c == '*'
		next[i] = next[i] || star
		switch {
		case !here || c == '*' || i == len(shape):
		case shape[i] != '#':
			next[i+1] = next[i+1] || c == shape[i] || c == '?'
		case some:
			next[i] = next[i] || c != ':'
		}
	}
}

// like compares a pattern with the shapes of a key, one per partition of AWS. An
// organization is in one partition, and its policies are written for it, so
// covering one shape is enough.
func like(pattern string, shapes []string) answer {
	const longestARN = 2048 // no ARN is longer, and matching would take long
	if len(pattern) > longestARN {
		return sometimes
	}
	result := never
	for _, s := range shapes {
		switch {
		case !meets(pattern, s):
		case covers(pattern, s):
			return always
		default:
			result = sometimes
		}
	}
	return result
}

// equal is like without wildcards. None of the keys has values with one.
func equal(value string, shapes []string) answer {
	if strings.ContainsAny(value, "*?") {
		return never
	}
	return like(value, shapes)
}
