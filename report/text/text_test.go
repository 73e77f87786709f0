package text

import "testing"

func TestQuantity(t *testing.T) {
	for want, got := range map[string]string{
		"0 accounts":     Quantity(0, "account"),
		"1 account":      Quantity(1, "account"),
		"2 accounts":     Quantity(2, "account"),
		"1 IAM user":     Quantity(1, "IAM user"),
		"1 entity":       Quantity(1, "entity"),
		"5,520 entities": Quantity(5520, "entity"),
		"3 keys":         Quantity(3, "key"),
		"2 days":         Quantity(2, "day"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for want, got := range map[string]string{
		"0":                 Count(0),
		"999":               Count(999),
		"1,000":             Count(1000),
		"12,478":            Count(12_478),
		"123,456":           Count(123_456),
		"1,234,567":         Count(1_234_567),
		"6.2 %":             Percent(6.15),
		"0.0 %":             Percent(0),
		"< 0.1 %":           Percent(0.0499),
		"0.1 %":             Percent(0.05),
		"99.9 %":            Percent(99.949),
		"> 99.9 %":          Percent(99.95),
		"100.0 %":           Percent(100),
		"< 0.1 to > 99.9 %": Range(0.01, 99.99),
		"0.0 to 100.0 %":    Range(0, 100),
		"0.0 points":        Points(0),
		"+0.0 points":       Points(0.01),
		"-2.0 to +0.5":      PointsRange(-2, 0.52),
		"90":                Number(90),
		"0.5":               Number(0.5),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestTable(t *testing.T) {
	names := []string{"Name", "n#"}
	const want = "| Name   |   n |\n|--------|----:|\n| alice  |   1 |\n| größer | 230 |\n"
	for range 2 { // the names stay as they are
		if got := Table(names, [][]string{{"alice", "1"}, {"größer", "230"}}); got != want {
			t.Errorf("got\n%s want\n%s", got, want)
		}
	}
}
