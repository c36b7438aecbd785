// Package change is the model of what a pull request, a push or a local commit changes: for each file its path, the
// bytes of its base and of its head, and the hunks between them. It is pure; the readers fill it.
package change

import "iter"

// A Change is the difference between a base and a head.
type Change struct {
	// Base and Head are the ids of the commits, or of the trees where only trees were named; Head is empty for a
	// working tree.
	Base, Head string
	// Files in ascending order of path.
	Files []File
	// Partial names what the reader could not list or read that belongs to no single file; empty when the change is
	// whole.
	Partial []string
}

// A File is one changed file.
type File struct {
	// Path in the head, with slashes; for a deleted file, its path in the base.
	Path string
	// OldPath is the path in the base: equal to Path unless the file was renamed, empty for an added file.
	OldPath string
	Status  Status
	// Base and Head are the raw bytes; nil where that side has no file, and both nil for a file that is unread.
	Base, Head []byte
	// Hunks in ascending order, with at most three lines of context, as in a unified diff.
	Hunks []Hunk
	// Unread says why the file's content could not be had ("larger than 10 MB", "binary"); empty when it was. One side
	// that cannot be read makes the file unread: half a comparison would call old findings new.
	Unread string
}

// A Status says what happened to a file.
type Status uint8

// The statuses of a file. A renamed file may also be edited.
const (
	Modified Status = iota
	Added
	Deleted
	Renamed
)

// A Hunk is one run of changes with its context. Line numbers count from 1, as in a unified diff; the start of a side
// that has no lines in the hunk is the line before it.
type Hunk struct {
	OldStart, OldLines int
	NewStart, NewLines int
	// Ops has one byte a line, in the order of a unified diff: ' ' kept, '-' removed, '+' added.
	Ops string
}

// Lines yields each line of a hunk with its operation, out of all lines of both versions.
func (h Hunk) Lines(before, after []string) iter.Seq2[byte, string] {
	return func(yield func(byte, string) bool) {
		i, j := firstLine(h.OldStart, h.OldLines), firstLine(h.NewStart, h.NewLines)
		for _, op := range []byte(h.Ops) {
			line := ""
			if op == '+' {
				line = after[j]
			} else {
				line = before[i]
				i++
			}
			if op != '-' {
				j++
			}
			if !yield(op, line) {
				return
			}
		}
	}
}

// firstLine is the index of a hunk's first line. Where a side has no lines, a unified diff names the line before.
func firstLine(start, lines int) int {
	if lines == 0 {
		return start
	}
	return start - 1
}
