package main

import (
	"bytes"
	"fmt"

	"github.com/djleak/djleak/analyzer/change"
)

// writePatch writes the difference between two versions of a file as a unified diff that "git apply" takes.
func writePatch(patch *bytes.Buffer, path string, before, after []byte) {
	fmt.Fprintf(patch, "--- a/%s\n+++ b/%[1]s\n", path)
	old, new := bytes.SplitAfter(before, []byte("\n")), bytes.SplitAfter(after, []byte("\n"))
	for _, hunk := range change.Diff(before, after) {
		fmt.Fprintf(patch, "@@ -%d,%d +%d,%d @@\n", hunk.OldStart, hunk.OldLines, hunk.NewStart, hunk.NewLines)
		i, j := firstLine(hunk.OldStart, hunk.OldLines), firstLine(hunk.NewStart, hunk.NewLines)
		for _, op := range []byte(hunk.Ops) {
			switch op {
			case '-':
				writeLine(patch, op, old[i])
				i++
			case '+':
				writeLine(patch, op, new[j])
				j++
			default:
				writeLine(patch, op, old[i])
				i++
				j++
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

func writeLine(patch *bytes.Buffer, op byte, line []byte) {
	patch.WriteByte(op)
	patch.Write(line)
	if !bytes.HasSuffix(line, []byte("\n")) {
		patch.WriteString("\n\\ No newline at end of file\n")
	}
}
