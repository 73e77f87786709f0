package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"slices"
	"strings"
)

// responses splits a file with several JSON responses, as loops and jq write it: one
// after another, or in an array. Elements of a list without the object around it, as
// after jq .Accounts, get it back. It is nil if there is nothing to split.
func responses(data []byte) (parts [][]byte) {
	values, isArray := elements(jsonValues(data))
	if len(values) == 0 || !isArray && len(values) == 1 {
		return nil
	}
	if field := fieldOfElement(values[0]); field != "" {
		return [][]byte{slices.Concat([]byte(`{"`+field+`":[`), bytes.Join(values, []byte(",")), []byte(`]}`))}
	}
	isRead := func(value []byte) bool { f := Recognize(plainText(value)); return f != nil && !f.Rows }
	if !slices.ContainsFunc(values, isRead) {
		return nil
	}
	return slices.DeleteFunc(values, func(value []byte) bool { return reportState.Match(value) })
}

// elements puts the elements of arrays in the place of these.
func elements(values [][]byte) (all [][]byte, hasArray bool) {
	for _, value := range values {
		if value[0] != '[' {
			all = append(all, value)
			continue
		}
		hasArray = true
		all = append(all, jsonValues(value[1:max(1, len(value)-1)])...)
	}
	return all, hasArray
}

// jsonValues lists the objects, arrays and strings in a text, with blanks or commas
// between them. It is nil if the text has anything else.
func jsonValues(text []byte) (values [][]byte) {
	for {
		text = bytes.TrimLeft(text, " \t\r\n,\x1e")
		switch {
		case len(text) == 0:
			return values
		case strings.IndexByte(`{["`, text[0]) < 0:
			return nil
		}
		end := valueEnd(text)
		values, text = append(values, text[:end]), text[end:]
	}
}

// valueEnd is the length of the value at the beginning of text, or of text if that is
// truncated.
func valueEnd(text []byte) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = stringEnd(text, i)
		case '{', '[':
			depth++
			continue
		case '}', ']':
			depth--
		default:
			continue
		}
		if depth <= 0 {
			return min(i+1, len(text))
		}
	}
	return len(text)
}

// fieldOfElement gives the field of a response of AWS Organizations whose list has such
// elements, "" if it is unknown.
func fieldOfElement(element []byte) string {
	var e struct{ ID, Arn, Type, TargetID, Email, Status, State, JoinedMethod string }
	if json.Unmarshal(element, &e) != nil {
		return ""
	}
	_, resource, _ := strings.Cut(e.Arn, ":organizations::")
	_, resource, _ = strings.Cut(resource, ":")
	kind, _, _ := strings.Cut(resource, "/")
	switch {
	case e.TargetID != "":
		return "Targets"
	case kind == "account", snapshots.IsAccountID(e.ID) && e.Email+e.Status+e.State+e.JoinedMethod != "":
		return "Accounts"
	case kind == "policy", e.Type == scpType:
		return "Policies"
	case kind == "root":
		return "Roots"
	case kind == "ou":
		return "OrganizationalUnits"
	case e.Type == "ROOT":
		return "Parents"
	case e.Type == "ACCOUNT":
		return "Children"
	}
	return ""
}
