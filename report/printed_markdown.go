package report

import (
	"regexp"
	"strings"
)

// authorBegin begins the first line of a text of the author. The text goes on
// as a quotation, has no HTML, and ends with an empty line.
const authorBegin = "> Author:"

// html would let a text hide what follows it.
var html = regexp.MustCompile(`<[A-Za-z/!?]`)

// markdownLines returns the lines of a page but for empty ones, and the numbers
// of the author's lines.
func markdownLines(page string) (lines []line, author []int) {
	raw := strings.Split(strings.ReplaceAll(page, "\r\n", "\n"), "\n")
	var place place
	for i := 0; i < len(raw); i++ {
		if n := authorLines(raw[i:]); n > 0 {
			for range n {
				i++
				author = append(author, i)
			}
			continue
		}
		if text := normalized(raw[i]); text != "" {
			lines = append(lines, place.line(i+1, text))
		} else {
			place.table = ""
		}
	}
	return lines, author
}

// authorLines counts the lines of the author's text that lines begin with.
func authorLines(lines []string) (n int) {
	if !strings.HasPrefix(lines[0], authorBegin) {
		return 0
	}
	for n < len(lines) && strings.HasPrefix(lines[n], ">") {
		if html.MatchString(lines[n]) {
			return 0
		}
		n++
	}
	if n < len(lines) && strings.Trim(lines[n], " \t") != "" {
		return 0 // Markdown would take the next line into the quotation
	}
	return n
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
	table    string // header; "" outside a table
}

func (p *place) line(number int, text string) line {
	l := line{number: number, text: text, label: numbers.ReplaceAllString(text, "0"), numbers: len(numbers.FindAllString(text, -1))}
	switch level := len(text) - len(strings.TrimLeft(text, "#")); {
	case level > 0:
		p.table = ""
		p.headings = append(p.headings[:min(level-1, len(p.headings))], text)
	case text[0] != '|':
		p.table = ""
	case p.table == "":
		p.table = text
	default:
		l.label = strings.SplitN(text, " | ", 2)[0]
	}
	l.section, l.table = strings.Join(p.headings, "\n"), p.table
	if strings.HasPrefix(text, commentBegin) {
		l.label, l.numbers = commentBegin, 0
	}
	return l
}

// numbers are those in a line.
var numbers = regexp.MustCompile(`[0-9][0-9,.]*`)
