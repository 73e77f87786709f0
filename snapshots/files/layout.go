package files

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"iamcensus/snapshots"
)

// Layout says which parts of a path name date, organization and account, such as
// {date}/{organization}.zip/{account}. The zero layout says nothing.
type Layout struct {
	text     string
	elements []*layoutElement
}

// layoutElement matches the name of one folder, archive or file.
type layoutElement struct {
	pattern *regexp.Regexp // its groups are called as the fields
	isFile  bool           // it has an ending, as {account}.csv has
}

// layoutFields are what braces may hold.
var layoutFields = []string{"date", "organization", "account"}

var layoutField = regexp.MustCompile(`\{([^{}]*)\}`)

// ParseLayout reads a layout. Between slashes, * stands for any text.
func ParseLayout(text string) (Layout, error) {
	l := Layout{text: text}
	var fields []string
	for element := range strings.SplitSeq(strings.Trim(strings.TrimPrefix(text, "./"), "/"), "/") {
		e, found, err := parseLayoutElement(element)
		if err != nil {
			return Layout{}, err
		}
		l.elements = append(l.elements, e)
		fields = append(fields, found...)
	}
	slices.Sort(fields)
	switch {
	case len(fields) == 0:
		return Layout{}, errors.New("it names no {date}, {organization} or {account}")
	case len(slices.Compact(slices.Clone(fields))) < len(fields):
		return Layout{}, errors.New("it names the same part twice")
	}
	return l, nil
}

func parseLayoutElement(text string) (_ *layoutElement, fields []string, err error) {
	if text == "" {
		return nil, nil, errors.New("it has nothing between two slashes")
	}
	pattern, end := "^", 0
	for _, at := range layoutField.FindAllStringSubmatchIndex(text, -1) {
		field := text[at[2]:at[3]]
		if !slices.Contains(layoutFields, field) {
			return nil, nil, fmt.Errorf("unknown {%s}; write {date}, {organization} or {account}", field)
		}
		if at[0] == end && end > 0 {
			return nil, nil, errors.New("two parts need text between them")
		}
		pattern += literal(text[end:at[0]]) + "(?P<" + field + ">.+?)"
		fields, end = append(fields, field), at[1]
	}
	if strings.ContainsAny(layoutField.ReplaceAllString(text, ""), "{}") {
		return nil, nil, errors.New("a brace is not closed")
	}
	return &layoutElement{regexp.MustCompile(pattern + literal(text[end:]) + "$"), strings.Contains(text[end:], ".")}, fields, nil
}

// literal is a pattern of text in which * stands for any text.
func literal(text string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(text), `\*`, ".*")
}

// String is the layout as it was written.
func (l Layout) String() string { return l.text }

// layoutMatch is how far a path has matched, element by element from the root.
type layoutMatch struct {
	rest        []*layoutElement // to be matched; nil after a name that differs
	attribution Attribution      // what the names so far state
}

// enter matches the name of a folder.
func (m layoutMatch) enter(name string) layoutMatch {
	if len(m.rest) > 0 {
		m = m.match(name)
	}
	return m
}

// enterArchive matches the file name of an archive, whole or without endings.
func (m layoutMatch) enterArchive(name string) layoutMatch {
	switch {
	case len(m.rest) == 0:
		return m
	case m.rest[0].isFile:
		return m.match(path.Base(name))
	}
	return m.match(archiveBase(name))
}

// enterFile matches the name of a file.
func (m layoutMatch) enterFile(name string) layoutMatch {
	if len(m.rest) > 0 && m.rest[0].isFile {
		m = m.match(name)
	}
	return m
}

func (m layoutMatch) match(name string) layoutMatch {
	e := m.rest[0]
	found := e.pattern.FindStringSubmatch(name)
	if found == nil {
		m.rest = nil
		return m
	}
	m.rest = m.rest[1:]
	for i, field := range e.pattern.SubexpNames() {
		switch field {
		case "organization":
			m.attribution.Organization, m.attribution.OrganizationSource = found[i], FromLayout
		case "account":
			m.attribution = m.attribution.ofAccount(found[i], FromLayout)
		case "date":
			date, _ := snapshots.FindDate(found[i])
			m.attribution = m.attribution.dated(date, FromLayout)
		}
	}
	return m
}
