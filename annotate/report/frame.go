package report

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

const (
	// contextLines are shown before and after the code at fault.
	contextLines = 1
	// maxWidth bounds a line of code, in columns of the terminal; a longer one is cut around the code at fault.
	maxWidth = 160
	// maxLine bounds what is looked at of a line of code, in bytes on either side of where the code at fault begins.
	maxLine = 1_000
)

// A frame shows a finding's lines as compilers do: numbered, the code at fault underlined.
type frame struct {
	finding analyzer.Finding
	page    page
	ink     palette
	// gutter is the width of the line numbers.
	gutter int
}

func newFrame(f analyzer.Finding, p page, ink palette) frame {
	return frame{finding: f, page: p, ink: ink, gutter: len(strconv.Itoa(f.Region.EndLine + contextLines))}
}

func (fr frame) write(out *bytes.Buffer) {
	r := fr.finding.Region
	fmt.Fprintf(out, "%*s%s %s:%d:%d\n", fr.gutter, "", fr.ink.frame.Sprint("-->"),
		markdown.Line(fr.finding.Path), r.StartLine, fr.page.Characters(r.StartLine, r.StartColumn))
	if !fr.page.has(r) {
		return
	}
	fr.bar(out, "")
	many := r.EndLine > r.StartLine
	for n := max(1, r.StartLine-contextLines); n <= min(r.EndLine+contextLines, len(fr.page.lines)); n++ {
		text, from, to := fr.cells(n)
		margin := ""
		if many {
			margin = "  "
			switch {
			case n == r.StartLine:
				margin = fr.paint("/") + " "
			case n > r.StartLine && n <= r.EndLine:
				margin = fr.paint("|") + " "
			}
		}
		fr.numbered(out, n, margin+text)
		switch {
		case n != r.EndLine:
		case many:
			fr.bar(out, fr.paint("|"+strings.Repeat("_", max(to, 1))+"^"))
		default:
			fr.bar(out, strings.Repeat(" ", from)+fr.paint(strings.Repeat("^", max(to-from, 1))))
		}
	}
	fr.bar(out, "")
}

func (fr frame) paint(s string) string { return fr.ink.severities[fr.finding.Severity].Sprint(s) }

func (fr frame) numbered(out *bytes.Buffer, n int, text string) {
	line := fr.ink.frame.Sprintf("%*d |", fr.gutter, n)
	if strings.TrimSpace(text) != "" {
		line += " " + text
	}
	out.WriteString(line + "\n")
}

func (fr frame) bar(out *bytes.Buffer, text string) {
	line := fr.ink.frame.Sprintf("%*s |", fr.gutter, "")
	if text != "" {
		line += " " + text
	}
	out.WriteString(line + "\n")
}

// help writes a paragraph below the code; its further lines are indented as the first.
func (fr frame) help(out *bytes.Buffer, paragraph string) {
	for i, line := range strings.Split(markdown.Lines(paragraph), "\n") {
		line = strings.ReplaceAll(line, "\t", "    ")
		if i == 0 {
			fmt.Fprintf(out, "%*s %s %s\n", fr.gutter, "", fr.ink.frame.Sprint("="), fr.ink.help.Sprint("help")+": "+line)
			continue
		}
		out.WriteString(strings.TrimRight(fmt.Sprintf("%*s         %s", fr.gutter, "", line), " ") + "\n")
	}
}

// cells renders a line for the terminal and tells from which to which of its columns the code at fault stands.
func (fr frame) cells(n int) (text string, from, to int) {
	r := fr.finding.Region
	line := fr.page.line(n)
	start, end := 0, len(line)
	if n == r.StartLine {
		start = min(max(r.StartColumn-1, 0), len(line))
	}
	if n == r.EndLine {
		end = min(max(r.EndColumn-1, start), len(line))
	}
	line, start, end = near(line, start, end)
	before, at, after := plain(line[:start]), plain(line[start:end]), plain(line[end:])
	from = uniseg.StringWidth(before)
	to = from + uniseg.StringWidth(at)
	text = before + at + after
	if uniseg.StringWidth(text) <= maxWidth {
		return text, from, to
	}
	skipped := 0
	if from > maxWidth/2 {
		skipped = from - maxWidth/4
		text = "…" + drop(text, skipped)
		skipped--
	}
	text = take(text, maxWidth-1) + "…"
	return text, from - skipped, min(to-skipped, maxWidth)
}

// near returns the part of a line around a start, if the line is too long to be looked at whole for each finding on it, and
// where start and end are in that part.
func near(line string, start, end int) (part string, from, to int) {
	const mark = "…"
	if first := start - maxLine; first > 0 {
		for first < start && !utf8.RuneStart(line[first]) {
			first++
		}
		line = mark + line[first:]
		start, end = start-first+len(mark), end-first+len(mark)
	}
	if last := start + maxLine; last < len(line) {
		for last > start && !utf8.RuneStart(line[last]) {
			last--
		}
		line = line[:last] + mark
		end = min(end, last)
	}
	return line, start, end
}

// plain makes code safe and even for a terminal.
func plain(code string) string { return strings.ReplaceAll(markdown.Lines(code), "\t", "    ") }

// take returns the part of s that fits into width columns, drop what stands behind it.
func take(s string, width int) string { return s[:cut(s, width)] }

func drop(s string, width int) string { return s[cut(s, width):] }

func cut(s string, width int) int {
	at, state := 0, -1
	for rest := s; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if width -= w; width < 0 {
			break
		}
		at += len(cluster)
	}
	return at
}
