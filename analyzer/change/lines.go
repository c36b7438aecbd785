package change

import (
	"bytes"
	"strings"
)

// slack is how many common lines around the part that differs are kept, so that a group of changed lines can slide
// into them: as far as git slides a group.
const slack = 100

// A window is the part of two files that their diff has to look at, and the lines around it.
type window struct {
	// before counts the lines that both files begin with and the window leaves out, after those they end with.
	before, after int
	// base and head are the lines of the window, with their ends.
	base, head []string
}

// newWindow leaves out the lines that both files have in common at their beginning and at their end, but for slack.
func newWindow(base, head []byte) window {
	start := commonPrefix(base, head)
	start = backward(base, lineStart(base, start), slack)
	suffix := commonSuffix(base[start:], head[start:])
	suffix = wholeLines(base[start:], head[start:], suffix)
	suffix -= forward(base[len(base)-suffix:], slack)
	return window{
		before: bytes.Count(base[:start], newline),
		after:  countLines(base[len(base)-suffix:]),
		base:   splitLines(base[start : len(base)-suffix]),
		head:   splitLines(head[start : len(head)-suffix]),
	}
}

var newline = []byte{'\n'}

// splitLines cuts text after each \n; only the last line can lack one.
func splitLines(text []byte) []string {
	lines := make([]string, 0, countLines(text))
	for line := range strings.Lines(string(text)) {
		lines = append(lines, line)
	}
	return lines
}

func countLines(text []byte) int {
	count := bytes.Count(text, newline)
	if len(text) > 0 && text[len(text)-1] != '\n' {
		count++
	}
	return count
}

// lineStart is where the line begins that has the byte at offset.
func lineStart(text []byte, offset int) int {
	return bytes.LastIndexByte(text[:offset], '\n') + 1
}

// backward is the offset count lines before the line start at offset.
func backward(text []byte, offset, count int) int {
	for range count {
		if offset == 0 {
			break
		}
		offset = lineStart(text, offset-1)
	}
	return offset
}

// forward is the length of the first count lines of text.
func forward(text []byte, count int) int {
	length := 0
	for range count {
		end := bytes.IndexByte(text[length:], '\n')
		if end < 0 {
			return len(text)
		}
		length += end + 1
	}
	return length
}

// wholeLines shortens a common suffix until it begins with a line in both texts.
func wholeLines(base, head []byte, suffix int) int {
	begins := func(text []byte) bool {
		at := len(text) - suffix
		return at == 0 || text[at-1] == '\n'
	}
	if begins(base) && begins(head) {
		return suffix
	}
	return suffix - forward(base[len(base)-suffix:], 1)
}

// chunk is how many bytes are compared at once while that goes well.
const chunk = 4096

func commonPrefix(a, b []byte) int {
	limit := min(len(a), len(b))
	n := 0
	for n+chunk <= limit && bytes.Equal(a[n:n+chunk], b[n:n+chunk]) {
		n += chunk
	}
	for n < limit && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b []byte) int {
	limit := min(len(a), len(b))
	n := 0
	for n+chunk <= limit && bytes.Equal(a[len(a)-n-chunk:len(a)-n], b[len(b)-n-chunk:len(b)-n]) {
		n += chunk
	}
	for n < limit && a[len(a)-n-1] == b[len(b)-n-1] {
		n++
	}
	return n
}
