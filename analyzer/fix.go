package analyzer

import (
	"cmp"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

// Apply applies edits to a text. It returns false, and the text as it was, if edits overlap or leave the text.
func Apply(text string, edits []TextEdit) (string, bool) {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b TextEdit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End))
	})
	var b strings.Builder
	at := int32(0)
	for _, edit := range sorted {
		if edit.Span.Start < at || edit.Span.End < edit.Span.Start || int(edit.Span.End) > len(text) {
			return text, false
		}
		b.WriteString(text[at:edit.Span.Start])
		b.WriteString(edit.NewText)
		at = edit.Span.End
	}
	b.WriteString(text[at:])
	return b.String(), true
}

// A proof is what a fix is held against: the file as it is.
type proof struct {
	path  string
	kind  selection.Kind
	text  string
	lines *python.Lines
	// syntaxErrors, found and failedRules are what the file came to without any fix.
	syntaxErrors int
	found        map[*Rule]int
	failedRules  int
}

// proofBytes is how much text the proofs of one file may read, over and over. Nobody's own module comes near it: it is a
// hundred fixes in a module of 160 kB.
const proofBytes = 16 << 20

// prove gives each finding whose fix is wanted the first of its fixes that proves itself: applied, the text parses, the
// finding is gone and no rule finds more than before. What does not parse as it is was read by guesswork: nobody mends it. It
// returns how many findings it did not come to.
func (a *Analyzer) prove(found []placed, at proof) (unproven int) {
	if at.syntaxErrors > 0 {
		return 0
	}
	left := max(proofBytes, len(at.text))
	for i := range found {
		p := &found[i]
		if len(p.diagnostic.Fixes) == 0 || !a.shown(p.Finding) {
			continue
		}
		if left < len(at.text) {
			unproven++
			continue
		}
		for _, fix := range p.diagnostic.Fixes {
			if at.found == nil {
				at.found = count(found)
			}
			left -= len(at.text)
			fix.Edits = withLineEnds(withIndentation(fix.Edits, at.text), at.text)
			if a.holds(fix, p.Rule, at) {
				p.Fix = &Fix{SuggestedFix: fix, Lines: lineEdits(at.text, at.lines, fix.Edits)}
				break
			}
		}
	}
	return unproven
}

func count(found []placed) map[*Rule]int {
	counts := make(map[*Rule]int)
	for _, p := range found {
		counts[p.Rule]++
	}
	return counts
}

func (a *Analyzer) holds(fix SuggestedFix, rule *Rule, at proof) bool {
	fixed, ok := Apply(at.text, fix.Edits)
	if !ok || fixed == at.text {
		return false
	}
	bench := takeWorkbench()
	defer bench.put(fixed)
	file := bench.parser.Parse(fixed)
	if len(file.Errors) > 0 {
		return false
	}
	after, failed := runRules(a.rulesFor(at.kind, fixed), a.view(file, at.path, at.kind, bench))
	if len(failed) > at.failedRules {
		return false
	}
	counts := count(after)
	if counts[rule] >= at.found[rule] {
		return false
	}
	for rule, n := range counts {
		if n > at.found[rule] {
			return false
		}
	}
	return true
}

// withIndentation moves code that comes out of brackets to where they stood: the lines of
//
//	len(
//	    orders.filter(
//	        open=True,
//	    )
//	)
//
// without their len() start where its did.
func withIndentation(edits []TextEdit, text string) []TextEdit {
	moved := slices.Clone(edits)
	for i, edit := range edits {
		if edit.Span.Start > edit.Span.End || int(edit.Span.End) > len(text) {
			continue
		}
		replaced, ok := lastLineOf(text[edit.Span.Start:edit.Span.End])
		code, several := lastLineOf(edit.NewText)
		outer := indentation(text[strings.LastIndexByte(text[:edit.Span.Start], '\n')+1:])
		inner := indentation(code)
		if !ok || !several || indentation(replaced) != outer || len(inner) <= len(outer) || !strings.HasPrefix(inner, outer) {
			continue
		}
		if rest := strings.ReplaceAll(edit.NewText, "\n"+inner, "\n"+outer); !strings.Contains(rest, `"""`) && !strings.Contains(rest, "'''") {
			moved[i].NewText = rest
		}
	}
	return moved
}

// lastLineOf returns the last line of a text, and whether it has others.
func lastLineOf(text string) (string, bool) {
	i := strings.LastIndexByte(text, '\n')
	return text[i+1:], i >= 0
}

// indentation returns the white space that a line starts with.
func indentation(line string) string {
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// withLineEnds gives new text the line ends that the file has.
func withLineEnds(edits []TextEdit, text string) []TextEdit {
	if !strings.Contains(text, "\r\n") {
		return edits
	}
	converted := slices.Clone(edits)
	for i := range converted {
		plain := strings.ReplaceAll(converted[i].NewText, "\r\n", "\n")
		converted[i].NewText = strings.ReplaceAll(plain, "\n", "\r\n")
	}
	return converted
}

// lineEdits turns edits into replacements of whole lines, as a reviewer's suggestion has them. Edits on the same line,
// or on lines that touch, become one.
func lineEdits(text string, lines *python.Lines, edits []TextEdit) []LineEdit {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b TextEdit) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	var result []LineEdit
	for i := 0; i < len(sorted); {
		first, last := lines.Line(sorted[i].Span.Start), lastLine(lines, sorted[i])
		j := i + 1
		for ; j < len(sorted) && lines.Line(sorted[j].Span.Start) <= last; j++ {
			last = max(last, lastLine(lines, sorted[j]))
		}
		result = append(result, lineEdit(text, lines, first, last, sorted[i:j]))
		i = j
	}
	return result
}

// lastLine returns the last line whose text an edit changes: an edit that ends right behind a line's end leaves the next
// line alone, unless it is an insertion there.
func lastLine(lines *python.Lines, edit TextEdit) int {
	last := lines.Line(edit.Span.End)
	if edit.Span.End > edit.Span.Start && edit.Span.End == lines.Start(last) && wholeLines(edit) {
		last--
	}
	return last
}

// wholeLines reports whether an edit that ends at the beginning of a line leaves that line at its beginning.
func wholeLines(edit TextEdit) bool {
	return edit.NewText == "" || strings.HasSuffix(edit.NewText, "\n")
}

func lineEdit(text string, lines *python.Lines, first, last int, edits []TextEdit) LineEdit {
	start := lines.Start(first)
	end := int32(len(text))
	if last < lines.Count() {
		end = lines.Start(last + 1)
	}
	shifted := make([]TextEdit, len(edits))
	for i, edit := range edits {
		edit.Span.Start -= start
		edit.Span.End -= start
		shifted[i] = edit
	}
	replaced, _ := Apply(text[start:end], shifted)
	if replaced == "" {
		return LineEdit{StartLine: first, EndLine: last, Delete: true}
	}
	replaced = strings.TrimSuffix(replaced, "\n")
	return LineEdit{StartLine: first, EndLine: last, NewText: strings.TrimSuffix(replaced, "\r")}
}
