package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"strings"
)

// Bounds of a file with several responses.
const (
	maxResponses    = 100_000 // one per account, and ten times as many as AWS allows
	checkedValues   = 100     // that may be unrecognized before the first response
	maxNestedInputs = 4       // files in files: base64, strings, arrays
)

// responses splits a file with several JSON responses, as loops and jq write it: one
// after another, or in an array. Elements of a list without the object around it, as
// after jq .Accounts, get it back. It is nil if there is nothing to split, and has at
// most one part more than maxResponses.
func responses(data []byte) (parts [][]byte) {
	var first []byte
	n, isSeveral, isRead := 0, false, false
	if !eachResponse(data, func(value []byte, inArray bool) {
		if n++; n == 1 {
			first = value
		}
		isSeveral = isSeveral || inArray || n > 1
		if n <= checkedValues && !isRead {
			f := Recognize(plainText(value))
			isRead = f != nil && !f.Rows
		}
	}) || !isSeveral {
		return nil
	}
	if field := fieldOfElement(first); field != "" {
		return [][]byte{wrapElements(data, field, n)}
	}
	if !isRead {
		return nil
	}
	eachResponse(data, func(value []byte, _ bool) {
		if len(parts) <= maxResponses && !(len(value) < headSize && reportState.Match(value)) {
			parts = append(parts, value)
		}
	})
	return parts
}

// wrapElements puts n elements into the field of an object.
func wrapElements(data []byte, field string, n int) []byte {
	var out bytes.Buffer
	out.Grow(len(data) + n + len(field) + 10)
	separator := `{"` + field + `":[`
	eachResponse(data, func(value []byte, _ bool) {
		out.WriteString(separator)
		out.Write(value)
		separator = ","
	})
	out.WriteString("]}")
	return out.Bytes()
}

// eachResponse visits the values in a text, and the elements of arrays in the place of
// these. ok is false if the text has anything else.
func eachResponse(text []byte, visit func(value []byte, inArray bool)) (ok bool) {
	return eachValue(text, nil) && eachValue(text, func(value []byte) {
		if value[0] != '[' {
			visit(value, false)
			return
		}
		if elements := value[1:max(1, len(value)-1)]; eachValue(elements, nil) {
			eachValue(elements, func(value []byte) { visit(value, true) })
		}
	})
}

// eachValue visits the objects, arrays and strings in a text, with blanks or commas
// between them. ok is false if the text has anything else.
func eachValue(text []byte, visit func(value []byte)) (ok bool) {
	for {
		text = bytes.TrimLeft(text, " \t\r\n,\x1e")
		switch {
		case len(text) == 0:
			return true
		case strings.IndexByte(`{["`, text[0]) < 0:
			return false
		}
		end := valueEnd(text)
		if visit != nil {
			visit(text[:end])
		}
		text = text[end:]
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
