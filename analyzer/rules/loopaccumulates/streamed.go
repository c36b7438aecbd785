package loopaccumulates

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// streamed reports what keeps all that ijson parses piece by piece: whoever takes it expects that not all fits.
func streamed(pass *analyzer.Pass, call *python.Call) {
	switch python.LastName(call.Func) {
	case "items", "kvitems", "parse":
	default:
		return
	}
	if !strings.HasPrefix(pass.Qualified(call.Func), "ijson.") || pass.DevelopersTool(call) {
		return
	}
	report := func(node python.Node, what string) {
		pass.Report(analyzer.Diagnostic{
			Span:    node.Range(),
			Preview: true, // What takes it next may need the whole.
			Message: what + " keeps everything that `" + pass.Text(call.Func) + "()` parses piece by piece",
		})
	}
	switch parent := pass.Parent(call).(type) {
	case *python.Call:
		if pass.Qualified(parent.Func) == "builtins.list" {
			report(parent, "`list()`")
		}
	case *python.Comprehension:
		if list, ok := pass.Parent(parent).(*python.ListComp); ok && len(list.Generators) == 1 && len(parent.Ifs) == 0 {
			report(list, "The list")
		}
	case *python.For:
		for _, c := range pass.Collected(parent, parent.Body) {
			// The events of parse() become values only where a condition says so.
			if isListed(pass, c) && (python.LastName(call.Func) == "parse" || !pass.IsChosen(c.Node, parent)) && !savedInBulk(pass, c.Name, parent) {
				report(c.Node, "`"+c.Name+"`")
			}
		}
	}
}
