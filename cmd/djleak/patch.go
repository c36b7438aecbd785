package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/djleak/djleak/analyzer/change"
)

// writePatch writes the difference between two versions of a file as a unified diff that "git apply" takes.
func writePatch(w io.Writer, path string, before, after []byte) {
	hunks := change.Diff(before, after)
	if len(hunks) > 0 {
		fmt.Fprintf(w, "--- %s\n+++ %s\n", patchName("a/"+path), patchName("b/"+path))
	}
	old, updated := strings.SplitAfter(string(before), "\n"), strings.SplitAfter(string(after), "\n")
	for _, hunk := range hunks {
		fmt.Fprintf(w, "@@ -%d,%d +%d,%d @@\n", hunk.OldStart, hunk.OldLines, hunk.NewStart, hunk.NewLines)
		for op, line := range hunk.Lines(old, updated) {
			fmt.Fprintf(w, "%c%s", op, line)
			if !strings.HasSuffix(line, "\n") {
				fmt.Fprint(w, "\n\\ No newline at end of file\n")
			}
		}
	}
}

// patchName returns the name of a file as git and patch read it: in quotes where it has some itself, or control characters,
// and with a tab behind it where it has spaces, so that nobody takes the rest for a date.
func patchName(name string) string {
	if strings.ContainsAny(name, "\"\\") || strings.ContainsFunc(name, unicode.IsControl) {
		var b strings.Builder
		for _, c := range []byte(name) {
			switch {
			case c == '"' || c == '\\':
				b.WriteByte('\\')
				b.WriteByte(c)
			case c < ' ' || c >= 0x7f:
				fmt.Fprintf(&b, "\\%03o", c)
			default:
				b.WriteByte(c)
			}
		}
		return `"` + b.String() + `"`
	}
	if strings.Contains(name, " ") {
		return name + "\t"
	}
	return name
}
