package report

import (
	"encoding/json"
	"io"
	"time"
)

// jsonFigure is one figure for machines. Percent is not rounded; it is null
// where the denominator is 0.
type jsonFigure struct {
	ID          string   `json:"id"`
	Unit        string   `json:"unit,omitempty"`
	Numerator   *int64   `json:"numerator,omitempty"`
	Denominator *int64   `json:"denominator,omitempty"`
	Applicable  *int64   `json:"applicable,omitempty"`
	Unknown     *int64   `json:"unknown,omitempty"`
	Percent     *float64 `json:"percent,omitempty"`
	Month       string   `json:"month,omitempty"`
	At          string   `json:"at,omitempty"`
}

type jsonSetting struct {
	ID     string    `json:"id"`
	Values []float64 `json:"values"`
	Unit   string    `json:"unit"`
}

type jsonReport struct {
	Title         string        `json:"title"`
	FirstCaptured string        `json:"first_captured_at"`
	LastCaptured  string        `json:"last_captured_at"`
	Organizations int64         `json:"organizations"`
	Accounts      int64         `json:"accounts"`
	Users         int64         `json:"users"`
	Figures       []jsonFigure  `json:"figures"`
	Settings      []jsonSetting `json:"settings"`
}

func renderJSON(w io.Writer, r *Report) error {
	page := jsonReport{
		Title:         r.Title,
		FirstCaptured: r.Population.First.Format(time.RFC3339),
		LastCaptured:  r.Population.Last.Format(time.RFC3339),
		Organizations: r.Population.Organizations,
		Accounts:      r.Population.Accounts,
		Users:         r.Population.Users,
	}
	for _, p := range r.Practices {
		figure := newJSONFigure(p.Figure, "user")
		figure.Applicable = &p.Applicable
		page.Figures = append(page.Figures, figure)
		for _, t := range p.Tiers {
			page.Figures = append(page.Figures, newJSONFigure(t.Figure, "user"))
		}
		for _, o := range p.Oldest {
			figure := jsonFigure{ID: o.ID}
			if o.At.Valid {
				figure.Month, figure.At = o.At.Time.Format("2006-01"), o.At.Time.Format(time.RFC3339)
			}
			page.Figures = append(page.Figures, figure)
		}
	}
	page.Figures = append(page.Figures, newJSONFigure(r.Rotating, "user"))
	for _, root := range r.Roots {
		page.Figures = append(page.Figures, newJSONFigure(root.Figure, "account"))
	}
	for _, s := range r.Settings {
		page.Settings = append(page.Settings, jsonSetting{s.ID, s.Values, s.Unit})
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(page)
}

func newJSONFigure(f Figure, unit string) jsonFigure {
	out := jsonFigure{ID: f.ID, Unit: unit, Numerator: &f.Numerator, Denominator: &f.Denominator, Unknown: &f.Unknown}
	if f.Denominator > 0 {
		percent := f.Percent()
		out.Percent = &percent
	}
	return out
}
