package snapshots

import "testing"

func TestFindDate(t *testing.T) {
	tests := []struct {
		name, want string
		whole      bool
	}{
		{"report.csv", "", false},
		{"2021-01-24", "2021-01-24T00:00:00Z", true},
		{"report_2021-01-24.csv", "2021-01-24T00:00:00Z", false},
		{"111122223333_Config_us-east-1_ConfigSnapshot_20160927T195818Z_a.json.gz", "2016-09-27T19:58:18Z", false},
		{"12021-01-24", "", false},
		{"2021-01-241", "", false},
		{"2021-02-30", "", false},
		{"111122223333", "", false},
	}
	for _, test := range tests {
		if at, whole := FindDate(test.name); at.String() != test.want || whole != test.whole {
			t.Errorf("%q: %s %v, want %s %v", test.name, at, whole, test.want, test.whole)
		}
	}
}
