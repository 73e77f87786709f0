package formats

import (
	"context"
	"fmt"
	"iamcensus/snapshots"
	"strings"
	"testing"
	"unicode/utf8"
)

// listOf is the JSON of n elements.
func listOf(n int, element func(i int) string) string {
	elements := make([]string, n)
	for i := range elements {
		elements[i] = element(i)
	}
	return "[" + strings.Join(elements, ",") + "]"
}

func accountsOf(n int) string {
	return `{"Accounts": ` + listOf(n, func(i int) string {
		return fmt.Sprintf(`{"Id": "%012d", "Status": "ACTIVE", "JoinedTimestamp": 1.5e9}`, i)
	}) + "}"
}

// loadedRows counts what was loaded and refused.
func loadedRows(r *records) (loaded, refused int) {
	for _, d := range r.Documents {
		loaded += d.Rows
	}
	for _, issue := range r.Issues {
		refused += issue.RowsRefused
	}
	return loaded, refused
}

// TestHostileJSON reads responses that cost more than their bytes, or hold what AWS does
// not write. Each gives an issue, and the rest is loaded.
func TestHostileJSON(t *testing.T) {
	long := strings.Repeat("x", jsonValue+(1<<20))
	secret := "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
	for name, test := range map[string]struct {
		data            string
		limit           func(*snapshots.TableLimits)
		kind, reason    string
		loaded, refused int
	}{
		"more elements than --max-rows": {
			accountsOf(50), func(l *snapshots.TableLimits) { l.Rows = 20 }, "too_many_rows", "maximum of 20 elements", 20, 30,
		},
		"more elements than fit into memory": {accountsOf(fewElements + 7), nil, "too_many_rows", "maximum of 250000 elements", fewElements, 7},
		"a report of all or nothing beyond --max-rows": {
			`{"UserDetailList": ` + listOf(30, func(i int) string { return fmt.Sprintf(`{"UserName": "u%d"}`, i) }) + `}`,
			func(l *snapshots.TableLimits) { l.Rows = 20 }, "too_many_rows", "maximum of 20 elements", 0, 30,
		},
		"more keys than --max-columns": {
			strings.TrimSuffix(accountsOf(1), "}") + strings.Repeat(`, "k": 1`, 2000) + "}", nil, "too_many_columns", "maximum of 1000", 1, 0,
		},
		"more entries than --max-columns": {
			`{"SummaryMap": {"Users": 1` + strings.Repeat(`, "k": 1`, 2000) + "}}", nil, "too_many_columns", "maximum of 1000", 999, 0,
		},
		"a field twice":    {strings.Replace(accountsOf(1), "{", `{"accountS": [{"Id": "111122223333"}],`, 1), nil, "duplicate_field", "Accounts twice", 1, 1},
		"an endless value": {`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": 1}, {"Id": "111122223334", "Name": "` + long + `"}]}`, nil, "value_too_long", "4194304 bytes", 1, 0},
		"endless blanks":   {strings.Replace(accountsOf(1), "]", strings.Repeat(" ", len(long))+"]", 1), nil, "value_too_long", "4194304 bytes", 1, 0},
		"a long name":      {`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": 1, "Name": "` + strings.Repeat("é", 51) + `"}]}`, nil, "text_too_long", "Accounts[0] has a Name of more than 50", 1, 0},
		"a name in Latin-1": {
			`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": 1, "Name": "Caf` + "\xe9" + `"}]}`, nil, "invalid_utf8", "U+FFFD", 1, 0,
		},
		"a secret as an id":   {`{"Children": [{"Id": "` + secret + `", "Type": "ACCOUNT"}]}`, nil, "bad_element", "Children[0] has an invalid Id", 0, 1},
		"a secret as a time":  {`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": "` + secret + `"}]}`, nil, "bad_time", "invalid time in JoinedTimestamp", 1, 0},
		"a secret as a state": {`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": 1, "Status": "` + secret + `"}]}`, nil, "bad_element", "invalid Status", 0, 1},
		"a secret as a code":  {`{"Error": {"Code": "` + secret + `", "Message": "` + secret + `"}}`, nil, "error_answer", "an error without a code", 0, 0},
		"a secret in a message": {
			"aws: error: argument --token: invalid value " + secret, nil, "error_answer", `the error message "aws: error"`, 0, 0,
		},
		"a number of another type": {`{"PasswordPolicy": {"MinimumPasswordLength": 8.25}}`, nil, "bad_element", "has a JSON number in MinimumPasswordLength", 0, 1},
		"a count of 2^63-1":        {`{"SummaryMap": {"Users": 5, "Groups": 9223372036854775807}}`, nil, "bad_count", "invalid count of Groups", 1, 1},
		"a count beyond integers":  {`{"SummaryMap": {"Users": 5, "Groups": 1e400}}`, nil, "bad_count", "invalid count of Groups", 1, 1},
		"an age of 2^31 days": {
			`{"PasswordPolicy": {"MinimumPasswordLength": 8, "MaxPasswordAge": 2147483648}}`, nil, "bad_element", "invalid number in MaxPasswordAge", 0, 1,
		},
		"a policy of a megabyte": {
			`{"Policy": {"PolicySummary": {"Id": "p-abcdefgh"}, "Content": "` + strings.Repeat("%7B", maxPolicyBytes) + `"}}`, nil, "bad_element", "a Content of more than 131072 bytes", 0, 1,
		},
		"a path of a thousand units": {
			`{"Accounts": [{"Id": "111122223333", "JoinedTimestamp": 1, "Paths": ["` + strings.Repeat("ou-ab12-cd34ef56/", 1000) + `111122223333/"]}]}`,
			nil, "bad_path", "Accounts[0] has paths", 1, 0,
		},
		"a thousand small files in one": {
			`{"SummaryMap": {"Users": 5}}` + strings.Repeat("{}", maxResponses+5), nil, "too_many_rows", "maximum of 100000 responses", 1, 0,
		},
		"files in files in files": {
			strings.Repeat("[", 50) + `{"SummaryMap": {"Users": 5}}` + strings.Repeat("]", 50), nil, "unrecognized", "", 0, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			in, got := input(t, []byte(test.data)), &records{}
			if test.limit != nil {
				test.limit(&in.Limits)
			}
			before := allocated()
			Read(in, got)
			if most := uint64(8*len(test.data) + 1000*fewElements); allocated()-before > most {
				t.Errorf("%d bytes were allocated", allocated()-before)
			}
			found := 0
			for _, issue := range got.Issues {
				if issue.Kind == test.kind && strings.Contains(issue.Reason, test.reason) {
					found++
				}
				if strings.Contains(fmt.Sprint(issue), secret) || !utf8.ValidString(fmt.Sprint(issue)) {
					t.Errorf("the issue has content: %+v", issue)
				}
			}
			if found != 1 {
				t.Errorf("want one issue %s with %q, got %d: %+v", test.kind, test.reason, len(got.Issues), got.Issues[:min(3, len(got.Issues))])
			}
			if loaded, refused := loadedRows(got); loaded != test.loaded || refused != test.refused {
				t.Errorf("%d rows are loaded and %d refused, want %d and %d", loaded, refused, test.loaded, test.refused)
			}
		})
	}
}

