package formats

import (
	"encoding/json"
	"slices"
	"testing"
)

func TestJSONTime(t *testing.T) {
	const at = 1611481089 // 2021-01-24T09:38:09Z
	for text, want := range map[string]int64{
		`"2021-01-24T09:38:09Z"`:          at,
		`"2021-01-24T09:38:09+00:00"`:     at,
		`"2021-01-24T10:38:09.5+01:00"`:   at,
		`"2021-01-24 09:38:09+00:00"`:     at,
		`"2021-01-24T09:38:09.0885+0000"`: at,
		`1611481089`:                      at,
		`1611481089.999`:                  at,
		`1.611481089e9`:                   at,
		`0`:                               0,
		`{"__class__": "datetime", "year": 2021, "month": 1, "day": 24, "hour": 9, "minute": 38, "second": 9, "microsecond": 1}`: at,
	} {
		var got jsonTime
		if err := json.Unmarshal([]byte(text), &got); err != nil || got.invalid || !got.Known() || got.Unix != want {
			t.Errorf("%s is %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		`""`, `"N/A"`, `"2021-02-30T00:00:00Z"`, `"1611481089"`, `true`, `[]`, `{}`, `-1`, `253402300800`, `1e300`, `1611481089000`,
		`{"year": 2021, "month": 2, "day": 30}`, `{"year": 2021.5}`, `{"year": 1969, "month": 12, "day": 31}`,
	} {
		var got jsonTime
		if err := json.Unmarshal([]byte(text), &got); err != nil || !got.invalid || got.Known() {
			t.Errorf("%s is %+v, %v", text, got, err)
		}
	}
	var got struct{ A, B jsonTime }
	if err := json.Unmarshal([]byte(`{"A": null}`), &got); err != nil || got.A != got.B {
		t.Errorf("null is %+v, %v", got.A, err)
	}
}

func TestTopKeys(t *testing.T) {
	for head, want := range map[string][]string{
		``:           nil,
		`[{"a": 1}]`: nil,
		`{"a": {"b": 1}, "c": ["d", {"e": 1}], "f"`:                             {"a", "c"},
		`{"a\"": "b: {", "c":`:                                                  {`a\"`, "c"},
		` {"status_code": 200, "data": {"a": {"b": 1}, "c": 1}, "d": {"e": 1}}`: {"status_code", "data", "a", "c", "d"},
		`{"data": [{"a": 1}]}`:                                                  {"data"},
		`{"a": "open`:                                                           {"a"},
		`{"a": "\`:                                                              {"a"},
	} {
		if got := topKeys([]byte(head)); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", head, got, want)
		}
	}
}
