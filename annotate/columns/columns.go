// Package columns turns columns that count bytes, as findings have them, into those that count what other tools count. All
// of them count from 1.
package columns

import (
	"sort"
	"unicode/utf8"
)

// stride is how many bytes are counted anew at most for each column. A file of machines has all its findings on one line:
// to count from the line's start each time would take as long as the square of it.
const stride = 1 << 10

// A Text is the lines of a file, without their ends. It remembers what it has counted, and is not safe for concurrent use.
type Text struct {
	lines []string
	// marks are those of the long lines that were asked for.
	marks map[int][]mark
}

// A mark is what stands before a character of a line, in bytes, characters and UTF-16 code units.
type mark struct{ bytes, characters, units int }

// New returns the text of these lines.
func New(lines []string) Text { return Text{lines, map[int][]mark{}} }

// Characters turns a column of a line into one that counts Unicode characters. A line that the text has not is empty, and a
// column beyond a line's end is that end.
func (t Text) Characters(line, column int) int {
	m, rest := t.before(line, column)
	return m.characters + utf8.RuneCountInString(rest) + 1
}

// Units turns a column of a line into one that counts UTF-16 code units.
func (t Text) Units(line, column int) int {
	m, rest := t.before(line, column)
	return m.units + units(rest) + 1
}

// before returns the last mark before a column, and what stands between the two.
func (t Text) before(line, column int) (mark, string) {
	if line < 1 || line > len(t.lines) {
		return mark{}, ""
	}
	text := t.lines[line-1]
	at := min(max(column-1, 0), len(text))
	if at <= stride {
		return mark{}, text[:at]
	}
	marks, ok := t.marks[line]
	if !ok {
		marks = marksOf(text)
		t.marks[line] = marks
	}
	m := marks[sort.Search(len(marks), func(i int) bool { return marks[i].bytes > at })-1]
	return m, text[m.bytes:at]
}

// marksOf marks the line's start and the first character after each stride.
func marksOf(text string) []mark {
	var marks []mark
	var m mark
	for i, r := range text {
		m.bytes = i
		if i >= len(marks)*stride {
			marks = append(marks, m)
		}
		m.characters++
		m.units += unitsOf(r)
	}
	return marks
}

func units(text string) int {
	n := 0
	for _, r := range text {
		n += unitsOf(r)
	}
	return n
}

func unitsOf(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
