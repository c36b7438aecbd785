package annotate

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// A suggestion replaces lines of a file as a ```suggestion block does: by whole lines.
type suggestion struct {
	lines
	// text has a newline at the end of each line, so that one empty line and no line at all differ.
	text string
}

// maxSuggestion bounds a suggestion's bytes, so that comments stay far below GitHub's limit.
const maxSuggestion = 16_000

// suggest turns a finding's fix into a suggestion on the smallest range that holds the finding and all of the fix. There is none
// where a hunk does not show that whole range (the fix needs something elsewhere), where it would change nothing, or
// where its text could not be shown as it is.
func suggest(f analyzer.Finding, g ground) (suggestion, bool) {
	if f.Fix == nil || len(f.Fix.Lines) == 0 {
		return suggestion{}, false
	}
	span := linesOf(f.Region)
	for _, edit := range f.Fix.Lines {
		span = span.hull(lines{edit.StartLine, edit.EndLine})
	}
	if span.first < 1 || span.last > len(g.text) || span.last-span.first >= analyzer.MaxRegionLines || !inOneHunk(span, g.hunks) {
		return suggestion{}, false
	}
	if sizeOf(f.Fix.Lines) > maxSuggestion { // On a long line, every fix replaces all of it.
		return suggestion{}, false
	}
	replaced, ok := replace(g.text, span, f.Fix.Lines)
	if !ok || slices.Equal(replaced, g.text[span.first-1:span.last]) {
		return suggestion{}, false
	}
	text := joinLines(replaced)
	if len(text) > maxSuggestion || markdown.Lines(text) != text {
		return suggestion{}, false
	}
	return suggestion{lines: span, text: text}, true
}

// sizeOf is how many bytes the edits put in.
func sizeOf(edits []analyzer.LineEdit) int {
	size := 0
	for _, edit := range edits {
		size += len(edit.NewText)
	}
	return size
}

// replace applies ascending edits to the lines of span and returns what then stands there.
func replace(source []string, span lines, edits []analyzer.LineEdit) ([]string, bool) {
	var out []string
	next := span.first
	for _, edit := range edits {
		if edit.StartLine < next || edit.EndLine < edit.StartLine {
			return nil, false
		}
		out = append(out, source[next-1:edit.StartLine-1]...)
		if !edit.Delete || edit.NewText != "" {
			out = append(out, strings.Split(strings.ReplaceAll(edit.NewText, "\r\n", "\n"), "\n")...)
		}
		next = edit.EndLine + 1
	}
	return append(out, source[next-1:span.last]...), true
}

// sourceLines splits a file as git does, without the ends of the lines.
func sourceLines(source string) []string {
	if source == "" {
		return nil
	}
	text := strings.Split(strings.TrimSuffix(source, "\n"), "\n")
	for i, line := range text {
		text[i] = strings.TrimSuffix(line, "\r")
	}
	return text
}

// joinLines ends each line with a newline.
func joinLines(text []string) string {
	if len(text) == 0 {
		return ""
	}
	return strings.Join(text, "\n") + "\n"
}
