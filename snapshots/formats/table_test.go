package formats

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iamcensus/snapshots"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

const (
	reportHeader = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active," +
		"access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service," +
		"access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service," +
		"cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated\n"
	noKeys = ",false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A\n"

	oldReport = reportHeader +
		"<root_account>,arn:aws:iam::111122223333:root,2017-03-01T10:00:00+00:00,not_supported,no_information,not_supported,not_supported,true" + noKeys +
		"used,arn:aws:iam::111122223333:user/used,2019-02-03T04:05:06+00:00,true,2021-01-20T09:00:00+00:00,2020-10-01T00:00:00+00:00,2021-04-01T00:00:00+00:00,true" + noKeys +
		"never,arn:aws:iam::111122223333:user/never,2019-02-03T04:05:06+00:00,true,no_information,2020-10-01T00:00:00+00:00,N/A,false" + noKeys +
		"key,arn:aws:iam::111122223333:user/key,2019-02-03T04:05:06+00:00,false,N/A,N/A,N/A,false," +
		"true,2020-11-11T11:11:11+00:00,2021-01-23T10:00:00+00:00,eu-west-1,s3,true,2020-11-12T11:11:11+00:00,N/A,N/A,N/A,true,2018-01-01T00:00:00+00:00,false,N/A\n"
	newReport = reportHeader +
		"<root_account>,arn:aws:iam::111122223333:root,2017-03-01T10:00:00Z,false,N/A,N/A,not_supported,false" + noKeys +
		"t,arn:aws:iam::111122223333:user/t,2019-02-03T04:05:06Z,true,2021-01-20T09:00:00Z,2020-10-01T00:00:00Z,N/A,true" + noKeys
)

// TestToolsAgree changes a report as each tool does: the table has the same users as
// the report.
func TestToolsAgree(t *testing.T) {
	for name, report := range map[string]struct{ text, generated string }{
		"2021": {oldReport, "2021-01-24T00:00:00Z"},
		"2025": {newReport, "2025-06-01T00:00:00Z"},
	} {
		want := usersOf(t, credentialReportCSV, report.text)
		for tool, table := range map[string]string{
			"steampipe":               steampipeLines(report.text, report.generated),
			"cloudquery":              cloudqueryLines(report.text, report.generated),
			"credential-report-table": wordLines(report.text, report.generated),
		} {
			t.Run(tool+" "+name, func(t *testing.T) {
				format := Recognize([]byte(table))
				if format == nil || format.Name != tool {
					t.Fatalf("recognized as %v", format)
				}
				got := usersOf(t, *format, table)
				if diff := gocmp.Diff(want, got); diff != "" {
					t.Errorf("(-report +table):\n%s", diff)
				}
			})
		}
	}
}

// usersOf reads root and users, without their lines.
func usersOf(t *testing.T, format Format, text string) (users []snapshots.User) {
	t.Helper()
	g := &records{}
	format.Read(input(t, []byte(text)), g)
	for _, issue := range g.Issues {
		if issue.Kind != "captured_at_is_sync_time" {
			t.Errorf("%+v", issue)
		}
	}
	for _, part := range g.Parts {
		users = append(append(users, *part.Root), part.Users...)
	}
	for i := range users {
		users[i].Line = 0
	}
	return users
}

// tableLines converts a report to JSON lines; change converts a row as a tool does.
func tableLines(report string, change func(row map[string]string) map[string]any) string {
	var out strings.Builder
	rows := strings.Split(strings.TrimSpace(report), "\n")
	for _, line := range rows[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, ",") {
			row[CredentialReportColumns[i]] = cell
		}
		text, _ := json.Marshal(change(row))
		fmt.Fprintf(&out, "%s\n", text)
	}
	return out.String()
}

// wordLines keeps the words of AWS.
func wordLines(report, generated string) string {
	return tableLines(report, func(row map[string]string) map[string]any {
		changed := map[string]any{"generated_time": generated}
		for name, cell := range row {
			changed[name] = cell
		}
		return changed
	})
}

// steampipeLines makes the changes that steampipe.go documents.
func steampipeLines(report, generated string) string {
	names := namesOfTool(steampipeNames)
	statuses := map[string]string{"no_information": "never_used", "N/A": "not_set"}
	return tableLines(report, func(row map[string]string) map[string]any {
		changed := map[string]any{"generated_time": generated, "account_id": "111122223333", "password_status": "used"}
		if status, ok := statuses[row["password_last_used"]]; ok {
			changed["password_status"] = status
		}
		if row["password_enabled"] == "not_supported" {
			row["password_enabled"] = "true"
		}
		for name, cell := range row {
			changed[cmp.Or(names[name], name)] = asTool(cell)
		}
		return changed
	})
}

