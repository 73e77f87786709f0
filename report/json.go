package report

import (
	"database/sql"
	"io"
	"slices"
	"time"
)

// jsonFigure is one figure. Percentages are 0 to 100, unrounded; a value that
// does not exist is null.
type jsonFigure struct {
	ID             string    `json:"id"`
	Unit           string    `json:"unit"` // user or account
	Numerator      int64     `json:"numerator"`
	Denominator    int64     `json:"denominator"`
	Unknown        int64     `json:"unknown"`
	Percent        *float64  `json:"percent"`         // the lowest possible one where units are unknown; null where they are too many, or no violation is known
	Range          []float64 `json:"range,omitempty"` // lowest and highest possible percentage where units are unknown
	CILow          *float64  `json:"ci_low"`
	CIHigh         *float64  `json:"ci_high"`
	DesignEffect   *float64  `json:"design_effect"`
	Organizations  int       `json:"organizations"`
	InSpread       int64     `json:"organizations_in_spread"` // of median_org, p10_org and p90_org
	MedianOrg      *float64  `json:"median_org"`
	P10Org         *float64  `json:"p10_org"`
	P90Org         *float64  `json:"p90_org"`
	TopDecileShare *float64  `json:"top_decile_share"` // 0 to 1
	LowerBound     *float64  `json:"lower_bound"`      // with missing accounts, as Figure.Bounds
	UpperBound     *float64  `json:"upper_bound"`
	Withheld       string    `json:"withheld,omitempty"`    // why there is no percentage
	NoInterval     string    `json:"no_interval,omitempty"` // why there is no interval
	Caveat         string    `json:"caveat,omitempty"`
	Note           string    `json:"note,omitempty"`
}

// jsonMonth is a figure that is a date.
type jsonMonth struct {
	ID    string  `json:"id"`
	Month *string `json:"month"` // 2006-01
	At    *string `json:"at"`
}

type jsonReport struct {
	Title         string           `json:"title"`
	Version       string           `json:"version,omitempty"` // of the iamcensus that made the report
	FirstCaptured string           `json:"first_captured_at"`
	LastCaptured  string           `json:"last_captured_at"`
	Organizations int64            `json:"organizations"`
	Accounts      int64            `json:"accounts"`
	Users         int64            `json:"users"`
	SamplingUnit  string           `json:"sampling_unit"` // organization or account
	Figures       []any            `json:"figures"`       // jsonFigure, jsonMonth
	Settings      []Setting        `json:"settings"`
	Trend         *Trend           `json:"trend,omitempty"`
	Missing       []MissingAccount `json:"missing_accounts"` // those that something names
	Parameters    madeWith         `json:"parameters"`
}

func renderJSON(w io.Writer, r *Report) error {
	page := jsonReport{
		Title:         r.Title,
		Version:       string(r.Version),
		FirstCaptured: r.Population.First.Format(time.RFC3339),
		LastCaptured:  r.Population.Last.Format(time.RFC3339),
		Organizations: r.Population.Organizations,
		Accounts:      r.Population.Accounts,
		Users:         r.Population.Users,
		SamplingUnit:  r.Population.SamplingUnit,
		Settings:      r.Settings,
		Trend:         r.Trend,
		Missing:       slices.Concat([]MissingAccount{}, r.Missing),
		Parameters:    madeWith{r.Parameters, r.Ledger},
	}
	for _, f := range r.Figures() {
		page.Figures = append(page.Figures, newJSONFigure(f))
	}
	for _, p := range r.Practices {
		for _, o := range p.Oldest {
			page.Figures = append(page.Figures, newJSONMonth(o))
		}
	}
	return RenderJSON(w, page)
}

func newJSONFigure(f Figure) jsonFigure {
	e := f.Estimate
	out := jsonFigure{
		ID: f.ID, Unit: f.Unit, Numerator: f.Numerator, Denominator: f.Denominator, Unknown: f.Unknown,
		Organizations: f.InOrganizations, InSpread: f.InSpread,
		Withheld: e.Withheld, NoInterval: e.NoInterval, Caveat: e.Caveat, Note: e.Note,
	}
	if e.Withheld == "" {
		out.print(f)
	}
	return out
}

// print adds what is printed of a figure that is not withheld.
func (out *jsonFigure) print(f Figure) {
	e := f.Estimate
	if e.HasRate() && !f.isRange() {
		out.Percent = &e.Percent
	}
	if f.isPartial() {
		out.Range = []float64{e.Percent, e.UpperPercent}
	}
	if e.NoInterval == "" {
		out.CILow, out.CIHigh = &e.Low, &e.High
	}
	if e.DesignEffect > 0 {
		out.DesignEffect = &e.DesignEffect
	}
	low, high := f.Bounds()
	out.LowerBound, out.UpperBound = &low, &high
	out.MedianOrg, out.P10Org, out.P90Org, out.TopDecileShare = orNull(f.Median), orNull(f.P10), orNull(f.P90), orNull(f.TopTenthShare)
}

func newJSONMonth(o Oldest) jsonMonth {
	if !o.At.Valid {
		return jsonMonth{ID: o.ID}
	}
	month, at := o.At.Time.Format("2006-01"), o.At.Time.Format(time.RFC3339)
	return jsonMonth{o.ID, &month, &at}
}

func orNull(x sql.NullFloat64) *float64 {
	if !x.Valid {
		return nil
	}
	return &x.Float64
}
