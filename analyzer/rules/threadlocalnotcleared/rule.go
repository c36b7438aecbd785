// Package threadlocalnotcleared reports what of a request stays in a thread's local storage when the request is over.
package threadlocalnotcleared

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a request or a user in a threading.local() that nothing takes out again.
var Rule = &analyzer.Rule{
	Name:       "thread-local-not-cleared",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"local(", "Local("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, stmt := range pass.Body() {
		name, value := names.Assignment(stmt)
		binding := pass.Module.Lookup(name)
		if binding == nil || !isLocal(pass, value) {
			continue
		}
		for _, use := range binding.Uses {
			check(pass, binding, use)
		}
	}
}

func isLocal(pass *analyzer.Pass, value python.Expr) bool {
	call, ok := value.(*python.Call)
	if !ok {
		return false
	}
	switch pass.Qualified(call.Func) {
	case "threading.local", "_threading_local.local", "asgiref.local.Local", "werkzeug.local.Local", "gevent.local.local":
		return true
	}
	return false
}

func check(pass *analyzer.Pass, local *names.Binding, use *python.Name) {
	fn := pass.FunctionAt(use)
	attribute, node, value := assigned(pass, use)
	if value == nil || !pass.RunsAgain(fn) || isSetter(fn) {
		return
	}
	kept := pass.PerRequest(value)
	if kept == "" || isCleared(pass, local, attribute) {
		return
	}
	d := analyzer.Diagnostic{
		Span: node.Range(),
		Message: "`" + local.Name + "." + attribute + "` keeps the " + kept +
			" when the request is over, and shows it to what runs next in the thread",
		Remedy:  remedy(pass, local, fn),
		Preview: pass.NotInstalled(node),
	}
	if kept == "user" {
		low := analyzer.Low
		d.Severity = &low
	}
	pass.Report(d)
}

// remedy takes out all that a function puts into the local: behind the response, which Django makes of an exception, too.
func remedy(pass *analyzer.Pass, local *names.Binding, fn *names.Function) string {
	var set, all []string
	for _, use := range local.Uses {
		if pass.FunctionAt(use) != fn {
			continue
		}
		attribute, _, value := assigned(pass, use)
		if name := local.Name + "." + attribute; value != nil && !slices.Contains(all, name) {
			set, all = append(set, name+" = "+pass.Text(value)+"\n"), append(all, name)
		}
	}
	taken := "del " + strings.Join(all, ", ") + "\n"
	if fn.Name == "process_request" && fn.Class != nil && fn.Class.Method("__call__") == nil {
		return "def process_response(self, request, response):\n    " + taken + "    return response\n"
	}
	respond := "get_response(request)"
	if fn.Class != nil {
		respond = "self." + respond
	}
	if fn.Name == "process_request" {
		set = []string{"self.process_request(request)\n"}
	}
	return strings.Join(set, "") + "try:\n    return " + respond + "\nfinally:\n    " + taken
}

// isSetter reports whether a function is there to be called with a request and again with None.
func isSetter(fn *names.Function) bool {
	return fn.Class == nil && strings.HasPrefix(strings.TrimLeft(fn.Name, "_"), "set_")
}

// assigned returns what local.attribute = value or setattr(local, "attribute", value) assigns, and where.
func assigned(pass *analyzer.Pass, use *python.Name) (attribute string, node python.Node, value python.Expr) {
	switch parent := pass.Parent(use).(type) {
	case *python.Attribute:
		if changed := pass.UseOf(parent); changed.Kind == names.Rebinds && changed.Value != nil {
			return parent.Attr, changed.Node, changed.Value
		}
	case *python.Call:
		if pass.Qualified(parent.Func) == "builtins.setattr" && len(parent.Args) == 3 && parent.Args[0] == python.Expr(use) {
			if constant, ok := pass.Deref(parent.Args[1]).(*python.Constant); ok {
				name, _ := constant.Str()
				return name, parent, parent.Args[2]
			}
		}
	}
	return "", nil, nil
}

// isCleared reports whether something in the file takes the attribute out again: del, None, delattr, or all of the
// local at once.
func isCleared(pass *analyzer.Pass, local *names.Binding, attribute string) bool {
	return slices.ContainsFunc(local.Uses, func(use *python.Name) bool {
		switch parent := pass.Parent(use).(type) {
		case *python.Attribute:
			if parent.Attr == "__dict__" || parent.Attr == "__release_local__" {
				return true
			}
			changed := pass.UseOf(parent)
			return parent.Attr == attribute && (changed.Kind == names.Prunes || changed.Kind == names.Rebinds && isNone(changed.Value))
		case *python.Call:
			name := pass.Qualified(parent.Func)
			return name == "builtins.delattr" || name == "builtins.setattr" && len(parent.Args) == 3 && isNone(parent.Args[2])
		}
		return false
	})
}

func isNone(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.None
}
