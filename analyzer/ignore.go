package analyzer

import (
	"strings"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

// maxIgnoredWidth is the widest line, in characters, that a suppression is put at the end of: Django's own style allows
// comments of 79 and code of 88, and most projects somewhat more.
const maxIgnoredWidth = 120

// Ignores returns the ways to put a suppression of a finding into its file, the best first: into the comment that is there
// already, at the end of one of its lines, or alone on the line above. Not every one works everywhere, as in a string
// of several lines: only an analysis of what comes out tells.
func Ignores(f Finding, source, reason string) [][]TextEdit {
	lines := python.NewLines(source)
	comment := "# djleak: ignore[" + f.Rule.Name + "] -- " + reason
	var ways [][]TextEdit
	for line := max(1, f.Region.StartLine-1); line <= f.Region.EndLine; line++ {
		span := lineSpan(lines, line)
		if end, ok := endOfNames(source[span.Start:span.End]); ok {
			ways = append(ways, insertion(span.Start+end, ", "+f.Rule.Name))
		}
	}
	var wide [][]TextEdit
	if selection.KindOf(f.Path) != selection.Deployment {
		for line := f.Region.StartLine; line <= f.Region.EndLine; line++ {
			span := lineSpan(lines, line)
			way := insertion(span.End, "  "+comment)
			if utf8.RuneCountInString(source[span.Start:span.End])+2+len(comment) <= maxIgnoredWidth {
				ways = append(ways, way)
			} else {
				wide = append(wide, way)
			}
		}
	}
	first := lineSpan(lines, f.Region.StartLine)
	text := source[first.Start:first.End]
	indent := text[:len(text)-len(strings.TrimLeft(text, " \t\f"))]
	ways = append(ways, insertion(first.Start, indent+comment+lineEnd(source[first.End:])))
	return append(ways, wide...)
}

// lineEnd returns the line end that a text starts with, and that of Unix at the end of a file.
func lineEnd(rest string) string {
	if strings.HasPrefix(rest, "\r\n") {
		return "\r\n"
	}
	return "\n"
}

// lineSpan is a line without its end.
func lineSpan(lines *python.Lines, line int) python.Span {
	return python.Span{Start: lines.Start(line), End: lines.End(line)}
}

// endOfNames returns where the names end in the suppression that a line may have; one of the whole file is none.
func endOfNames(line string) (end int32, ok bool) {
	start := strings.Index(line, "# djleak:")
	if start < 0 {
		return 0, false
	}
	groups := suppressionComment.Regexp().FindStringSubmatchIndex(line[start:])
	if len(groups) < 8 || groups[4] >= 0 {
		return 0, false
	}
	return int32(start + groups[7]), true
}

func insertion(at int32, text string) []TextEdit {
	return []TextEdit{{Span: python.Span{Start: at, End: at}, NewText: text}}
}
