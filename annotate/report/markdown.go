package report

import (
	"bytes"
	"fmt"

	"github.com/djleak/djleak/annotate/markdown"
)

// markdownTable writes a table of the findings and a list of the notices.
func markdownTable(out *bytes.Buffer, r Report) error {
	fmt.Fprintf(out, "## djleak: %s\n", r.tally)
	if len(r.Findings) > 0 {
		out.WriteString("\n| Severity | Confidence | Rule | Place | Message |\n| --- | --- | --- | --- | --- |\n")
	}
	for _, f := range r.Findings {
		message := markdown.Inline(f.Message)
		if s := f.Suppression; s != nil {
			message += " (suppressed"
			if s.Reason != "" {
				message += ": " + markdown.Inline(s.Reason)
			}
			message += ")"
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s |\n", f.Severity, f.Confidence,
			markdown.Link(markdown.Code(f.Rule.Name), r.ruleURL(f.Rule)),
			markdown.Code(fmt.Sprintf("%s:%d", f.Path, f.Region.StartLine)), message)
	}
	for i, n := range r.Notices {
		if i == 0 {
			out.WriteString("\n### Notices\n\n")
		}
		out.WriteString("- ")
		if n.Path != "" {
			out.WriteString(markdown.Code(place(n.Path, n.Line)) + ": ")
		}
		out.WriteString(markdown.Inline(n.Message) + "\n")
	}
	return nil
}

// place writes path:line, or the path alone where no line is meant.
func place(path string, line int) string {
	if line < 1 {
		return path
	}
	return fmt.Sprintf("%s:%d", path, line)
}
