package population

import (
	"encoding/json"
	"errors"
	"fmt"
	"iamcensus/report"
	"iamcensus/report/input"
	"iamcensus/report/text"
	"slices"
	"strings"
)

// ReadSummary reads a summary from a file, or makes one of the published figures
// in report.BuiltIn by name, which have no spread.
func ReadSummary(name string) (*Summary, error) {
	if _, ok := report.BuiltIn[name]; ok {
		return summaryOfPublished(name)
	}
	data, err := input.Read(name, input.MaxFigures)
	if err != nil {
		return nil, fmt.Errorf("%w; name a file written by iamcensus population, or article", err)
	}
	s := &Summary{}
	err = json.Unmarshal(data, s)
	switch {
	case err == nil && s.Format == FormatName:
		err = s.check()
	case s.Format != FormatName && strings.HasPrefix(s.Format, "iamcensus-population/"):
		return nil, fmt.Errorf("%s has format %q, this iamcensus reads %q; use the version that wrote the file, or write it again", name, text.Shorten(s.Format, 80), FormatName)
	case err == nil:
		err = errors.New(`no line "format": "` + FormatName + `"`)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is not a population summary: %w; name a file written by iamcensus population, or article", name, err)
	}
	return s, nil
}

// check validates what a comparison relies on.
func (s *Summary) check() error {
	switch {
	case len(s.Figures) == 0:
		return errors.New("no figures")
	case max(len(s.Figures), len(s.Settings)) > report.MaxFigures:
		return fmt.Errorf("more than %d figures or settings", report.MaxFigures)
	}
	for _, setting := range s.Settings {
		if len(setting.Values) > report.MaxFigures {
			return fmt.Errorf("more than %d values of %q", report.MaxFigures, text.Shorten(setting.ID, 80))
		}
	}
	for _, f := range s.Figures {
		id := text.Shorten(f.ID, 80)
		if !areDeciles(f.Deciles) {
			return fmt.Errorf("deciles of %q are not nine ascending percentages", id)
		}
		for _, x := range []*float64{f.Percent, f.Low, f.High, f.Unknown} {
			if x != nil && (*x < 0 || *x > 100) {
				return fmt.Errorf("invalid percentage %[2]g in %[1]q", id, *x)
			}
		}
		if (f.Low == nil) != (f.High == nil) {
			return fmt.Errorf("interval of %q has only one end", id)
		}
	}
	return nil
}

// areDeciles reports whether d has nine ascending percentages, or none.
func areDeciles(d []int) bool {
	return len(d) == 0 || len(d) == 9 && slices.IsSorted(d) && d[0] >= 0 && d[8] <= 100
}

func summaryOfPublished(name string) (*Summary, error) {
	p, err := report.ReadPublished(name)
	if err != nil {
		return nil, err
	}
	accounts, users := int64(p.Scope.Accounts), int64(p.Scope.Users)
	s := &Summary{
		Format: FormatName, Title: p.Title, FirstCaptured: p.CapturedOn, LastCaptured: p.CapturedOn,
		Accounts: &accounts, Users: &users,
	}
	for _, f := range p.Figures {
		if f.Numerator == nil || f.Denominator == nil || *f.Denominator == 0 {
			continue
		}
		s.Figures = append(s.Figures, SummaryFigure{ID: f.ID, Unit: "user", Percent: percentage(*f.Numerator, *f.Denominator)})
	}
	return s, nil
}

// Set lists the settings as arguments of --set: key_rotation.days=90.
func (s *Summary) Set() []string {
	var all []string
	for _, setting := range s.Settings {
		values := make([]string, len(setting.Values))
		for i, v := range setting.Values {
			values[i] = text.Number(v)
		}
		all = append(all, setting.ID+"="+strings.Join(values, ","))
	}
	return all
}

func (s *Summary) figure(id string) *SummaryFigure {
	if i := slices.IndexFunc(s.Figures, func(f SummaryFigure) bool { return f.ID == id }); i >= 0 {
		return &s.Figures[i]
	}
	return nil
}
