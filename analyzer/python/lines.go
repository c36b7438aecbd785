package python

import (
	"slices"
	"strings"
)

// Lines maps byte offsets to lines and back. A line ends at \n alone, as git and GitHub count; Python also ends one at
// a lone \r.
type Lines struct {
	starts []int32
	text   string
}

// NewLines indexes text, which is at most 2 GiB long.
func NewLines(text string) *Lines {
	starts := make([]int32, 1, strings.Count(text, "\n")+1)
	for offset := 0; ; {
		next := strings.IndexByte(text[offset:], '\n')
		if next < 0 {
			return &Lines{starts: starts, text: text}
		}
		offset += next + 1
		if offset < len(text) {
			starts = append(starts, int32(offset))
		}
	}
}

// Count returns the number of lines. An empty text has one, and a final \n starts no further one.
func (l *Lines) Count() int { return len(l.starts) }

// Line returns the 1-based line that holds the byte at offset. The end of the text belongs to the last line.
func (l *Lines) Line(offset int32) int {
	index, found := slices.BinarySearch(l.starts, offset)
	if found {
		return index + 1
	}
	return max(index, 1)
}

// Start returns the offset of the first byte of the 1-based line, and the length of the text for a line behind the
// last.
func (l *Lines) Start(line int) int32 {
	if line > len(l.starts) {
		return int32(len(l.text))
	}
	return l.starts[max(line, 1)-1]
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
