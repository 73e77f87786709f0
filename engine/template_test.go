package engine

import (
	"strconv"
	"strings"
	"testing"
)

func TestExpand(t *testing.T) {
	tiers := map[string][]float64{"key_rotation": {10, 20}}
	for query, want := range map[string]string{
		"age_s > {days 45}":             "age_s > 3888000",
		"gap_s < {seconds 10}":          "gap_s < 10",
		"{one user_id}":                 "user_id",
		"where {in report: is_current}": "where true",
		"{tier key_rotation: a}":        "case when a > 20 then 2 when a > 10 then 1 when a is not null then 0 end",
		"{tier console_mfa: a}":         "case when a is not null then 0 end",
		"{day 45}":                      "error: unknown macro",
		"{days many}":                   "error: ",
		"{bucket weeks: a}":             "error: the units are days and seconds",
	} {
		got, err := (&template{tiers: tiers}).expand(query)
		if err != nil {
			if !strings.HasPrefix(want, "error: ") || !strings.Contains(err.Error(), strings.TrimPrefix(want, "error: ")) {
				t.Errorf("%s: %v", query, err)
			}
		} else if got != want {
			t.Errorf("%s gives %s, want %s", query, got, want)
		}
	}
	report := &template{isReport: true}
	if got, err := report.expand("select {one user_id} where {in report: is_current}"); err != nil || got != "select min(user_id) where is_current" {
		t.Errorf("in a report: %s %v", got, err)
	}
}

func TestEach(t *testing.T) {
	got, err := (&template{}).expand("({each accounts}\nselect '{name}' from {name}\n{end})")
	const want = "(select 'password_policy_check' from password_policy_check\nunion all\nselect 'root_check' from root_check)"
	if err != nil || got != want {
		t.Errorf("%s %v, want %s", got, err, want)
	}
}

// TestBucket rounds around each threshold of the rule sets.
func TestBucket(t *testing.T) {
	for _, unit := range []string{"days", "seconds"} {
		if len(thresholds(unit)) == 0 {
			t.Errorf("no rule set has a threshold in %s", unit)
		}
		text, err := bucket(unit, "age_s")
		for _, n := range thresholds(unit) {
			if err != nil || !strings.Contains(text, "age_s > "+strconv.Itoa(n)+" then "+strconv.Itoa(n)+" + 1 when age_s = "+strconv.Itoa(n)) {
				t.Errorf("the threshold %d is not in %s: %v", n, text, err)
			}
		}
	}
}

func TestHeaderSettings(t *testing.T) {
	for value, want := range map[string]string{
		"days = 90 d; older":     "",
		"days = 90 d":            "error",
		"90 d; older":            "error",
		"days = 90; older":       "error",
		"days = ninety d; older": "error",
	} {
		_, err := parseHeaderSetting("x", headerLine{"Threshold", value})
		if (err != nil) != (want == "error") {
			t.Errorf("-- Threshold: %s: %v", value, err)
		}
	}
}
