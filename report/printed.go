package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unsafe"
)

// Printed is a report as somebody handed it on, in one of the Formats.
type Printed struct {
	Version    string // of the iamcensus that made it; "": not printed
	Parameters Parameters
	Ledger     Ledger
	Format     Format[*Report]
	Author     []int // numbers of the author's lines, which are not checked

	lines []line
}

// line is one line of a Markdown report, or one value of a JSON report.
type line struct {
	number  int    // in the file, from 1
	section string // headings above it
	table   string // header of its table; "" outside of one
	label   string // what it is about: the first cell, the words, the JSON key
	text    string // without what makes no difference to a reader
	numbers int    // that it prints
}

// budget counts the memory of lines with all that stands above them: a page may
// repeat a long heading or key in each, or have many short ones.
type budget int

var errTooLarge = errors.New("too long or too deeply nested for a report: take the original one")

// spend fails at 128 MiB.
func (b *budget) spend(l line) error {
	if *b += budget(int(unsafe.Sizeof(l)) + len(l.section) + len(l.table) + len(l.label) + len(l.text)); *b > 128<<20 {
		return errTooLarge
	}
	return nil
}

// ReadPrinted reads a report. It fails if the text is not a report of iamcensus,
// or does not say what it was made with.
func ReadPrinted(data []byte) (*Printed, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return readPrintedJSON(data)
	}
	return readPrintedMarkdown(string(data))
}

// madeBy begins the line with the version.
const madeBy = "Made by iamcensus "

// version matches versions only, so that no other text passes for one.
const version = `[0-9A-Za-z._+-]{1,80}( \(?[0-9a-f]{7,40}\)?)?`

var (
	versionText = regexp.MustCompile("^" + version + "$")
	versionLine = regexp.MustCompile(`(?m)^` + madeBy + `(` + version + `)\.\s*$`)
)

func readPrintedMarkdown(page string) (*Printed, error) {
	p := &Printed{Format: Formats[0]}
	at := strings.LastIndex(page, "\n"+commentBegin)
	if at < 0 {
		return nil, errors.New("no comment with the parameters: not a report of iamcensus, or the comment was removed")
	}
	comment, _, closed := strings.Cut(page[at+1+len(commentBegin):], commentEnd)
	var with madeWith
	if err := json.Unmarshal([]byte(comment), &with); err != nil || !closed || !with.isValid() {
		return nil, errors.New("invalid comment with the parameters: take the one of the original report")
	}
	p.Parameters, p.Ledger = with.Parameters, with.Ledger
	if found := versionLine.FindStringSubmatch(page); found != nil {
		p.Version = found[1]
	}
	var err error
	p.lines, p.Author, err = markdownLines(page)
	return p, err
}

func readPrintedJSON(data []byte) (*Printed, error) {
	p := &Printed{Format: Formats[1]}
	var page struct {
		Version string    `json:"version"`
		With    *madeWith `json:"parameters"`
	}
	if err := json.Unmarshal(data, &page); err != nil {
		return nil, fmt.Errorf("invalid JSON: %w", err)
	}
	if page.With == nil || !page.With.isValid() {
		return nil, errors.New("no valid key parameters: not a report of iamcensus")
	}
	p.Version, p.Parameters, p.Ledger = versionText.FindString(page.Version), page.With.Parameters, page.With.Ledger
	var err error
	p.lines, err = jsonLines(data)
	return p, err
}
