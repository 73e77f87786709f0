package snapshots

import "testing"

func TestFindDate(t *testing.T) {
	const day, second = "2021-01-24T00:00:00Z", "2021-01-24T09:38:09Z"
	tests := []struct {
		name, at string
		isDate   bool
		rest     string
	}{
		// a date
		{"2021-01-24", day, true, ""},
		{"2021_01_24", day, true, ""},
		{"2021.01.24", day, true, ""},
		{"20210124", day, true, ""},
		{"report_2021-01-24.csv", day, true, "report-csv"},
		{"acme-2021-01-24", day, true, "acme"},
		{"2021-01-24_acme", day, true, "acme"},
		{"acme 2021-01-24 (full)", day, true, "acme-(full)"},
		{"111122223333-20210124.csv", day, true, "111122223333-csv"},
		{"20210124-111122223333.csv", day, true, "111122223333.csv"},
		{"2021-01-24-09", day, true, ""},
		{"2021-01-24T09", day, true, ""},
		{"2021-01-24-77-12.csv", day, true, "77-12.csv"},

		// to the minute and second
		{"2021-01-24-09-38", "2021-01-24T09:38:00Z", false, ""},
		{"2021-01-24T09:38Z", "2021-01-24T09:38:00Z", false, ""},
		{"111122223333-2021-01-24-09-38.csv", "2021-01-24T09:38:00Z", false, "111122223333-csv"},
		{"2021-01-24T09:38:09Z", second, false, ""},
		{"2021-01-24T09:38:09+00:00", second, false, ""},
		{"status_reports_2021-01-24T09-38-09+00-00.csv", second, false, "status_reports-csv"},
		{"2021-01-24_09-38-09", second, false, ""},
		{"2021-01-24_09_38_09", second, false, ""},
		{"2021-01-24-09.38.09", second, false, ""},
		{"2021-01-24 09:38:09", second, false, ""},
		{"2021-01-24 at 09.38.09.csv", second, false, "csv"},
		{"2021-01-24T09%3A38%3A09Z", second, false, ""},
		{"2021-01-24T11%3A38%3A09%2B02%3A00", second, false, ""},
		{"2021-01-24t09:38:09z", second, false, ""},
		{"2021-01-24T09h38m09s", second, false, ""},
		{"2021-01-24_09h38", "2021-01-24T09:38:00Z", false, ""},
		{"20210124T093809Z", second, false, ""},
		{"20210124T093809", second, false, ""},
		{"20210124-093809", second, false, ""},
		{"20210124_0938", "2021-01-24T09:38:00Z", false, ""},
		{"20210124093809", second, false, ""},
		{"2021-01-24T09:38:09.123456+00:00", second, false, ""},
		{"2021-01-24T09:38:09,5Z", second, false, ""},
		{"2021-01-24 09:38:09 UTC", second, false, ""},
		{"111122223333_Config_us-east-1_ConfigSnapshot_20160927T195818Z_a.json.gz", "2016-09-27T19:58:18Z", false,
			"111122223333_Config_us-east-1_ConfigSnapshot-a.json.gz"},
		{"20210124_run_2021-01-24T09-38-09.csv", second, false, "20210124_run-csv"}, // the one with a time

		// offsets
		{"2021-01-24T11:38:09+02:00", second, false, ""},
		{"2021-01-24T11-38-09+02-00.csv", second, false, "csv"},
		{"20210124T113809+0200", second, false, ""},
		{"2021-01-24T15:08:09+0530", second, false, ""},
		{"2021-01-24T04:38:09-05:00", second, false, ""},
		{"2021-01-24T04-38-09-05-00.csv", second, false, "csv"},
		{"2021-01-24 04:38:09-05", second, false, ""},
		{"2021-01-23T23:00:00-02:00", "2021-01-24T01:00:00Z", false, ""},
		{"2021-01-24-09-38-09-05-00.csv", second, false, "csv"}, // a number of the file

		// none
		{"report.csv", "", false, ""},
		{"2021-01", "", false, ""},
		{"12021-01-24", "", false, ""},
		{"2021-01-241", "", false, ""},
		{"2021-02-30", "", false, ""},
		{"20210230", "", false, ""},
		{"2021-13-01", "", false, ""},
		{"111122223333", "", false, ""},
		{"202101240938", "", false, ""}, // twelve digits are an account
		{"1611481089000", "", false, ""},
		{"r_120210124.csv", "", false, ""},
		{"r_202101241.csv", "", false, ""},
	}
	for _, test := range tests {
		got, ok := FindDate(test.name)
		if got.At.String() != test.at || got.IsDate != test.isDate || got.Rest != test.rest || ok != (test.at != "") {
			t.Errorf("%q: %s %v %q, want %s %v %q", test.name, got.At, got.IsDate, got.Rest, test.at, test.isDate, test.rest)
		}
	}
}

func TestParseCapturedAt(t *testing.T) {
	for _, text := range []string{"2021-01-24", "2021-01-24T09:38:09Z", "2021-01-24T09:38:09.5+01:00", "20210124T093809Z"} {
		if date, err := ParseCapturedAt(text); err != nil || date.IsDate != (len(text) == 10) {
			t.Errorf("%q: %+v %v", text, date, err)
		}
	}
	for _, text := range []string{"", "yesterday", "2021-01", "2021-01-24T09", "on 2021-01-24", "2021-02-30"} {
		if date, err := ParseCapturedAt(text); err == nil {
			t.Errorf("%q: %+v", text, date)
		}
	}
}
