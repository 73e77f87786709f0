package scp

import "strings"

// A shape stands for all the values a key can have: literal text in which '#'
// is any text without a colon. (IAM lets a user's path hold colons; without
// them "*:role/x" is what its author means by it.)

// covers says whether the pattern matches every value of the shape. In a
// pattern '*' is any text and '?' any one character.
func covers(pattern, shape string) bool { return match(pattern, shape, false) }

// meets says whether the pattern matches some value of the shape.
func meets(pattern, shape string) bool { return match(pattern, shape, true) }

// match runs the pattern over the shape and keeps the set of places in the
// shape that it can have come to. If some is set, a '#' is whatever text suits
// the pattern; else only '*' gets past it.
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
			at, next = next, at
		}
	}
	return at[len(shape)]
}

func skipHoles(at []bool, shape string) {
	for i := range len(shape) {
		at[i+1] = at[i+1] || at[i] && shape[i] == '#'
	}
}

// step fills next with the places that one character of the pattern leads to.
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

// like compares a pattern with the shapes of a key: each shape is what the key
// looks like in one partition of AWS. An organization lives in one of them, and
// its policies are written for that one.
func like(pattern string, shapes []string) answer {
	const longestARN = 2048 // beyond that nobody means it, and it takes time
	if len(pattern) > longestARN {
		return sometimes
	}
	result := never
	for _, s := range shapes {
		switch {
		case covers(pattern, s):
			return always
		case meets(pattern, s):
			result = sometimes
		}
	}
	return result
}

// equal is like without wildcards. No value that is compared here can hold one.
func equal(value string, shapes []string) answer {
	if strings.ContainsAny(value, "*?") {
		return never
	}
	return like(value, shapes)
}
