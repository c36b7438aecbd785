package report

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/fatih/color"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/annotate/markdown"
)

// A palette colours the parts of a text.
type palette struct {
	severities        [analyzer.High + 1]*color.Color
	bold, frame, help *color.Color
}

func newPalette(on bool) palette {
	paint := func(attributes ...color.Attribute) *color.Color {
		c := color.New(attributes...)
		if on {
			c.EnableColor()
		} else {
			c.DisableColor()
		}
		return c
	}
	return palette{
		severities: [...]*color.Color{
			analyzer.Info:   paint(color.FgBlue, color.Bold),
			analyzer.Low:    paint(color.FgCyan, color.Bold),
			analyzer.Medium: paint(color.FgYellow, color.Bold),
			analyzer.High:   paint(color.FgRed, color.Bold),
		},
		bold:  paint(color.Bold),
		frame: paint(color.FgBlue),
		help:  paint(color.FgGreen),
	}
}

// text writes findings for a terminal: what and where, the code at fault, the way out. Nothing of the sources reaches
// the terminal as a control character.
func text(out *bytes.Buffer, r Report) error {
	ink := newPalette(r.Color)
	pages := r.pages()
	for _, f := range r.shown() {
		paint := ink.severities[f.Severity]
		fmt.Fprintf(out, "%s%s\n", paint.Sprintf("%s[%s]", f.Severity, markdown.Line(f.Rule.Name)), ink.bold.Sprint(": "+markdown.Line(f.Message)))
		frame := newFrame(f, pages[f.Path], ink)
		frame.write(out)
		for _, help := range helps(f) {
			frame.help(out, help)
		}
		out.WriteByte('\n')
	}
	for _, n := range r.Notices {
		out.WriteString(ink.bold.Sprint("notice") + ": ")
		if n.Path != "" {
			out.WriteString(markdown.Line(place(n.Path, n.Line)) + ": ")
		}
		out.WriteString(markdown.Line(n.Message) + "\n")
	}
	if len(r.Notices) > 0 {
		out.WriteByte('\n')
	}
	totals(out, r, ink)
	return nil
}

// helps are the hints below a finding, one paragraph each.
func helps(f analyzer.Finding) []string {
	var all []string
	if f.Fix != nil {
		hint := f.Fix.Message
		if f.Fix.Kind == analyzer.UnsafeFix {
			hint += " (`djleak fix --unsafe`)"
			if f.Fix.Check != "" {
				hint += "\ncheck first: " + f.Fix.Check
			}
		} else {
			hint += " (`djleak fix`)"
		}
		all = append(all, hint)
	}
	if remedy := strings.Trim(f.Remedy, "\n"); strings.TrimSpace(remedy) != "" {
		all = append(all, "instead:\n"+remedy)
	}
	return all
}

// mostWorst is how many findings a summary names again: who looks at a whole repository begins with these.
const mostWorst = 10

// totals counts the findings by severity and by rule, and says what can be fixed.
func totals(out *bytes.Buffer, r Report, ink palette) {
	fmt.Fprintf(out, "%s in %s\n", ink.bold.Sprint(r.tally), files(len(r.Files)))
	byRule := map[string]int{}
	safe, unsafe := 0, 0
	for _, f := range r.shown() {
		byRule[f.Rule.Name]++
		switch {
		case f.Fix == nil:
		case f.Fix.Kind == analyzer.UnsafeFix:
			unsafe++
		default:
			safe++
		}
	}
	names := slices.SortedStableFunc(maps.Keys(byRule), func(a, b string) int {
		return cmp.Or(cmp.Compare(byRule[b], byRule[a]), cmp.Compare(a, b))
	})
	for _, name := range names {
		fmt.Fprintf(out, "%5d %s\n", byRule[name], markdown.Line(name))
	}
	if shown := r.shown(); len(shown) > mostWorst {
		fmt.Fprintf(out, "the worst %d:\n", mostWorst)
		for _, f := range worst(shown, mostWorst) {
			severity := ink.severities[f.Severity].Sprintf("%-6s", f.Severity)
			fmt.Fprintf(out, "    %s %s %s\n", severity, markdown.Line(place(f.Path, f.Region.StartLine)), markdown.Line(f.Rule.Name))
		}
	}
	switch {
	case safe > 0 && unsafe > 0:
		fmt.Fprintf(out, "%d fixable with `djleak fix`, %d more with `djleak fix --unsafe`\n", safe, unsafe)
	case safe > 0:
		fmt.Fprintf(out, "%d fixable with `djleak fix`\n", safe)
	case unsafe > 0:
		fmt.Fprintf(out, "%d fixable with `djleak fix --unsafe`\n", unsafe)
	}
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}
