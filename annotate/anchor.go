package annotate

import (
	"strings"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
)

// lines is a range of lines of a file, both included, counted from 1.
type lines struct{ first, last int }

func (l lines) contains(other lines) bool { return l.first <= other.first && other.last <= l.last }

func (l lines) empty() bool { return l.last < l.first }

func (l lines) overlap(other lines) lines {
	return lines{max(l.first, other.first), min(l.last, other.last)}
}

func (l lines) hull(other lines) lines {
	return lines{min(l.first, other.first), max(l.last, other.last)}
}

// linesOf is what a finding covers. A region that ends before the first column of a line does not cover that line.
func linesOf(r analyzer.Region) lines {
	last := max(r.StartLine, r.EndLine)
	if r.EndColumn == 1 && last > r.StartLine {
		last--
	}
	return lines{r.StartLine, last}
}

// commentable are the lines of a hunk that can carry a comment on the right side: its added and kept ones, which stand
// together.
func commentable(h change.Hunk) lines {
	if h.NewStart < 1 {
		return lines{1, 0}
	}
	return lines{h.NewStart, h.NewStart + h.NewLines - 1}
}

// inOneHunk reports whether a comment can cover exactly these lines: GitHub refuses a range over two hunks.
func inOneHunk(want lines, hunks []change.Hunk) bool {
	for _, h := range hunks {
		if commentable(h).contains(want) {
			return true
		}
	}
	return false
}

// anchorOf finds the lines to comment on for a finding: its own where a hunk shows them all; else those of its own that
// a hunk shows; else the nearest line of the same function that a hunk shows. A finding of which the diff shows nothing has no
// anchor.
func anchorOf(f analyzer.Finding, g ground) (lines, bool) {
	own := linesOf(f.Region)
	if own.first < 1 || !utf8.ValidString(f.Path) { // JSON cannot name such a file.
		return lines{}, false
	}
	if inOneHunk(own, g.hunks) {
		return own, true
	}
	if shown, ok := shownPart(own, g.hunks); ok {
		return shown, true
	}
	if f.Scope == "" {
		return lines{}, false
	}
	return nearest(own, enclosing(g.text, own.first), g.hunks)
}

// shownPart picks the part of own that one hunk shows, and of several parts the first with a changed line.
func shownPart(own lines, hunks []change.Hunk) (lines, bool) {
	var found lines
	ok := false
	for _, h := range hunks {
		part := own.overlap(commentable(h))
		if part.empty() {
			continue
		}
		if hasAdded(h, part) {
			return part, true
		}
		if !ok {
			found, ok = part, true
		}
	}
	return found, ok
}

func hasAdded(h change.Hunk, part lines) bool {
	line := h.NewStart
	for i := range len(h.Ops) {
		if h.Ops[i] == '-' {
			continue
		}
		if h.Ops[i] == '+' && part.contains(lines{line, line}) {
			return true
		}
		line++
	}
	return false
}

// nearest picks the one line within the scope that stands closest to own.
func nearest(own, scope lines, hunks []change.Hunk) (lines, bool) {
	best, distance := 0, 0
	for _, h := range hunks {
		shown := commentable(h).overlap(scope)
		if shown.empty() {
			continue
		}
		line := max(shown.first, min(own.first, shown.last))
		if away := max(line-own.first, own.first-line); best == 0 || away < distance {
			best, distance = line, away
		}
	}
	return lines{best, best}, best != 0
}

// enclosing tells the lines of the function or class around a line, by their indentation: from the nearest line above
// that is indented less and opens a def or a class, to the last line that is indented more than it. Text within a
// multi-line string may deceive it, which costs no more than a comment further away or none.
func enclosing(text []string, line int) lines {
	if line > len(text) {
		return lines{1, 0}
	}
	first, indent := line, indentation(text[line-1])
	for i := line - 1; i > 0; i-- {
		if blank(text[i-1]) || indentation(text[i-1]) >= indent {
			continue
		}
		first, indent = i, indentation(text[i-1])
		if opens := strings.TrimLeft(text[i-1], " \t"); strings.HasPrefix(opens, "def ") ||
			strings.HasPrefix(opens, "async def ") || strings.HasPrefix(opens, "class ") {
			break
		}
	}
	last := line
	for i := line + 1; i <= len(text) && (blank(text[i-1]) || indentation(text[i-1]) > indent); i++ {
		if !blank(text[i-1]) {
			last = i
		}
	}
	return lines{first, last}
}

func indentation(line string) int { return len(line) - len(strings.TrimLeft(line, " \t")) }

func blank(line string) bool { return strings.TrimSpace(line) == "" }
