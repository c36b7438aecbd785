package change

import (
	"cmp"
	"slices"
	"strings"
)

// oldFirst and newFirst are the lines that a hunk begins with. Where a side has no lines, a unified diff gives the line
// before it.
func (h Hunk) oldFirst() int { return first(h.OldStart, h.OldLines) }
func (h Hunk) newFirst() int { return first(h.NewStart, h.NewLines) }

func first(start, lines int) int {
	if lines == 0 {
		return start + 1
	}
	return start
}

func (h Hunk) newEnd() int { return h.newFirst() + h.NewLines }

// hunkFrom is the index of the first hunk that ends behind a line of the head.
func (f File) hunkFrom(line int) int {
	index, _ := slices.BinarySearchFunc(f.Hunks, line, func(h Hunk, line int) int {
		return cmp.Compare(h.newEnd(), line+1)
	})
	return index
}

// HunkAt returns the index of the hunk that shows a line of the head: such lines, context included, are those a review
// can comment on.
func (f File) HunkAt(line int) (index int, ok bool) {
	index = f.hunkFrom(line)
	return index, index < len(f.Hunks) && f.Hunks[index].newFirst() <= line
}

// Commentable returns the part of a range of head lines, both ends included, that one comment can stand on: GitHub
// wants the first and the last line of a comment in one hunk. Of several hunks it takes the first with an added line in
// the range, failing that the first.
func (f File) Commentable(start, end int) (first, last int, ok bool) {
	for i := f.hunkFrom(start); i < len(f.Hunks) && f.Hunks[i].newFirst() <= end; i++ {
		from, to := max(start, f.Hunks[i].newFirst()), min(end, f.Hunks[i].newEnd()-1)
		if from > to {
			continue
		}
		if f.Hunks[i].adds(from, to) {
			return from, to, true
		}
		if !ok {
			first, last, ok = from, to, true
		}
	}
	return first, last, ok
}

// Touches reports whether the range of head lines, both ends included, has an added or changed line, or lost a line
// from its inside: between two lines of the range. A range right above or below removed lines is as it was and is not
// touched.
func (f File) Touches(start, end int) bool {
	for i := f.hunkFrom(start); i < len(f.Hunks) && f.Hunks[i].newFirst() <= end; i++ {
		if f.Hunks[i].touches(start, end) {
			return true
		}
	}
	return false
}

// from returns the index of the operation that makes a line of the head, or the first one for a line before the hunk, and
// the line that it makes. It counts instead of going from line to line: a hunk may have a hundred thousand, and as many
// findings may ask.
func (h Hunk) from(line int) (index, at int) {
	at = h.newFirst()
	if line < at {
		return 0, at
	}
	const few = 64
	for rest := h.Ops; len(rest) > few; {
		half := len(rest) / 2
		made := half - strings.Count(rest[:half], "-")
		if at+made > line {
			rest = rest[:half]
			continue
		}
		index, at, rest = index+half, at+made, rest[half:]
	}
	for index < len(h.Ops) && (at < line || h.Ops[index] == '-') {
		if h.Ops[index] != '-' {
			at++
		}
		index++
	}
	return index, at
}

func (h Hunk) adds(start, end int) bool {
	i, line := h.from(start)
	for ; i < len(h.Ops) && line <= end; i++ {
		if h.Ops[i] == '+' {
			return true
		}
		if h.Ops[i] != '-' {
			line++
		}
	}
	return false
}

func (h Hunk) touches(start, end int) bool {
	i, line := h.from(start)
	for ; i < len(h.Ops) && line <= end; i++ {
		switch h.Ops[i] {
		case '-':
			if start < line {
				return true
			}
			continue
		case '+':
			return true
		}
		line++
	}
	return false
}

// BaseLine returns the line of the base that a line of the head came from, through all hunks; false for an added line.
// It does not know where the head ends.
func (f File) BaseLine(line int) (int, bool) {
	if line < 1 || f.OldPath == "" {
		return 0, false
	}
	index, inside := f.HunkAt(line)
	if inside {
		return f.Hunks[index].baseLine(line)
	}
	if index == 0 {
		return line, true
	}
	last := f.Hunks[index-1]
	return line - last.newEnd() + last.oldFirst() + last.OldLines, true
}

func (h Hunk) baseLine(line int) (int, bool) {
	index, _ := h.from(line)
	if index == len(h.Ops) || h.Ops[index] != ' ' {
		return 0, false
	}
	return h.oldFirst() + index - strings.Count(h.Ops[:index], "+"), true
}
