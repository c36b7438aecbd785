package report

import (
	"sort"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/columns"
)

// A page is the text of a file, by lines without their ends.
type page struct {
	source string
	lines  []string
	// starts are the offsets of the lines.
	starts []int
	// Text counts in the lines.
	columns.Text
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
	p.Text = columns.New(p.lines)
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

// position places a byte offset of the source; its column counts bytes.
func (p page) position(offset int) position {
	line := sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > offset })
	if line == 0 {
		return position{1, 1}
	}
	return position{line, offset - p.starts[line-1] + 1}
}
