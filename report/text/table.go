package text

import (
	"strings"
	"unicode/utf8"
)

// maxPadding is the width of the widest cell that the others are padded to.
const maxPadding = 200

// Table writes a Markdown table whose columns also line up as plain text, but for
// very wide cells. A column whose name ends in # is right-aligned, for numbers;
// the # is not printed. Each row has one cell per name; cells are Markdown, in
// which pipes are escaped here.
func Table(names []string, rows [][]string) string {
	t := table{make([]int, len(names)), make([]bool, len(names))}
	heads := make([]string, len(names))
	for i, name := range names {
		heads[i], t.right[i] = strings.CutSuffix(name, "#")
		t.width[i] = 3
	}
	lines := [][]string{escapePipes(heads)}
	for _, row := range rows {
		lines = append(lines, escapePipes(row))
	}
	for _, line := range lines {
		t.widen(line)
	}
	var b strings.Builder
	t.write(&b, lines[0])
	t.delimit(&b)
	for _, line := range lines[1:] {
		t.write(&b, line)
	}
	return b.String()
}

// table is how each column is printed.
type table struct {
	width []int // in characters
	right []bool
}

// escapePipes keeps a pipe from ending its cell: that is the only escape that
// works in code spans, too.
func escapePipes(cells []string) []string {
	escaped := make([]string, len(cells))
	for i, cell := range cells {
		escaped[i] = strings.ReplaceAll(cell, "|", `\|`)
	}
	return escaped
}

func (t table) widen(cells []string) {
	for i, cell := range cells {
		if width := utf8.RuneCountInString(cell); width <= maxPadding {
			t.width[i] = max(t.width[i], width)
		}
	}
}

func (t table) write(b *strings.Builder, cells []string) {
	for i, cell := range cells {
		pad := strings.Repeat(" ", max(0, t.width[i]-utf8.RuneCountInString(cell)))
		if t.right[i] {
			cell = pad + cell
		} else {
			cell += pad
		}
		b.WriteString("| " + cell + " ")
	}
	b.WriteString("|\n")
}

func (t table) delimit(b *strings.Builder) {
	for i, right := range t.right {
		if right {
			b.WriteString("|" + strings.Repeat("-", t.width[i]+1) + ":")
		} else {
			b.WriteString("|" + strings.Repeat("-", t.width[i]+2))
		}
	}
	b.WriteString("|\n")
}
