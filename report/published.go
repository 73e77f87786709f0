package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"iamcensus/report/input"
	"iamcensus/report/text"
	"slices"
	"strings"
)

// Published are figures of another census, as published.
type Published struct {
	ID              string
	Title           string
	Publisher       string
	PublishedOn     string `json:"published_on"`
	CapturedOn      string `json:"captured_on"`
	Scope           Scope
	Figures         []PublishedFigure
	Inconsistencies []Inconsistency
}

// MaxFigures is the maximum number of figures in a file to compare with.
const MaxFigures = 1000

// Scope is the population of published figures.
type Scope struct {
	Accounts   int `json:"aws_accounts"`
	Standalone int `json:"standalone_accounts"`
	Users      int `json:"iam_users"`
	Entities   int `json:"entities"`
}

// PublishedFigure is a count out of a count, or a month.
type PublishedFigure struct {
	ID          string
	Numerator   *int64
	Denominator *int64
	Percent     *float64
	Month       string // 2006-01; "" for a count
	Means       string
}

// Inconsistency is a note on a published figure.
type Inconsistency struct {
	Figure    string
	Published string
	Note      string
}

//go:embed published/*.json
var published embed.FS

// BuiltIn are the embedded published figures: names for users, and their files.
var BuiltIn = map[string]string{"article": "published/netskope-2021-05-06.json"}

// ReadPublished reads published figures from a file, or those in BuiltIn by
// name.
func ReadPublished(name string) (*Published, error) {
	read := func(name string) ([]byte, error) { return input.Read(name, input.MaxFigures) }
	if file, ok := BuiltIn[name]; ok {
		name, read = file, published.ReadFile
	}
	data, err := read(name)
	if err != nil {
		return nil, fmt.Errorf("%w; name a JSON file of published figures, or article", err)
	}
	p := &Published{}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("%s: %w; the format is that of report/published/netskope-2021-05-06.json", name, err)
	}
	switch {
	case len(p.Figures) == 0:
		return nil, fmt.Errorf("%s: no figures; the format is that of report/published/netskope-2021-05-06.json", name)
	case max(len(p.Figures), len(p.Inconsistencies)) > MaxFigures:
		return nil, fmt.Errorf("%s: more than %d figures or inconsistencies; a report has some hundred", name, MaxFigures)
	}
	return p, nil
}

// PublishedComparison compares published figures with computed ones.
type PublishedComparison struct {
	Published *Published
	Rows      []ComparedFigure
}

// ComparedFigure is a published figure with the computed one.
type ComparedFigure struct {
	Published PublishedFigure
	Computed  *Figure // nil: none of that id
	Month     string  // computed; "": none
}

// isEqual reports whether the published figure is reproduced: the same counts,
// or the same month.
func (c ComparedFigure) isEqual() bool {
	p := c.Published
	if p.Month != "" {
		return p.Month == c.Month
	}
	return c.Computed != nil && p.Numerator != nil && p.Denominator != nil &&
		*p.Numerator == c.Computed.Numerator && *p.Denominator == c.Computed.Denominator
}

// rate is the published rate in percent, from the counts if they are published.
func (f PublishedFigure) rate() (percent float64, ok bool) {
	switch {
	case f.Numerator != nil && f.Denominator != nil && *f.Denominator > 0:
		return 100 * float64(*f.Numerator) / float64(*f.Denominator), true
	case f.Percent != nil:
		return *f.Percent, true
	}
	return 0, false
}

// Compare fills the comparison with published figures.
func (r *Report) Compare(p *Published) {
	figures, months := r.Figures(), r.months()
	c := &PublishedComparison{Published: p}
	for _, f := range p.Figures {
		row := ComparedFigure{Published: f, Month: months[f.ID]}
		if i := slices.IndexFunc(figures, func(g Figure) bool { return g.ID == f.ID }); i >= 0 {
			row.Computed = &figures[i]
		}
		c.Rows = append(c.Rows, row)
	}
	r.Comparison = c
}

// Inconsistencies lists those in the published figures, in Markdown.
func (c *PublishedComparison) Inconsistencies() []string {
	var all []string
	for _, f := range c.Published.Figures {
		if sentence := f.inconsistency(); sentence != "" {
			all = append(all, sentence)
		}
	}
	for _, i := range c.Published.Inconsistencies {
		if i.Note != "" {
			all = append(all, fmt.Sprintf("%s, published as “%s”: %s.", text.Code(i.Figure), text.Escape(i.Published), text.Escape(strings.TrimSuffix(i.Note, "."))))
		}
	}
	return all
}

// months are the computed months by figure id.
func (r *Report) months() map[string]string {
	months := map[string]string{}
	for _, p := range r.Practices {
		for _, o := range p.Oldest {
			if o.At.Valid {
				months[o.ID] = o.At.Time.Format("2006-01")
			}
		}
	}
	return months
}

// inconsistency compares the published percentage with the one that follows
// from the counts, rounded to one decimal; "": equal, or not comparable.
func (f PublishedFigure) inconsistency() string {
	if f.Percent == nil || f.Numerator == nil || f.Denominator == nil || *f.Denominator == 0 {
		return ""
	}
	computed := text.Round(100*float64(*f.Numerator)/float64(*f.Denominator), 1)
	if computed == *f.Percent {
		return ""
	}
	return fmt.Sprintf("%s: %g %% is published, %g %% follows from %s of %s.",
		text.Code(f.ID), *f.Percent, computed, text.Count(*f.Numerator), text.Count(*f.Denominator))
}
