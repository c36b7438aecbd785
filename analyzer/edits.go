package analyzer

import (
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// Delete returns the edit that deletes a statement with its lines. It returns false where that is not enough: the
// statement is all its block has, or shares a line with another.
func (p *Pass) Delete(stmt python.Stmt) (TextEdit, bool) {
	if len(p.Block(stmt)) < 2 {
		return TextEdit{}, false
	}
	span := stmt.Range()
	start := strings.LastIndexByte(p.Source[:span.Start], '\n') + 1
	end := p.nextLine(span.End)
	if strings.TrimSpace(p.Source[start:span.Start]) != "" {
		return TextEdit{}, false
	}
	rest := strings.TrimSpace(p.Source[span.End:end])
	if rest != "" && !strings.HasPrefix(rest, "#") {
		return TextEdit{}, false
	}
	return TextEdit{Span: python.Span{Start: int32(start), End: end}}, true
}

// Unwrap returns the edit that puts the block of a compound statement in the statement's place, one level of indentation to
// the left. It returns false for a block that stands on the statement's own line or holds a string of several lines,
// whose content would move too.
func (p *Pass) Unwrap(stmt python.Stmt, block []python.Stmt) (TextEdit, bool) {
	first, last := block[0].Range(), block[len(block)-1].Range()
	start := strings.LastIndexByte(p.Source[:first.Start], '\n') + 1
	outer := strings.LastIndexByte(p.Source[:stmt.Range().Start], '\n') + 1
	if start <= outer {
		return TextEdit{}, false
	}
	indent, outerIndent := p.Source[start:first.Start], p.Source[outer:stmt.Range().Start]
	if !strings.HasPrefix(indent, outerIndent) || strings.TrimSpace(indent) != "" || p.hasLongString(block) {
		return TextEdit{}, false
	}
	var b strings.Builder
	for line := range strings.Lines(p.Source[start:last.End]) {
		if rest, ok := strings.CutPrefix(line, indent); ok {
			line = outerIndent + rest
		}
		b.WriteString(line)
	}
	return TextEdit{Span: stmt.Range(), NewText: strings.TrimPrefix(b.String(), outerIndent)}, true
}

// RemoveItem returns the edit that takes an item out of a list or a dict display, with its comma, and with its line where
// nothing else stands there. Before is the end of the item in front of it, or of the opening bracket; end is that of the
// display.
func (p *Pass) RemoveItem(item python.Span, before, end int32) TextEdit {
	span := item
	rest := strings.TrimLeft(p.Source[span.End:end], " \t")
	switch {
	case strings.HasPrefix(rest, ","):
		rest = strings.TrimLeft(rest[1:], " \t")
		span.End = end - int32(len(rest))
	case strings.Contains(p.Source[before:span.Start], ","):
		span.Start = before
		return TextEdit{Span: span}
	}
	line := strings.TrimRight(p.Source[:span.Start], " \t")
	if after := p.Source[span.End:]; strings.HasSuffix(line, "\n") && (strings.HasPrefix(after, "\n") || strings.HasPrefix(after, "\r\n")) {
		span.Start = int32(len(line))
		span.End += int32(strings.IndexByte(after, '\n')) + 1
	}
	return TextEdit{Span: span}
}

func (p *Pass) hasLongString(block []python.Stmt) bool {
	found := false
	for _, stmt := range block {
		python.Walk(stmt, func(node python.Node) bool {
			switch node.(type) {
			case *python.Constant, *python.JoinedStr, *python.TemplateStr:
				found = found || strings.Contains(p.Text(node), "\n")
			}
			return !found
		})
	}
	return found
}
