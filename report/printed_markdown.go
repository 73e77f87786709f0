package report

import (
	"regexp"
	"slices"
	"strings"
)

// Bounds of a page, far above those of a report: what is made of a line takes many
// times its bytes.
const (
	maxLines = 500_000
	maxLine  = 1 << 20 // bytes
)

// authorBegin begins the first line of a text of the author. The text goes on
// as a quotation, has no HTML, and ends with an empty line.
const authorBegin = "> Author:"

// html would let a text hide what follows it.
var html = regexp.MustCompile(`<[A-Za-z/!?]`)

// markdownLines returns the lines of a page but for empty ones, and the numbers
// of the author's lines.
func markdownLines(page string) (lines []line, author []int, err error) {
	if strings.Count(page, "\n") > maxLines {
		return nil, nil, errTooLarge
	}
	raw := strings.Split(strings.ReplaceAll(page, "\r\n", "\n"), "\n")
	if slices.ContainsFunc(raw, func(line string) bool { return len(line) > maxLine }) {
		return nil, nil, errTooLarge
	}
	var place place
	var budget budget
	checked := 0 // before it begins no text of the author
	for i := 0; i < len(raw); i++ {
		if i >= checked {
			n, isAuthor := authorLines(raw[i:])
			checked = i + n
			if isAuthor {
				for range n {
					i++
					author = append(author, i)
				}
				continue
			}
		}
		if text := normalized(raw[i]); text != "" {
			lines = append(lines, place.line(i+1, text))
			if err := budget.spend(lines[len(lines)-1]); err != nil {
				return nil, nil, err
			}
		} else {
			place.table = ""
		}
	}
	return lines, author, nil
}

// authorLines counts the lines of the author's text that lines begin with, or
// those of a quotation that is none.
func authorLines(lines []string) (n int, isAuthor bool) {
	if !strings.HasPrefix(lines[0], authorBegin) {
		return 0, false
	}
	for n < len(lines) && strings.HasPrefix(lines[n], ">") {
		if html.MatchString(lines[n]) {
			return n + 1, false
		}
		n++
	}
	return n, n == len(lines) || strings.Trim(lines[n], " \t") == "" // else Markdown would take the next line into the quotation
}

var (
	spaces    = regexp.MustCompile(`([^ ]) {2,}`)
	delimiter = regexp.MustCompile(`^\|[-:| ]+\|$`)
	dashes    = regexp.MustCompile(`-+`)
)

// normalized is a line without what only pads columns: other spaces than the
// indentation, and dashes below the header of a table.
func normalized(text string) string {
	text = spaces.ReplaceAllString(strings.TrimRight(text, " \t"), "$1 ")
	if delimiter.MatchString(text) {
		return dashes.ReplaceAllString(strings.ReplaceAll(text, " ", ""), "-")
	}
	return text
}

// place is where the next line stands.
type place struct {
	headings []string
	section  string // the headings joined
	table    string // header; "" outside a table
}

func (p *place) line(number int, text string) line {
	l := line{number: number, text: text, label: numbers.ReplaceAllString(text, "0"), numbers: len(numbers.FindAllString(text, -1))}
	switch level := len(text) - len(strings.TrimLeft(text, "#")); {
	case level > 0:
		p.table = ""
		p.headings = append(p.headings[:min(level-1, len(p.headings))], text)
		p.section = strings.Join(p.headings, "\n")
	case text[0] != '|':
		p.table = ""
	case p.table == "":
		p.table = text
	default:
		l.label = strings.SplitN(text, " | ", 2)[0]
	}
	l.section, l.table = p.section, p.table
	if strings.HasPrefix(text, commentBegin) {
		l.label, l.numbers = commentBegin, 0
	}
	return l
}

// numbers are those in a line.
var numbers = regexp.MustCompile(`[0-9][0-9,.]*`)
