package report

import "encoding/json"

// MarshalJSON writes counts and unrounded percentages; a withheld percentage is
// null.
func (t *Trend) MarshalJSON() ([]byte, error) {
	type rate struct {
		Date        string    `json:"date"`
		Numerator   int64     `json:"numerator"`
		Denominator int64     `json:"denominator"`
		Unknown     int64     `json:"unknown"`
		Percent     *float64  `json:"percent"`
		Range       []float64 `json:"range,omitempty"` // lowest and highest possible percentage where users are unknown
		Withheld    string    `json:"withheld,omitempty"`
		Change      *float64  `json:"change"`     // to the first date, in percentage points
		ChangeLow   *float64  `json:"change_low"` // 95 % interval
		ChangeHigh  *float64  `json:"change_high"`
		NoChange    string    `json:"no_change,omitempty"` // why there is no change
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
		Share     float64     `json:"panel_percent"` // of all users at the last date
		Came      PanelPart   `json:"came"`
		NoNewer   PanelPart   `json:"no_newer_snapshot"`
		Dates     []TrendDate `json:"dates"`
		Practices []practice  `json:"practices"`
		Users     []FlowUser  `json:"users,omitzero"` // nil: not requested, not written
	}{From: t.From(), To: t.To(), Panel: t.Panel, Share: t.PanelShare(), Came: t.Added, NoNewer: t.NoNewer, Dates: t.Dates, Users: t.Users}
	for _, p := range t.Practices {
		out := practice{ID: p.ID, Unit: "user", Flow: p.Flow}
		for i, f := range p.Rates {
			e := f.Estimate
			r := rate{Date: t.Dates[i].Label, Numerator: f.Numerator, Denominator: f.Denominator, Unknown: f.Unknown, Withheld: e.Withheld}
			if e.HasRate() && !f.isRange() {
				r.Percent = &e.Percent
			}
			if e.Withheld == "" && f.isPartial() {
				r.Range = []float64{e.Percent, e.UpperPercent}
			}
			if c := p.Changes[i]; i > 0 && c.None == "" {
				r.Change = &c.Points
				if c.HasRange {
					r.ChangeLow, r.ChangeHigh = &c.Low, &c.High
				}
			} else if i > 0 {
				r.NoChange = string(c.None)
			}
			out.Rates = append(out.Rates, r)
		}
		page.Practices = append(page.Practices, out)
	}
	return json.Marshal(page)
}
