package report

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

var (
	commandNames = [...]string{
		analyzer.Info: "notice", analyzer.Low: "notice", analyzer.Medium: "warning", analyzer.High: "error",
	}
	// A command ends at its line's end, a property at a comma or the second colon; see toolkit's core/src/command.ts.
	commandData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	commandProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// commands writes workflow commands, one a line. GitHub shows the first ten of a kind, so the worst come first.
func commands(out *bytes.Buffer, r Report) error {
	pages := r.pages()
	found := r.shown()
	slices.SortStableFunc(found, func(a, b analyzer.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Confidence, a.Confidence))
	})
	for _, f := range found {
		properties := []string{
			"file=" + commandProperty.Replace(f.Path),
			fmt.Sprintf("line=%d", f.Region.StartLine),
			fmt.Sprintf("endLine=%d", f.Region.EndLine),
		}
		if p := pages[f.Path]; f.Region.StartLine == f.Region.EndLine && p.has(f.Region) {
			properties = append(properties,
				fmt.Sprintf("col=%d", p.Characters(f.Region.StartLine, f.Region.StartColumn)),
				fmt.Sprintf("endColumn=%d", p.Characters(f.Region.EndLine, f.Region.EndColumn)))
		}
		properties = append(properties, "title="+commandProperty.Replace(f.Rule.Name))
		command(out, commandNames[f.Severity], properties, f.Message)
	}
	for _, n := range r.Notices {
		var properties []string
		if n.Path != "" {
			properties = append(properties, "file="+commandProperty.Replace(n.Path))
		}
		if n.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d", n.Line))
		}
		command(out, "notice", append(properties, "title=djleak"), n.Message)
	}
	return nil
}

func command(out *bytes.Buffer, name string, properties []string, message string) {
	fmt.Fprintf(out, "::%s %s::%s\n", name, strings.Join(properties, ","), commandData.Replace(markdown.Line(message)))
}
