package report

import (
	_ "embed"
	"iamcensus/report/text"
	"io"
	"regexp"
	"strings"
	"text/template"
)

//go:embed markdown.tmpl
var markdownText string

// markdown is the page. Its tables come from functions, which align columns.
var markdown = template.Must(template.New("markdown").Funcs(template.FuncMap{
	"count": text.Count, "quantity": text.Quantity, "day": text.Day, "escape": text.Escape,
	"datasetTable": datasetTable, "inventoryTable": inventoryTable, "practiceTable": practiceTable, "spreadTable": spreadTable,
	"tierTable": tierTable, "verdictTable": verdictTable, "checkTable": checkTable,
	"configTable": configTable, "configDifferenceTable": configDifferenceTable,
	"coverageTable": coverageTable, "missingTable": missingTable, "fileTable": fileTable, "issueTable": issueTable,
	"comparisonTable": comparisonTable, "settingTable": SettingTable,
}).Parse(markdownText))

func renderMarkdown(w io.Writer, r *Report) error {
	var page strings.Builder
	if err := markdown.Execute(&page, r); err != nil {
		return err
	}
	_, err := io.WriteString(w, emptyLines.ReplaceAllString(page.String(), "\n\n"))
	return err
}

// emptyLines are left by absent parts of the template.
var emptyLines = regexp.MustCompile(`\n{3,}`)

// EstimateNotes lists why rates are withheld, why intervals are missing, and
// the caveats, each reason once with its figures.
func (r *Report) EstimateNotes() []string {
	var reasons []string
	figures := map[string][]string{}
	add := func(kind, reason, id string) {
		note := kind + " FIGURES: " + reason
		if figures[note] == nil {
			reasons = append(reasons, note)
		}
		figures[note] = append(figures[note], text.Code(id))
	}
	for _, f := range r.Figures() {
		e := f.Estimate
		switch {
		case f.Denominator == 0:
			add("No rate for", e.Withheld, f.ID)
		case e.Withheld != "":
			add("Rate withheld for", e.Withheld, f.ID)
		case e.NoInterval != "":
			add("No interval for", e.NoInterval, f.ID)
		case e.Caveat != "":
			add("Caveat (*) for", e.Caveat, f.ID)
		}
		if e.Note != "" {
			add("Note on", e.Note, f.ID)
		}
	}
	for i, note := range reasons {
		reasons[i] = strings.Replace(note, "FIGURES", strings.Join(figures[note], ", "), 1) + "."
	}
	return reasons
}

// MadeBy is the line with the version; empty without one.
func (r *Report) MadeBy() string {
	if r.Version == "" {
		return ""
	}
	return madeBy + string(r.Version) + "."
}
