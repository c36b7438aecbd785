package main

import (
	"regexp"
	"strings"
)

// plainText takes the marks of Markdown out of a rule's page: headings are underlined, code is indented, links show
// where they lead.
func plainText(markdown string) string {
	var text strings.Builder
	code := false
	for line := range strings.Lines(markdown) {
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
			heading = inlineText(strings.TrimSpace(heading))
			text.WriteString(heading + "\n" + strings.Repeat("-", len([]rune(heading))) + "\n")
			continue
		}
		text.WriteString(inlineText(line) + "\n")
	}
	return text.String()
}

var (
	markdownLink = regexp.MustCompile(`\[([^\]]*)\]\(([^)\s]*)\)`)
	markdownMark = regexp.MustCompile("`([^`]*)`|\\*\\*([^*]*)\\*\\*")
)

func inlineText(line string) string {
	line = markdownLink.ReplaceAllString(line, "$1 ($2)")
	return markdownMark.ReplaceAllString(line, "$1$2")
}