// TestJSONEndsWithContext ends the context while a list is read: nothing more is read, and
// nothing is emitted.
func TestJSONEndsWithContext(t *testing.T) {
	in, got := input(t, []byte(accountsOf(50_000))), &records{}
	ctx, cancel := context.WithCancel(t.Context())
	in.Context = ctx
	r := newResponse(in, got, "aws")
	seen := 0
	ok := r.read(map[string]fieldReader{"Accounts": list(r, func(struct{}) string {
		seen++
		cancel()
		return ""
	})})
	if ok || len(got.Issues) > 0 || seen == 0 || seen > 5000 {
		t.Errorf("%v, %d elements, issues %v", ok, seen, got.Issues)
	}
}

// TestRuleParameters keeps what is known and a number.
func TestRuleParameters(t *testing.T) {
	for text, want := range map[string]string{
		`{"maxAccessKeyAge": "90", "token": "secret"}`:         `{"maxAccessKeyAge":"90"}`,
		`{"maxAccessKeyAge": 90, "maxCredentialUsageAge": 45}`: `{"maxAccessKeyAge":"90","maxCredentialUsageAge":"45"}`,
		`{"maxAccessKeyAge": "secret"}`:                        "",
		`{"maxAccessKeyAge": 9000000}`:                         "",
		`{"maxAccessKeyAge": {"a": 90}}`:                       "",
		`"secret"`:                                             "",
		`{`:                                                    "",
		``:                                                     "",
	} {
		if got := knownParameters(jsonText(text)); got != want {
			t.Errorf("%s gives %s, want %s", text, got, want)
		}
	}
}
