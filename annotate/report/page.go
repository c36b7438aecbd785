package report

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/djleak/djleak/analyzer"
)

// A page is the text of a file, by lines without their ends.
type page struct {
	source string
	lines  []string
	// starts are the offsets of the lines.
	starts []int
}

func newPage(source string) page {
	p := page{source: source}
	at := 0
	for line := range strings.Lines(source) {
		p.starts = append(p.starts, at)
		at += len(line)
		p.lines = append(p.lines, strings.TrimRight(line, "\r\n"))
	}
	if strings.HasSuffix(source, "\n") {
		p.starts = append(p.starts, at) // What is added at the end stands on a line of its own.
	}
	return p
}

// line returns a line, counted from 1; empty where the file has no such line.
func (p page) line(n int) string {
	if n < 1 || n > len(p.lines) {
		return ""
	}
	return p.lines[n-1]
}

// has reports whether the page's text reaches to the region's end: without the text, columns cannot be told.
func (p page) has(r analyzer.Region) bool {
	return r.StartLine >= 1 && r.StartLine <= r.EndLine && r.EndLine <= len(p.lines)
}

// A position is a line and a column in some unit, both counted from 1.
type position struct{ line, column int }

// characters turns a column that counts bytes into one that counts Unicode characters.
func (p page) characters(line, column int) int {
	return utf8.RuneCountInString(p.before(line, column)) + 1
}

// units turns a column that counts bytes into one that counts UTF-16 code units.
func (p page) units(line, column int) int {
	n := 1
	for _, r := range p.before(line, column) {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

func (p page) before(line, column int) string {
	text := p.line(line)
	return text[:min(max(column-1, 0), len(text))]
}

// position places a byte offset of the source; its column counts bytes.
func (p page) position(offset int) position {
	line := sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > offset })
	if line == 0 {
		return position{1, 1}
	}
	return position{line, offset - p.starts[line-1] + 1}
}
