package annotate

import "strings"

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

// firstBlock returns the lines of the first fenced code block of text.
func firstBlock(text string) string {
	var out []string
	fenced := false
	for line := range strings.Lines(text) {
		switch {
		case !strings.HasPrefix(line, "```"):
			if fenced {
				out = append(out, line)
			}
		case fenced:
			return strings.Join(out, "")
		default:
			fenced = true
		}
	}
	return ""
}
