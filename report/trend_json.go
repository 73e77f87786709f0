package report

import "encoding/json"

// MarshalJSON writes counts and unrounded percentages; a withheld percentage is
// null.
func (t *Trend) MarshalJSON() ([]byte, error) {
	type rate struct {
		Date        string   `json:"date"`
		Numerator   int64    `json:"numerator"`
		Denominator int64    `json:"denominator"`
		Unknown     int64    `json:"unknown"`
		Percent     *float64 `json:"percent"`
		Withheld    string   `json:"withheld,omitempty"`
	}
	type practice struct {
		ID    string `json:"id"`
		Unit  string `json:"unit"`
		Rates []rate `json:"rates"`
		Flow  Flow   `json:"flow"`
	}
	page := struct {
		From      string      `json:"from"`
		To        string      `json:"to"`
		Panel     PanelPart   `json:"panel"`
		Came      PanelPart   `json:"came"`
		NoNewer   PanelPart   `json:"no_newer_snapshot"`
		Dates     []TrendDate `json:"dates"`
		Practices []practice  `json:"practices"`
		Users     []FlowUser  `json:"users,omitzero"` // nil: not requested, not written
	}{From: t.From(), To: t.To(), Panel: t.Panel, Came: t.Added, NoNewer: t.NoNewer, Dates: t.Dates, Users: t.Users}
	for _, p := range t.Practices {
		out := practice{ID: p.ID, Unit: "user", Flow: p.Flow}
		for i, f := range p.Rates {
			e := f.Estimate
			r := rate{Date: t.Dates[i].Label, Numerator: f.Numerator, Denominator: f.Denominator, Unknown: f.Unknown, Withheld: e.Withheld}
			if e.Withheld == "" {
				r.Percent = &e.Percent
			}
			out.Rates = append(out.Rates, r)
		}
		page.Practices = append(page.Practices, out)
	}
	return json.Marshal(page)
}
