package report

import (
	"encoding/json"
	"iamcensus/report/text"
	"regexp"
	"strings"
)

// Parameters are the choices a report was made with: the same files and
// parameters give the same report.
type Parameters struct {
	AsOf        string   `json:"as_of,omitempty"`
	MaxAge      *float64 `json:"max_age,omitempty"`
	Set         []string `json:"set,omitempty"`
	Unit        string   `json:"unit,omitempty"` // sampling unit of intervals: "" or account
	CompareWith string   `json:"compare_with,omitempty"`
}

// Ledger names the files a report was made from. The database may have more
// files when the report is checked.
type Ledger struct {
	Files         int64  `json:"files"`
	CapturedUntil string `json:"captured_until,omitempty"` // time of the newest snapshot or document, RFC 3339
	SHA256        string `json:"sha256"`                   // of the sorted hashes of the files, joined by commas
}

// madeWith is what a report says about its making: all that is needed to make
// it again. A Markdown report ends with it, as a comment that is not displayed.
type madeWith struct {
	Parameters
	Ledger Ledger `json:"ledger"`
}

// maxComment is the maximum size of the parameters of a printed report, in bytes.
const maxComment = 64 << 10

var hexadecimal = regexp.MustCompile(`^[0-9a-f]{0,64}$`)

// isValid reports whether a program can have written it.
func (m madeWith) isValid() bool {
	size := len(m.AsOf) + len(m.Unit) + len(m.CompareWith) + len(m.Ledger.CapturedUntil)
	for _, s := range m.Set {
		size += len(s) + 1
	}
	return size <= maxComment && m.Ledger.Files >= 0 && hexadecimal.MatchString(m.Ledger.SHA256)
}

const (
	commentBegin = "<!-- iamcensus report "
	commentEnd   = " -->"
)

// Comment returns the parameters and the ledger for the end of a page.
func (r *Report) Comment() string {
	with, err := json.Marshal(madeWith{r.Parameters, r.Ledger})
	if err != nil {
		panic(err) // strings and finite numbers always encode
	}
	return "\n" + commentBegin + strings.ReplaceAll(string(text.JSON(with)), "--", `-\u002d`) + commentEnd + "\n"
}
