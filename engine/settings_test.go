package engine_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"iamcensus/engine"
)

func TestParseSetting(t *testing.T) {
	for text, want := range map[string]string{
		"key_rotation.days=45":      "{key_rotation.days [45]}",
		"key_rotation.tiers=90,45":  "{key_rotation.tiers [45 90]}",
		"key_rotation.tiers=45, 45": "{key_rotation.tiers [45]}",
		"key_rotation.days":         "error",
		"=45":                       "error",
		"key_rotation.days=45,90":   "error",
		"key_rotation.days=":        "error",
		"key_rotation.days=-1":      "error",
		"key_rotation.days=NaN":     "error",
		"key_rotation.days=1e300":   "error",
		"key_rotation.tiers=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21": "error",
		"key_rotation.days=45; drop": "error",
	} {
		setting, err := engine.ParseSetting(text)
		got := fmt.Sprint(setting)
		if err != nil {
			got = "error"
		}
		if got != want {
			t.Errorf("ParseSetting(%q) = %v, want %v", text, got, want)
		}
	}
}

func TestUnknownSettingNamesNearOnes(t *testing.T) {
	for id, want := range map[string]string{
		"rotation.days":     `unknown setting "rotation.days": did you mean key_rotation.days?`,
		"key_rotaton.days":  `unknown setting "key_rotaton.days": did you mean key_rotation.days?`,
		"rotation":          `unknown setting "rotation": did you mean key_rotation.days or key_rotation.tiers?`,
		"key_rotation":      `unknown setting "key_rotation": did you mean key_rotation.days or key_rotation.tiers?`,
		"max_age":           `unknown setting "max_age": did you mean coverage.max_age or password_policy.max_age?`,
		"phase_of_the_moon": `unknown setting "phase_of_the_moon": the last section of a report lists the settings`,
	} {
		_, err := engine.ParseSetting(id + "=1")
		if !errors.Is(err, engine.ErrUnknownSetting) || err.Error() != want {
			t.Errorf("%s: %v, want %s", id, err, want)
		}
	}
}

func TestCreateViewsRefusesAnUnknownSetting(t *testing.T) {
	db := rolledBack(t, "")
	choices := engine.Choices{Temp: true, Settings: []engine.Setting{{ID: "moon.phase", Values: []float64{1}}}}
	if err := engine.CreateViews(t.Context(), db, choices); !errors.Is(err, engine.ErrUnknownSetting) {
		t.Errorf("an unknown setting: %v", err)
	}
	choices.Settings = []engine.Setting{{ID: "coverage.max_age", Values: []float64{math.NaN()}}}
	if err := engine.CreateViews(t.Context(), db, choices); err == nil {
		t.Error("a setting without a value is accepted")
	}
}

// TestSettings compares the table with the headers.
func TestSettings(t *testing.T) {
	db := rolledBack(t, "")
	ids := engine.SettingIDs()
	if got := strings.Fields(lines(t, db, "select distinct setting_id from setting order by 1")); !slices.Equal(got, ids) {
		t.Errorf("the table setting has %v, the headers have %v", got, ids)
	}
	const want = "90 | d | an active key is older\n365 | d | an active key is older\n1826 | d | an active key is older\n"
	if got := lines(t, db, "select value, unit, meaning from setting where setting_id = 'key_rotation.tiers' order by position"); got != want {
		t.Errorf("tiers of key_rotation:\n%s", got)
	}
}
