package report

import (
	"embed"
	"encoding/json"
	"fmt"
	"iamcensus/report/text"
	"os"
	"slices"
	"strings"
)

// Published are the figures that somebody else printed.
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

// Inconsistency is a note that came with the figures.
type Inconsistency struct {
	Figure    string
	Published string
	Note      string
}

//go:embed published/*.json
var published embed.FS

// builtIn are the published figures that need no file.
var BuiltIn = map[string]string{"article": "published/netskope-2021-05-06.json"}

// ReadPublished reads figures from a file, or the built-in ones by their name.
func ReadPublished(name string) (*Published, error) {
	read := os.ReadFile
	if file, ok := BuiltIn[name]; ok {
		name, read = file, published.ReadFile
	}
	data, err := read(name)
	if err != nil {
		return nil, fmt.Errorf("%w: name a JSON file of published figures, or article", err)
	}
	p := &Published{}
	if err := json.Unmarshal(data, p); err != nil {
		return nil, fmt.Errorf("%s: %w: the form is that of report/published/netskope-2021-05-06.json", name, err)
	}
	if len(p.Figures) == 0 {
		return nil, fmt.Errorf("%s has no figures: the form is that of report/published/netskope-2021-05-06.json", name)
	}
	return p, nil
}

// Comparison holds published figures against computed ones.
type Comparison struct {
	*Published
	Rows  []Compared
	Slips []string // where the published figures do not follow from their own counts
}

// Compared is one published figure beside the computed one.
type Compared struct {
	Published PublishedFigure
	Computed  *Figure // nil: this census has no such figure
	Month     string  // computed, where the published one is a month
}

// Equal reports whether both say the same.
func (c Compared) Equal() bool {
	if c.Published.Month != "" {
		return c.Published.Month == c.Month
	}
	return c.Computed != nil &&
		(c.Published.Numerator == nil || *c.Published.Numerator == c.Computed.Numerator) &&
		(c.Published.Denominator == nil || *c.Published.Denominator == c.Computed.Denominator)
}

// Compare fills the report's comparison.
func (r *Report) Compare(p *Published) {
	figures, months := r.Figures(), map[string]string{}
	for _, practice := range r.Practices {
		for _, oldest := range practice.Oldest {
			if oldest.At.Valid {
				months[oldest.ID] = oldest.At.Time.Format("2006-01")
			}
		}
	}
	c := &Comparison{Published: p}
	for _, f := range p.Figures {
		row := Compared{Published: f, Month: months[f.ID]}
		if i := slices.IndexFunc(figures, func(g Figure) bool { return g.ID == f.ID }); i >= 0 {
			row.Computed = &figures[i]
		}
		c.Rows = append(c.Rows, row)
		if slip := f.slip(); slip != "" {
			c.Slips = append(c.Slips, slip)
		}
	}
	for _, i := range p.Inconsistencies {
		if i.Note != "" {
			c.Slips = append(c.Slips, fmt.Sprintf("`%s`, published as “%s”: %s.", i.Figure, i.Published, strings.TrimSuffix(i.Note, ".")))
		}
	}
	r.Comparison = c
}

// slip says where a percentage is not that of its counts.
func (f PublishedFigure) slip() string {
	if f.Percent == nil || f.Numerator == nil || f.Denominator == nil || *f.Denominator == 0 {
		return ""
	}
	follows := text.Round(100*float64(*f.Numerator)/float64(*f.Denominator), 1)
	if follows == *f.Percent {
		return ""
	}
	return fmt.Sprintf("`%s`: %g %% is printed, %g %% follows from %s of %s.",
		f.ID, *f.Percent, follows, text.Count(*f.Numerator), text.Count(*f.Denominator))
}

// Figures are all counts of the report under their ids.
func (r *Report) Figures() []Figure {
	var all []Figure
	for _, p := range r.Practices {
		all = append(append(all, p.OverAll, p.OverApplicable), p.Tiers...)
		if p.Rotating != nil {
			all = append(all, *p.Rotating)
		}
	}
	for _, check := range slices.Concat(r.Roots, r.Passwords) {
		all = append(all, check.Figure)
	}
	return all
}
