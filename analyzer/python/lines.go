package python

import (
	"slices"
	"strings"
)

// Lines maps byte offsets to lines and back. A line ends at \n alone, as git and GitHub count; Python also ends one at
// a lone \r. A text is indexed when it is first asked about: of most nobody asks. Several goroutines must not share one.
type Lines struct {
	text  string
	index []int32 // Nil until it is needed.
}

// NewLines returns the lines of a text, which is at most 2 GiB long.
func NewLines(text string) *Lines { return &Lines{text: text} }

// starts returns the offset of each line's first byte.
func (l *Lines) starts() []int32 {
	if l.index != nil {
		return l.index
	}
	l.index = make([]int32, 1, strings.Count(l.text, "\n")+1)
	for offset := 0; ; {
		next := strings.IndexByte(l.text[offset:], '\n')
		if next < 0 {
			return l.index
		}
		offset += next + 1
		if offset < len(l.text) {
			l.index = append(l.index, int32(offset))
		}
	}
}

// Count returns the number of lines. An empty text has one, and a final \n starts no further one.
func (l *Lines) Count() int { return len(l.starts()) }

// Line returns the 1-based line that holds the byte at offset. The end of the text belongs to the last line.
func (l *Lines) Line(offset int32) int {
	index, found := slices.BinarySearch(l.starts(), offset)
	if found {
		return index + 1
	}
	return max(index, 1)
}

// Start returns the offset of the first byte of the 1-based line, and the length of the text for a line behind the
// last.
func (l *Lines) Start(line int) int32 {
	starts := l.starts()
	if line > len(starts) {
		return int32(len(l.text))
	}
	return starts[max(line, 1)-1]
}

// End returns the offset behind the last byte of the 1-based line, without its \n or \r\n.
func (l *Lines) End(line int) int32 {
	start, end := l.Start(line), l.Start(line+1)
	if end > start && l.text[end-1] == '\n' {
		end--
		if end > start && l.text[end-1] == '\r' {
			end--
		}
	}
	return end
}
