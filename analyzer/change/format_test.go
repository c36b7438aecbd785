package change

import (
	"fmt"
	"strconv"
	"strings"
)

// format writes hunks as git and GitHub do.
func format(base, head []byte, hunks []Hunk) string {
	oldLines, newLines := splitLines(base), splitLines(head)
	var patch strings.Builder
	write := func(op byte, line string) {
		patch.WriteByte(op)
		patch.WriteString(line)
		if !strings.HasSuffix(line, "\n") {
			patch.WriteString("\n\\ No newline at end of file\n")
		}
	}
	extent := func(start, lines int) string {
		if lines == 1 {
			return strconv.Itoa(start)
		}
		return fmt.Sprintf("%d,%d", start, lines)
	}
	for _, h := range hunks {
		fmt.Fprintf(&patch, "@@ -%s +%s @@\n", extent(h.OldStart, h.OldLines), extent(h.NewStart, h.NewLines))
		i, j := h.oldFirst()-1, h.newFirst()-1
		for k := range len(h.Ops) {
			switch h.Ops[k] {
			case '-':
				write('-', oldLines[i])
				i++
			case '+':
				write('+', newLines[j])
				j++
			default:
				write(' ', oldLines[i])
				i, j = i+1, j+1
			}
		}
	}
	return strings.TrimSuffix(patch.String(), "\n")
}
