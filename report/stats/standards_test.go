package stats

import "testing"

func TestPresentationStandards(t *testing.T) {
	tooWide, imprecise := "95 % interval too wide (30 points or more)", "95 % interval too wide for the rate (more than 130 % of it)"
	for _, c := range []struct {
		n, effective, r, width float64
		want                   string
	}{
		{30, 30, 0.5, 0.29, ""},
		{30, 30 - 1e-12, 0.5, 0.29, ""}, // 30 but for rounding
		{29, 29, 0.5, 0.29, "denominator too small (29, minimum 30)"},
		{500, 29.99, 0.5, 0.2, "effective size too small (minimum 30)"},
		{100, 100, 0.5, 0.30, tooWide},
		{100, 100, 0.5, 0.2999, ""},
		{400, 400, 0.125, 0.1625, ""}, // exactly 130 %
		{400, 400, 0.125, 0.163, imprecise},
		{400, 400, 0.01, 0.05, ""}, // narrow enough for any rate
		{400, 400, 0.01, 0.051, imprecise},
		{400, 400, 0.99, 0.2, ""}, // imprecise for the complement alone
	} {
		if got := whyWithheld(c.n, c.effective, c.r, c.width); got != c.want {
			t.Errorf("n %v, effective %v, r %v, width %v: %q, want %q", c.n, c.effective, c.r, c.width, got, c.want)
		}
	}
}

func TestNoteOnTheComplement(t *testing.T) {
	for _, c := range []struct {
		r, width float64
		want     bool
	}{{0.5, 0.29, false}, {0.875, 0.1625, false}, {0.875, 0.163, true}, {0.99, 0.05, false}, {0.99, 0.06, true}, {0.01, 0.06, false}} {
		if got := noteOnComplement(c.r, c.width); (got != "") != c.want {
			t.Errorf("r %v, width %v: %q", c.r, c.width, got)
		}
	}
	e := SumsOf(append(times(60, Cluster{20, 20, 0}), Cluster{0, 20, 0})).Estimate()
	if e.Withheld != "" || e.Note == "" {
		t.Errorf("one organization has all units without a violation: %+v", e)
	}
}

func TestWhyTooNarrow(t *testing.T) {
	const narrow = "interval likely too narrow: "
	for _, c := range []struct {
		degrees, organizations, lower, upper float64
		want                                 string
	}{
		{8, 30, 0.5, 0.5, ""},
		{7.99, 30, 0.5, 0.5, narrow + "users concentrated in few organizations (7.9 degrees of freedom, minimum 8)"},
		{20, 48, 0.0625, 0.0625, ""},
		{20, 47.9, 0.0625, 0.0625, narrow + "too few organizations with violations (effective 2.9, minimum 3)"},
		{20, 47.9, 0.9375, 0.9375, narrow + "too few organizations without violations (effective 2.9, minimum 3)"},
		{20, 47.9, 0.5, 0.9375, narrow + "too few organizations without violations (effective 2.9, minimum 3)"},
		{20, 47.9, 0.0625, 0.5, narrow + "too few organizations with violations (effective 2.9, minimum 3)"},
		{20, 50, 0, 0, narrow + "a rate of 0 % or 100 % does not show how organizations differ"},
		{6, 20, 1, 1, narrow + "users concentrated in few organizations (6.0 degrees of freedom, minimum 8); " +
			"a rate of 0 % or 100 % does not show how organizations differ"},
	} {
		if got := whyTooNarrow(c.degrees, c.organizations, c.lower, c.upper); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
