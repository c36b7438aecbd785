package annotate

import (
	"strings"

	"github.com/djleak/djleak/analyzer/pattern"
)

// section returns what a rule's page says under the heading "## title", without the heading; empty where it has none.
func section(page, title string) string {
	var out []string
	inside, fenced := false, false
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if heading, ok := strings.CutPrefix(line, "## "); ok && !fenced {
			inside = strings.EqualFold(strings.TrimSpace(heading), title)
			continue
		}
		if inside {
			out = append(out, line)
		}
	}
	return strings.TrimSpace(strings.Join(out, ""))
}

// opensBlock matches the lines of a page that start something new: a list's item, a table's row, a heading, a quote.
var opensBlock = pattern.New("^\\s*([-*+] |\\d+[.)] |\\||#|>|```)")

// unwrap joins the lines of each paragraph: in a comment GitHub breaks where a page is only wrapped.
func unwrap(text string) string {
	var out []string
	open, fenced := false, false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, " \r\n")
		if strings.HasPrefix(line, "```") {
			fenced = !fenced
		}
		if open && !fenced && line != "" && !opensBlock.MatchString(line) {
			out[len(out)-1] += " " + strings.TrimLeft(line, " ")
			continue
		}
		out = append(out, line)
		open = !fenced && line != "" && !strings.HasPrefix(line, "```")
	}
	return strings.Join(out, "\n")
}

// firstBlock returns the lines of the first fenced code block of text, and the language that its fence names.
func firstBlock(text string) (language, block string) {
	var out []string
	fenced := false
	for line := range strings.Lines(text) {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case !fence:
			if fenced {
				out = append(out, line)
			}
		case fenced:
			return language, strings.Join(out, "")
		default:
			language, fenced = strings.TrimSpace(info), true
		}
	}
	return "", ""
}
