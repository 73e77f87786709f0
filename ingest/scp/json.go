package scp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A member of a JSON object.
type member struct {
	name  string
	value json.RawMessage
}

// members reads one level of an object, in order. Equal names are an error,
// where encoding/json keeps the last. Names that differ only in case are equal
// ("Duplicate keys with different case", IAM policy validation check reference).
func members(raw json.RawMessage) ([]member, error) {
	if raw[0] != '{' {
		return nil, errors.New("must be an object")
	}
	var list []member
	seen := map[string]bool{}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil { // the brace
		return nil, err
	}
	for decoder.More() {
		m, err := nextMember(decoder)
		if err != nil {
			return nil, err
		}
		name := strings.ToLower(m.name)
		if seen[name] {
			return nil, errors.New(named("element", m.name) + " appears twice")
		}
		seen[name] = true
		list = append(list, m)
	}
	return list, nil
}

func nextMember(decoder *json.Decoder) (m member, err error) {
	name, err := decoder.Token()
	if err != nil {
		return m, err
	}
	m.name, _ = name.(string)
	err = decoder.Decode(&m.value)
	return m, err
}

// find takes a name in lower case, and finds it in any case.
func find(list []member, name string) (json.RawMessage, bool) {
	i := slices.IndexFunc(list, func(m member) bool { return strings.ToLower(m.name) == name })
	if i < 0 {
		return nil, false
	}
	return list[i].value, true
}

// allow returns an error for a name that is not allowed.
func allow(list []member, allowed ...string) error {
	for _, m := range list {
		if !slices.Contains(allowed, strings.ToLower(m.name)) {
			return errors.New(named("element", m.name) + " is not allowed in a service control policy")
		}
	}
	return nil
}

func oneOrMany(raw json.RawMessage) (list []json.RawMessage, err error) {
	if raw[0] != '[' {
		return []json.RawMessage{raw}, nil
	}
	err = json.Unmarshal(raw, &list)
	return list, err
}

func str(raw json.RawMessage) (s string, err error) {
	if raw[0] != '"' {
		return "", errors.New("must be a string")
	}
	err = json.Unmarshal(raw, &s)
	return s, err
}

// scalars reads a string or a list of strings. If bare, numbers and Booleans
// without quotation marks are allowed too.
func scalars(raw json.RawMessage, bare bool) ([]string, error) {
	list, err := oneOrMany(raw)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(list))
	for i, raw := range list {
		switch {
		case bare && strings.IndexByte("tf-0123456789", raw[0]) >= 0:
			values[i] = string(raw)
		default:
			if values[i], err = str(raw); err != nil {
				return nil, fmt.Errorf("%w or a list of strings", err)
			}
		}
	}
	return values, nil
}

// words is the form of a name in the grammar of policies, or of a condition key.
var words = regexp.MustCompile(`^(?:[A-Za-z]{1,40}(?:[:/.-]|$)){1,4}$`)

// named is a name with what it names. Text that is no name may be a secret, and is not
// shown.
func named(what, name string) string {
	if !words.MatchString(name) {
		return "some " + what
	}
	return what + " " + strconv.Quote(clip(name))
}

// clip shortens text of the document in messages.
func clip(s string) string {
	const limit = 80
	if len(s) <= limit {
		return s
	}
	return strings.ToValidUTF8(s[:limit], "") + "..."
}