// cloudqueryLines makes the changes that cloudquery.go documents.
func cloudqueryLines(report, generated string) string {
	names := namesOfTool(cloudqueryNames)
	return tableLines(report, func(row map[string]string) map[string]any {
		changed := map[string]any{"_cq_sync_time": generated, "password_status": row["password_enabled"]}
		for name, cell := range row {
			value := asTool(cell)
			if name == "password_enabled" || strings.HasSuffix(name, "_region") || strings.HasSuffix(name, "_service") {
				value = cell
			}
			changed[cmp.Or(names[name], name)] = value
		}
		return changed
	})
}

// namesOfTool gives the names of a tool by those of AWS.
func namesOfTool(aliases [][2]string) map[string]string {
	names := map[string]string{}
	for _, alias := range aliases {
		names[alias[1]] = alias[0]
	}
	return names
}

// asTool gives null for a word of AWS, and a boolean for a flag.
func asTool(cell string) any {
	switch cell {
	case "N/A", "no_information", "not_supported":
		return nil
	case "true", "false":
		return cell == "true"
	}
	return cell
}

func TestRFC3339(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"2021-01-24T09:38:09Z", "2021-01-24T09:38:09Z"},
		{"2021-01-24T09:38:09+00:00", "2021-01-24T09:38:09+00:00"},
		{"2021-01-24T15:08:09+05:30", "2021-01-24T15:08:09+05:30"},
		{"2021-01-24 09:38:09", "2021-01-24T09:38:09Z"},
		{"2021-01-24T09:38:09", "2021-01-24T09:38:09Z"},
		{"2021-01-24 09:38:09Z", "2021-01-24T09:38:09Z"},
		{"2021-01-24 09:38:09+00", "2021-01-24T09:38:09+00:00"},
		{"2021-01-24 09:38:09-0330", "2021-01-24T09:38:09-03:30"},
		{"2021-01-24 09:38:09.123456 UTC", "2021-01-24T09:38:09Z"},
		{"2021-01-24 09:38:09.5+00", "2021-01-24T09:38:09+00:00"},
		{"2021-01-24 09:38:09 CET", "2021-01-24T09:38:09CET:00"}, // invalid, so that it is refused
		{"2021-01-24", "2021-01-24"},
		{"N/A", "N/A"},
		{"", ""},
	} {
		if got := rfc3339(test.text); got != test.want {
			t.Errorf("rfc3339(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestTableBatches has one account: a batch is emitted when it is full, not before.
func TestTableBatches(t *testing.T) {
	var text strings.Builder
	text.WriteString("user,account_id,mfa_active\n")
	for i := range 2*snapshots.UserBatchSize + 1 {
		fmt.Fprintf(&text, "user%d,111122223333,true\n", i)
	}
	g := &records{}
	readTable(input(t, []byte(text.String())), g)
	var sizes []int
	for _, part := range g.Parts {
		sizes = append(sizes, len(part.Users))
	}
	if diff := gocmp.Diff([]int{snapshots.UserBatchSize, snapshots.UserBatchSize, 1}, sizes); diff != "" {
		t.Error(diff)
	}
}

// FuzzTable reads tables of JSON lines: each line that is not empty is a row, and each
// row is a user or refused.
func FuzzTable(f *testing.F) {
	f.Add(steampipeLines(oldReport, "2021-01-24T00:00:00Z"))
	f.Add(cloudqueryLines(newReport, "2021-01-24T00:00:00Z"))
	f.Add("{\"user\": 1}\n[]\n{\"user\": {}}\n\n{")
	f.Fuzz(func(t *testing.T, text string) {
		if !isJSONLines([]byte(text)) {
			return
		}
		want := 0
		for line := range strings.Lines(text) {
			if strings.TrimSpace(line) != "" {
				want++
			}
		}
		g := &records{}
		readTable(input(t, []byte(text)), g)
		got := 0
		for _, part := range g.Parts {
			got += len(part.Users)
			if part.Root != nil {
				got++
			}
		}
		for _, issue := range g.Issues {
			got += issue.RowsRefused
		}
		if got != want {
			t.Errorf("%d rows in %d lines", got, want)
		}
	})
}
