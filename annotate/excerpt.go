package annotate

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// maxWidth bounds a line of code in the summary, in characters.
const maxWidth = 160

// excerpt shows the lines that a finding points at, as a code block; nothing where their text is not at hand.
func excerpt(f analyzer.Finding, text []string) string {
	at := linesOf(f.Region).overlap(lines{1, len(text)})
	at.last = min(at.last, at.first+analyzer.MaxRegionLines-1)
	if at.empty() {
		return ""
	}
	shown := strings.Split(dedent(strings.Join(text[at.first-1:at.last], "\n")), "\n")
	for i, line := range shown {
		shown[i] = markdown.Clip(line, maxWidth)
	}
	return markdown.Block(languageOf(f.Path), joinLines(shown)) + "\n"
}
