package scp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// maxSize is far above AWS's own limit of 10,240 characters, URL-encoded too. It bounds
// the statements that a hostile document can have.
const maxSize = 128 << 10

// parse is strict: AWS refuses a policy with an unknown, a missing or a repeated
// element ("Grammar of the IAM JSON policy language", "SCP syntax"), so such a
// document is not what AWS enforces.
func parse(document []byte) ([]clause, error) {
	clauses, err := parsePolicy(document)
	if err != nil {
		return nil, fmt.Errorf("policy document: %w", err)
	}
	return clauses, nil
}

func parsePolicy(document []byte) ([]clause, error) {
	if len(document) > maxSize {
		return nil, fmt.Errorf("%d bytes, more than the maximum of %d", len(document), maxSize)
	}
	document, err := decodeURL(document)
	if err != nil {
		return nil, err
	}
	if !json.Valid(document) {
		return nil, errors.New("not valid JSON")
	}
	elements, err := members(document)
	if err != nil {
		return nil, err
	}
	if err := allow(elements, "version", "id", "statement"); err != nil {
		return nil, err
	}
	statements, found := find(elements, "statement")
	if !found {
		return nil, errors.New("no Statement element")
	}
	return parseStatements(statements)
}

// decodeURL: IAM's API returns policies URL-encoded by RFC 3986, where '+' is a
// plus.
func decodeURL(document []byte) ([]byte, error) {
	document = bytes.TrimSpace(document)
	if !bytes.HasPrefix(document, []byte("%")) {
		return document, nil
	}
	plain, err := url.PathUnescape(string(document))
	return bytes.TrimSpace([]byte(plain)), err
}

func parseStatements(raw json.RawMessage) ([]clause, error) {
	list, err := oneOrMany(raw)
	if err != nil {
		return nil, err
	}
	clauses := make([]clause, len(list))
	for i, raw := range list {
		if clauses[i], err = parseStatement(raw); err != nil {
			return nil, fmt.Errorf("statement %d %q: %w", i, clip(clauses[i].sid), err)
		}
	}
	return clauses, nil
}

// statementElements has no Principal: an SCP applies to all principals of the
// account ("SCP syntax error principal", IAM policy validation check reference).
var statementElements = []string{
	"sid", "effect", "action", "notaction", "resource", "notresource", "condition",
}

// parseStatement returns what it has parsed so far along with an error.
func parseStatement(raw json.RawMessage) (c clause, err error) {
	elements, err := members(raw)
	if err != nil {
		return c, err
	}
	if c.sid, err = parseSid(elements); err != nil {
		return c, err
	}
	if err = allow(elements, statementElements...); err != nil {
		return c, err
	}
	if c.effect, err = parseEffect(elements); err != nil {
		return c, err
	}
	if c.actions, err = parseSelection(elements, "Action"); err != nil {
		return c, err
	}
	if c.resources, err = parseSelection(elements, "Resource"); err != nil {
		return c, err
	}
	c.condition, err = parseCondition(elements)
	return c, err
}

func parseSid(elements []member) (string, error) {
	raw, found := find(elements, "sid")
	if !found {
		return "", nil
	}
	sid, err := str(raw)
	if err != nil {
		return "", fmt.Errorf("element Sid: %w", err)
	}
	return sid, nil
}

// parseEffect: the value is case-sensitive ("IAM JSON policy elements:
// Effect").
func parseEffect(elements []member) (string, error) {
	raw, found := find(elements, "effect")
	if !found {
		return "", errors.New("no Effect element")
	}
	effect, err := str(raw)
	if err != nil {
		return "", fmt.Errorf("element Effect: %w", err)
	}
	if effect != "Allow" && effect != "Deny" {
		return "", errors.New("element Effect: must be Allow or Deny")
	}
	return effect, nil
}

func parseSelection(elements []member, name string) (selection, error) {
	raw, found := find(elements, strings.ToLower(name))
	rawNot, foundNot := find(elements, "not"+strings.ToLower(name))
	switch {
	case found == foundNot:
		return selection{}, fmt.Errorf("must have one of %s and Not%[1]s", name)
	case foundNot:
		name, raw = "Not"+name, rawNot
	}
	values, err := scalars(raw, false)
	if err != nil {
		return selection{}, fmt.Errorf("element %s: %w", name, err)
	}
	return selection{name, values}, nil
}

func parseCondition(elements []member) (tests []test, err error) {
	raw, found := find(elements, "condition")
	if !found {
		return nil, nil
	}
	operators, err := members(raw)
	if err != nil {
		return nil, fmt.Errorf("element Condition: %w", err)
	}
	for _, m := range operators {
		under, err := parseTests(m)
		if err != nil {
			return nil, fmt.Errorf("element Condition: %w", err)
		}
		tests = append(tests, under...)
	}
	return tests, nil
}

// parseTests reads the keys of one operator.
func parseTests(m member) ([]test, error) {
	op, err := parseOperator(m.name)
	if err != nil {
		return nil, err
	}
	keys, err := members(m.value)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", m.name, err)
	}
	tests := make([]test, len(keys))
	for i, k := range keys {
		values, err := scalars(k.value, true)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", m.name, named("key", k.name), err)
		}
		tests[i] = newTest(m.name, k.name, op, values)
	}
	return tests, nil
}
