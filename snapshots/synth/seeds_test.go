package synth

import (
	"encoding/json"
	"os"
	"testing"
	"time"
)

// TestEverySeedFits fits users without writing them.
func TestEverySeedFits(t *testing.T) {
	data, err := os.ReadFile("../../report/published/netskope-2021-05-06.json")
	if err != nil {
		t.Fatal(err)
	}
	var published struct {
		Scope   map[string]any
		Figures []Target
	}
	if err := json.Unmarshal(data, &published); err != nil {
		t.Fatal(err)
	}
	scope := func(key string) int { return int(published.Scope[key].(float64)) }
	for seed := range uint64(40) {
		o := Options{
			Accounts: scope("aws_accounts"), Standalone: scope("standalone_accounts"), Organizations: 412,
			Users: scope("iam_users"), Seed: seed, Targets: published.Figures,
			CapturedAt: time.Date(2021, time.January, 24, 0, 0, 0, 0, time.UTC),
		}
		if _, err := newGenerator(t.Context(), o); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
	}
}

func TestApportion(t *testing.T) {
	for _, weights := range [][]float64{{1}, {1, 1, 1}, {0, 5, 0.1, 0}, {3, 0}} {
		sum := 0
		for i, n := range apportion(1000, weights) {
			if sum += n; n < 0 || weights[i] == 0 && n > 0 && i < len(weights)-1 {
				t.Errorf("%v: %d for part %d", weights, n, i)
			}
		}
		if sum != 1000 {
			t.Errorf("%v: parts add up to %d", weights, sum)
		}
	}
}
