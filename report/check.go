package report

import (
	"cmp"
	"slices"
)

// Difference is a line that differs between a printed report and the one made
// again. Equal texts are a line that stands in another place.
type Difference struct {
	Line     int    // of the printed report, from 1; of a missing line, the line before it
	Printed  string // "": missing
	Computed string // "": not in the report made again
}

// Numbers counts the numbers of a report, and its lines.
func (p *Printed) Numbers() (numbers, lines int) {
	for _, l := range p.lines {
		numbers += l.numbers
	}
	return numbers, len(p.lines)
}

// Compare compares a report with the one made again, line by line and in order.
// There is no difference only if both have the same lines in the same order.
func (p *Printed) Compare(computed *Printed) []Difference {
	var c comparison
	c.align(p.lines, computed.lines, levels)
	c.pairMoved()
	for _, l := range c.added {
		c.add(l.number, l.text, "")
	}
	for _, l := range c.missing {
		c.add(l.after, "", l.text)
	}
	slices.SortStableFunc(c.differences, func(a, b Difference) int { return cmp.Compare(a.Line, b.Line) })
	return c.differences
}

// comparison collects what differs.
type comparison struct {
	differences []Difference
	added       []line
	missing     []missingLine
	last        int // number of the last printed line that has a partner
}

type missingLine struct {
	line
	after int // number of the printed line before it
}

func (c *comparison) add(number int, printed, computed string) {
	c.differences = append(c.differences, Difference{number, printed, computed})
}

// levels are the ways in which lines are partners, the surest first.
var levels = []func(line) string{
	func(l line) string { return l.section + "\n" + l.table + "\n" + l.text },
	func(l line) string { return l.text },
	func(l line) string { return l.section + "\n" + l.table + "\n" + l.label },
	func(l line) string { return l.label },
}

// align finds partners in the same order, and goes on in the gaps between them
// with the next level.
func (c *comparison) align(printed, computed []line, levels []func(line) string) {
	if len(levels) == 0 || len(printed) == 0 || len(computed) == 0 {
		c.unpaired(printed, computed)
		return
	}
	i, j := 0, 0
	for _, pair := range partners(printed, computed, levels[0]) {
		c.align(printed[i:pair[0]], computed[j:pair[1]], levels[1:])
		c.pair(printed[pair[0]], computed[pair[1]])
		i, j = pair[0]+1, pair[1]+1
	}
	c.align(printed[i:], computed[j:], levels[1:])
}

func (c *comparison) pair(printed, computed line) {
	c.last = printed.number
	if printed.text != computed.text || printed.table != computed.table {
		c.add(printed.number, printed.text, computed.text)
	}
}

// unpaired pairs one line with one line, and keeps the others.
func (c *comparison) unpaired(printed, computed []line) {
	if len(printed) == 1 && len(computed) == 1 {
		c.pair(printed[0], computed[0])
		return
	}
	c.added = append(c.added, printed...)
	for _, l := range computed {
		c.missing = append(c.missing, missingLine{l, c.last})
	}
}

// pairMoved makes one difference of a line that is missing in one place and
// stands in another.
func (c *comparison) pairMoved() {
	at := map[string][]int{} // indexes of missing lines
	for i, m := range c.missing {
		at[m.text] = append(at[m.text], i)
	}
	moved := make([]bool, len(c.missing))
	c.added = slices.DeleteFunc(c.added, func(l line) bool {
		same := at[l.text]
		if len(same) == 0 {
			return false
		}
		moved[same[0]], at[l.text] = true, same[1:]
		c.add(l.number, l.text, l.text)
		return true
	})
	var missing []missingLine
	for i, m := range c.missing {
		if !moved[i] {
			missing = append(missing, m)
		}
	}
	c.missing = missing
}

// partners pairs the lines with equal keys, the first with the first, and keeps
// the longest series of pairs that is in the same order on both sides.
func partners(printed, computed []line, key func(line) string) [][2]int {
	at := map[string][]int{}
	for j, l := range computed {
		at[key(l)] = append(at[key(l)], j)
	}
	var pairs [][2]int
	for i, l := range printed {
		k := key(l)
		if same := at[k]; len(same) > 0 {
			pairs = append(pairs, [2]int{i, same[0]})
			at[k] = same[1:]
		}
	}
	return increasing(pairs)
}

// increasing returns the longest part of the pairs whose second numbers
// increase. (Patience sorting: piles end in the lowest number possible.)
func increasing(pairs [][2]int) [][2]int {
	var piles []int                   // index of the pair on top of each pile
	before := make([]int, len(pairs)) // index of the pair below, on the pile to the left
	for k, pair := range pairs {
		pile, _ := slices.BinarySearchFunc(piles, pair[1], func(top, second int) int { return cmp.Compare(pairs[top][1], second) })
		before[k] = -1
		if pile > 0 {
			before[k] = piles[pile-1]
		}
		if pile == len(piles) {
			piles = append(piles, k)
		}
		piles[pile] = k
	}
	if len(piles) == 0 {
		return nil
	}
	longest := make([][2]int, len(piles))
	for k, n := piles[len(piles)-1], len(piles)-1; n >= 0; k, n = before[k], n-1 {
		longest[n] = pairs[k]
	}
	return longest
}
