package main

import (
	"regexp"
	"strings"

	"github.com/djleak/djleak/annotate/markdown"
)

// plainText takes the marks of Markdown out of a rule's page: headings are underlined, code is indented, links show
// where they lead.
func plainText(page string) string {
	inline := inlineText()
	var text strings.Builder
	code := false
	for line := range strings.Lines(markdown.WithoutPictures(page)) {
		line = strings.TrimRight(line, "\r\n")
		if strings.HasPrefix(line, "```") {
			code = !code
			continue
		}
		if code {
			text.WriteString(strings.TrimRight("    "+line, " ") + "\n")
			continue
		}
		heading := strings.TrimLeft(line, "#")
		if heading != line && strings.HasPrefix(heading, " ") {
			heading = inline(strings.TrimSpace(heading))
			text.WriteString(heading + "\n" + strings.Repeat("-", len([]rune(heading))) + "\n")
			continue
		}
		text.WriteString(inline(line) + "\n")
	}
	return text.String()
}

// inlineText returns what takes the marks out of one line.
func inlineText() func(line string) string {
	link := regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	mark := regexp.MustCompile("`([^`]*)`|\\*\\*([^*]*)\\*\\*")
	return func(line string) string {
		return mark.ReplaceAllString(link.ReplaceAllString(line, "$1 ($2)"), "$1$2")
	}
}
