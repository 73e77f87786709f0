package files

import "testing"

func TestJSONTooDeep(t *testing.T) {
	l := Limits{JSONDepth: 3}
	for text, want := range map[string]bool{
		`[[[]]]`:                      false,
		`[[[[]]]]`:                    true,
		` {"a": [{}]}`:                false,
		"\ufeff{\"a\": [{\"b\":[]}]}": true,
		`["[[[[", "\"[[[["]`:          false,
		`[[],[],[],[]]`:               false,
		`user,"[[[["`:                 false,
		``:                            false,
	} {
		if issue := l.jsonTooDeep([]byte(text)); (issue != nil) != want {
			t.Errorf("jsonTooDeep(%s) = %v", text, issue)
		}
	}
}
