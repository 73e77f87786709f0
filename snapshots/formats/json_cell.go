package formats

import (
	"bytes"
	"encoding/json"
	"iamcensus/snapshots"
	"slices"
	"strconv"
	"strings"
	"time"
)

// hasKey is a Match: the JSON object that begins with head, or the data of a
// recording, has one of the keys.
func hasKey(keys ...string) func(head []byte) bool {
	return func(head []byte) bool {
		return slices.ContainsFunc(topKeys(head), func(key string) bool {
			return slices.ContainsFunc(keys, func(known string) bool { return strings.EqualFold(key, known) })
		})
	}
}

// rowKeys lists the keys of the rows that begin with head: objects, bare or in arrays.
func rowKeys(head []byte) []string {
	return topKeys(bytes.TrimLeft(head, " \t\r\n["))
}

// topKeys lists the keys of the JSON object that begins with head, and the keys in
// its "data", where recordings of boto3 have the response.
func topKeys(head []byte) (keys []string) {
	if !startsObject(head) {
		return nil
	}
	depth, inData := 0, false
	for i := 0; i < len(head); i++ {
		switch head[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			end := stringEnd(head, i)
			isKey := bytes.HasPrefix(bytes.TrimLeft(head[min(end+1, len(head)):], " \t\r\n"), []byte(":"))
			if isKey && (depth == 1 || depth == 2 && inData) {
				keys = append(keys, string(head[i+1:end]))
				inData = inData && depth == 2 || keys[len(keys)-1] == "data"
			}
			i = end
		}
	}
	return keys
}

// stringEnd is the position of the quote that closes the one at start, or the end of
// head.
func stringEnd(head []byte, start int) int {
	for i := start + 1; i < len(head); i++ {
		switch head[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(head)
}

// jsonTime is a time in a JSON response: text as in the AWS CLI version 2, seconds
// since 1970 as in version 1, or an object in UTC as in recordings of boto3:
// {"__class__": "datetime", "year": 2021, ...}. null is unknown.
type jsonTime struct {
	snapshots.Time
	invalid bool
	text    string // as it was read
}

func (t *jsonTime) UnmarshalJSON(data []byte) error {
	var unix int64
	var ok bool
	text := string(data)
	switch data[0] {
	case 'n':
		*t = jsonTime{}
		return nil
	case '{':
		unix, ok = recordedTime(data)
	case '"':
		if err := json.Unmarshal(data, &text); err != nil {
			return err
		}
		unix, ok = parseTime(text)
	default:
		var seconds float64
		seconds, err := strconv.ParseFloat(text, 64)
		unix, ok = int64(seconds), err == nil && seconds >= 0 && seconds < lastSecond
	}
	*t = jsonTime{invalid: !ok, text: text}
	if ok {
		t.Time = snapshots.Time{Unix: unix, Missing: snapshots.Present}
	}
	return nil
}

// lastSecond is the first second after the year 9999.
const lastSecond = 253402300800

func recordedTime(data []byte) (unix int64, ok bool) {
	var at struct{ Year, Month, Day, Hour, Minute, Second int }
	if json.Unmarshal(data, &at) != nil || at.Year < 1970 || at.Year > 9999 {
		return 0, false
	}
	t := time.Date(at.Year, time.Month(at.Month), at.Day, at.Hour, at.Minute, at.Second, 0, time.UTC)
	same := t.Month() == time.Month(at.Month) && t.Day() == at.Day && t.Hour() == at.Hour && t.Minute() == at.Minute && t.Second() == at.Second
	return t.Unix(), same
}

// jsonText is the text of a JSON value, which some responses have in a string.
type jsonText string

func (j *jsonText) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, (*string)(j))
	}
	*j = jsonText(data)
	return nil
}

func flagOf(b *bool) snapshots.Flag {
	switch {
	case b == nil:
		return snapshots.Unknown
	case *b:
		return snapshots.Yes
	}
	return snapshots.No
}

// arnAccount gives the account of arn:<partition>:<service>:<region>:<account>:...,
// "" if it has none of twelve digits. Examples in AWS's documentation lack the
// service.
func arnAccount(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	for _, part := range parts[min(3, len(parts)):min(5, len(parts))] {
		if snapshots.IsAccountID(part) {
			return part
		}
	}
	return ""
}
