package change

import "cmp"

// A group of changed lines between equal ones can often stand a little higher or lower in its file and say the same:
// of a function added between two others, the blank line before it or the one after it may count as added. Slide moves
// each group of a file to where a reader expects it, by the rules of git's indent heuristic: next to the changes of the
// other file where it can, and else where its two ends stand before the least indented line. Other tells, for each
// place between unchanged lines, whether the other file has changed lines there.
func slide(lines []string, changed, other []bool) {
	s := slider{lines: lines, changed: changed, other: other, steps: 16*len(lines) + 1024}
	for end, kept := 0, 0; ; {
		for end < len(lines) && !changed[end] {
			end++
			kept++
		}
		if end == len(lines) {
			return
		}
		g := group{start: end, kept: kept}
		for g.end = end; g.end < len(lines) && changed[g.end]; {
			g.end++
		}
		g = s.place(g)
		end, kept = g.end, g.kept
	}
}

// places tells for each place between the unchanged lines of a file, from before the first to behind the last, whether
// changed lines stand there.
func places(changed []bool) []bool {
	marks := []bool{false}
	for _, c := range changed {
		if c {
			marks[len(marks)-1] = true
		} else {
			marks = append(marks, false)
		}
	}
	return marks
}

// A group is a run of changed lines, with the number of unchanged lines before it.
type group struct{ start, end, kept int }

type slider struct {
	lines          []string
	changed, other []bool
	// steps left before groups stay where they are: a text made to be hard could make them slide for ever and a day.
	steps int
}

// place slides a group to its best place, together with the groups that it meets on its way.
func (s *slider) place(g group) group {
	var highest int
	for {
		size := g.end - g.start
		s.raise(&g, 0)
		highest = g.end
		s.lower(&g)
		if g.end-g.start == size {
			break
		}
	}
	if highest == g.end {
		return g
	}
	best := s.aligned(g, highest)
	if best < 0 {
		best = s.readable(g, highest)
	}
	s.raise(&g, best)
	return g
}

// aligned is the lowest end of a group, not above highest, at which it stands beside changes of the other file; -1 if
// there is none.
func (s *slider) aligned(g group, highest int) int {
	for end := g.end; end >= highest; end-- {
		if s.other[g.kept-(g.end-end)] {
			return end
		}
	}
	return -1
}

// readable is the end of a group, not above highest, that makes the best reading. Among equals the lowest wins.
func (s *slider) readable(g group, highest int) int {
	size := g.end - g.start
	highest = max(highest, g.end-size-1, g.end-slack)
	best, least := -1, cost{}
	for end := highest; end <= g.end; end++ {
		c := s.cut(end).add(s.cut(end - size))
		if best < 0 || c.atMost(least) {
			best, least = end, c
		}
	}
	return best
}

// raise slides a group up while it can and its end is below a line, taking in the groups that it meets.
func (s *slider) raise(g *group, end int) {
	for s.steps > 0 && g.end > end && g.start > 0 && s.lines[g.start-1] == s.lines[g.end-1] {
		s.steps--
		g.start--
		g.end--
		g.kept--
		s.changed[g.start], s.changed[g.end] = true, false
		for g.start > 0 && s.changed[g.start-1] {
			g.start--
		}
	}
}

// lower slides a group down while it can, taking in the groups that it meets.
func (s *slider) lower(g *group) {
	for s.steps > 0 && g.end < len(s.lines) && s.lines[g.start] == s.lines[g.end] {
		s.steps--
		s.changed[g.start], s.changed[g.end] = false, true
		g.start++
		g.end++
		g.kept++
		for g.end < len(s.lines) && s.changed[g.end] {
			g.end++
		}
	}
}

// A cost says how badly a file reads when it is cut before two of its lines: the sum of their indents counts most.
type cost struct{ indent, penalty int }

func (c cost) add(d cost) cost { return cost{c.indent + d.indent, c.penalty + d.penalty} }

// The weights are those of git, which its authors fitted to a corpus of diffs that people had rated.
const (
	indentWeight     = 60
	startOfFile      = 1
	endOfFile        = 21
	blankLine        = -30
	blankBelow       = 6
	deeper           = -4
	deeperAfterBlank = 10
	outdent          = 24
	dedent           = 23
	lessAfterBlank   = 17
)

func (c cost) atMost(d cost) bool {
	return indentWeight*cmp.Compare(c.indent, d.indent)+c.penalty-d.penalty <= 0
}

// maxBlanks is how many blank lines are looked across.
const maxBlanks = 20

// cut is the cost of cutting the file before a line.
func (s *slider) cut(before int) cost {
	above, blanksAbove := s.nearest(before-1, -1)
	at, atBlank := -1, 0
	if before < len(s.lines) {
		at = indent(s.lines[before])
	}
	below, blanksBelow := s.nearest(before+1, 1)

	var c cost
	if above < 0 && blanksAbove == 0 {
		c.penalty += startOfFile
	}
	if before >= len(s.lines) {
		c.penalty += endOfFile
	}
	if at < 0 {
		at, atBlank = below, 1+blanksBelow
	}
	blanks := blanksAbove + atBlank
	c.penalty += blankLine*blanks + blankBelow*atBlank
	c.indent = at
	if at < 0 || above < 0 || at == above {
		return c
	}
	switch afterBlank := blanks > 0; {
	case at > above && afterBlank:
		c.penalty += deeperAfterBlank
	case at > above:
		c.penalty += deeper
	case afterBlank:
		c.penalty += lessAfterBlank
	case below > at:
		c.penalty += outdent
	default:
		c.penalty += dedent
	}
	return c
}

// nearest is the indent of the first line from a place on that is not blank, -1 if there is none, and the number of
// blank lines before it.
func (s *slider) nearest(from, step int) (width, blanks int) {
	for i := from; 0 <= i && i < len(s.lines); i += step {
		if width := indent(s.lines[i]); width >= 0 {
			return width, blanks
		}
		if blanks++; blanks == maxBlanks {
			return 0, blanks
		}
	}
	return -1, blanks
}

// maxIndent is the deepest indent that is told from others.
const maxIndent = 200

// indent is the width of a line's leading white space, tabs reaching to the next multiple of 8; -1 for a blank line.
func indent(line string) int {
	width := 0
	for i := range len(line) {
		switch line[i] {
		case ' ':
			width++
		case '\t':
			width += 8 - width%8
		case '\n', '\v', '\f', '\r':
		default:
			return width
		}
		if width >= maxIndent {
			return maxIndent
		}
	}
	return -1
}
