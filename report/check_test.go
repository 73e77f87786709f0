package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	const computed = "# Census\n\nText.\n| a | 1,234 |\n| a | 5 |\nRate 6.2 %.\n"
	for name, test := range map[string]struct {
		printed string
		want    []Difference
	}{
		"the same":               {computed, nil},
		"other words":            {"# My census\nOwn words.\n| a |  1,234 |\n| a | 5 |\nRate 6.2 %.\n", nil},
		"other order":            {"Rate 6.2 %.\n| a | 5 |\n| a | 1,234 |\n", nil},
		"another number":         {"| a | 1,235 |\n| a | 5 |\nRate 6.2 %.\n", []Difference{{1, "| a | 1,235 |", "| a | 1,234 |"}}},
		"a number of the author": {computed + "We have 3 accounts.\n", []Difference{{7, "We have 3 accounts.", ""}}},
		"another version":        {computed + "Made by iamcensus v1.2.3 (4fe1c0a).\n", nil},
		"a line is missing":      {"| a | 1,234 |\nRate 6.2 %.\n", []Difference{{0, "", "| a | 5 |"}}},
		"a line twice":           {computed + "| a | 5 |\n", []Difference{{7, "| a | 5 |", ""}}},
	} {
		if diff := cmp.Diff(test.want, Check(test.printed, computed)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestParameters(t *testing.T) {
	age := 30.0
	for _, want := range []Parameters{{}, {AsOf: "2021-01-24", MaxAge: &age, Set: []string{"key_rotation.days=45"}, CompareWith: "x --> y"}} {
		got, err := FindParameters("# Page\n" + want.Comment())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	for _, page := range []string{"", "# Page", "<!-- iamcensus report {} ", "<!-- iamcensus report {\"set\": 3} -->"} {
		if _, err := FindParameters(page); err == nil {
			t.Errorf("FindParameters(%q) returns no error", page)
		}
	}
}
