package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/djleak/djleak/analyzer/change"
)

// writePatch writes the difference between two versions of a file as a unified diff that "git apply" takes.
func writePatch(w io.Writer, path string, before, after []byte) {
	hunks := change.Diff(before, after)
	if len(hunks) > 0 {
		fmt.Fprintf(w, "--- a/%s\n+++ b/%[1]s\n", path)
	}
	old, updated := strings.SplitAfter(string(before), "\n"), strings.SplitAfter(string(after), "\n")
	for _, hunk := range hunks {
		fmt.Fprintf(w, "@@ -%d,%d +%d,%d @@\n", hunk.OldStart, hunk.OldLines, hunk.NewStart, hunk.NewLines)
		i, j := firstLine(hunk.OldStart, hunk.OldLines), firstLine(hunk.NewStart, hunk.NewLines)
		for _, op := range []byte(hunk.Ops) {
			line := ""
			if op == '+' {
				line = updated[j]
			} else {
				line = old[i]
				i++
			}
			if op != '-' {
				j++
			}
			fmt.Fprintf(w, "%c%s", op, line)
			if !strings.HasSuffix(line, "\n") {
				fmt.Fprint(w, "\n\\ No newline at end of file\n")
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
