package formats

import (
	"encoding/json"
	"iamcensus/snapshots"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// oddCells are rows whose cells have every spelling that the grammar knows.
var oddCells = func() (rows [][]string) {
	times := []string{
		"2020-06-01T00:00:00Z", "2020-06-01T00:00:00+00:00", "2020-06-01 00:00:00+0000", "2020-06-01 00:00:00+00", "2020-06-01 00:00:00.25 UTC",
		"2020-06-01T00:00:00", "2020-06-01T05:30:00+05:30", "", "N/A", "no_information", "not_supported", "NaN", "1 June 2020",
	}
	flags := []string{"true", "TRUE", "t", "1", "yes", "false", "False", "f", "0", "No", "", "N/A", "maybe"}
	for i := range times {
		row := []string{"user" + string(rune('a'+i)), "arn:aws:iam::111122223333:user/x"}
		for at, name := range CredentialReportColumns[2:] {
			switch {
			case isFlag(name):
				row = append(row, flags[(i+at)%len(flags)])
			case strings.HasSuffix(name, "_region"), strings.HasSuffix(name, "_service"):
				row = append(row, []string{"s3", "", "N/A", "null"}[(i+at)%4])
			default:
				row = append(row, times[(i+at)%len(times)])
			}
		}
		rows = append(rows, row)
	}
	return rows
}()

// TestEncodingsAgree writes the same cells in every encoding: the users are the same.
func TestEncodingsAgree(t *testing.T) {
	want := recordsOf(t, "r.csv", oddCSV(",", "", "\n", nil))
	if len(want) != len(oddCells) {
		t.Fatalf("%d users", len(want))
	}
	utf16 := []byte("\xff\xfe")
	for _, b := range []byte(oddCSV(",", "", "\n", nil)) {
		utf16 = append(utf16, b, 0)
	}
	for name, data := range map[string]string{
		"CR LF":              oddCSV(",", "", "\r\n", nil),
		"CR":                 oddCSV(",", "", "\r", nil),
		"quotes":             oddCSV(",", `"`, "\n", nil),
		"semicolons":         oddCSV(";", "", "\n", nil),
		"tabs and quotes":    oddCSV("\t", `"`, "\n", nil),
		"UTF-16":             string(utf16),
		"with account_id":    oddCSV(",", "", "\n", []string{"account_id", "111122223333"}),
		"JSON":               oddJSON(false, "[", ",\n", "]"),
		"JSON lines":         oddJSON(false, "", "\n", "\n"),
		"JSON with nulls":    oddJSON(true, "[", ",\n", "]"),
		"Parquet":            oddParquet(t, false),
		"Parquet with nulls": oddParquet(t, true),
		"JSON and nothing":   oddJSON(false, "[", ",", "]") + "\n[]",
	} {
		if diff := cmp.Diff(want, recordsOf(t, name, data)); diff != "" {
			t.Errorf("%s (-csv +it):\n%s", name, diff)
		}
	}
}

// recordsOf reads users, without their lines.
func recordsOf(t *testing.T, name, data string) (users []snapshots.User) {
	t.Helper()
	got := read(t, name, []byte(data))
	for _, batch := range got.Parts {
		users = append(users, batch.Users...)
	}
	for i := range users {
		users[i].Line = 0
	}
	return users
}

func oddCSV(comma, quote, end string, account []string) string {
	var text strings.Builder
	for i, row := range append([][]string{CredentialReportColumns}, oddCells...) {
		if account != nil {
			row = append([]string{account[min(i, 1)]}, row...)
		}
		text.WriteString(quote + strings.Join(row, quote+comma+quote) + quote + end)
	}
	return text.String()
}

func oddJSON(nulls bool, begin, between, end string) string {
	var rows []string
	for _, cells := range oddCells {
		row := map[string]any{}
		for i, name := range CredentialReportColumns {
			if row[name] = cells[i]; nulls && cells[i] == "" {
				row[name] = nil
			}
		}
		text, _ := json.Marshal(row)
		rows = append(rows, string(text))
	}
	return begin + strings.Join(rows, between) + end
}

func oddParquet(t *testing.T, nulls bool) string {
	t.Helper()
	var f parquetFile
	for _, name := range CredentialReportColumns {
		f.columns = append(f.columns, textNode(name))
	}
	var rows [][]any
	for _, cells := range oddCells {
		var row []any
		for _, cell := range cells {
			if nulls && cell == "" {
				row = append(row, nil)
			} else {
				row = append(row, cell)
			}
		}
		rows = append(rows, row)
	}
	f.groups = [][][]any{rows}
	return string(f.write(t))
}
