// Package middlewarestategrowth reports containers that a middleware fills with every request and never empties.
package middlewarestategrowth

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a container on a middleware that grows with every request.
var Rule = &analyzer.Rule{
	Name:       "middleware-state-growth",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"iddleware", "get_response", "process_request", "process_response", "process_view"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		if pass.ClassKind(class) == django.Middleware {
			checkClass(pass, class)
		}
	}
	for _, fn := range pass.Functions {
		if fn.Param("get_response") != nil && fn.Class == nil {
			checkFactory(pass, fn)
		}
	}
}

// A holder is a container that lives as long as the process, with everything that is done to it.
type holder struct {
	name  string
	owner string
	// initial is the statement and the value that make the container.
	initialNode python.Node
	initial     python.Expr
	uses        []names.Use
}

func checkClass(pass *analyzer.Pass, class *names.Class) {
	perRequest := reachable(pass, class)
	for _, attribute := range pass.Attributes(class) {
		h := holder{name: attribute.Name, owner: class.Name, initialNode: attribute.BodyNode, initial: attribute.Body}
		for _, use := range attribute.Uses {
			switch {
			case use.Method.Name == "__init__" && use.Kind == names.Rebinds:
				h.initialNode, h.initial = use.Node, use.Value
			case perRequest[use.Method]:
				h.uses = append(h.uses, use.Use)
			case use.Kind == names.Prunes || use.Kind == names.Rebinds && use.Method.Name != "__init__":
				// Something outside the requests empties it, such as a method for a timer.
				h.uses = append(h.uses, use.Use)
			}
		}
		h.check(pass)
	}
}

// checkFactory looks at a function that takes get_response: what it makes beside the inner function lives as long.
func checkFactory(pass *analyzer.Pass, factory *names.Function) {
	for _, stmt := range factory.Body {
		assign, ok := stmt.(*python.Assign)
		if !ok || len(assign.Targets) != 1 {
			continue
		}
		name, ok := assign.Targets[0].(*python.Name)
		if !ok {
			continue
		}
		binding := factory.Scope.Lookup(name.Id)
		if binding == nil || len(binding.Definitions) != 1 {
			continue
		}
		h := holder{name: name.Id, owner: factory.Name, initialNode: assign, initial: assign.Value}
		for _, use := range binding.Uses {
			if pass.FunctionAt(use) != factory {
				h.uses = append(h.uses, pass.UseOf(use))
			}
		}
		h.check(pass)
	}
}

// reachable returns the methods that a request runs: the hooks, and what they call on self.
func reachable(pass *analyzer.Pass, class *names.Class) map[*names.Function]bool {
	found := make(map[*names.Function]bool)
	var visit func(*names.Function)
	visit = func(method *names.Function) {
		if method == nil || found[method] {
			return
		}
		found[method] = true
		self := method.Self()
		for _, stmt := range method.Body {
			python.Walk(stmt, func(node python.Node) bool {
				if access, ok := node.(*python.Attribute); ok {
					if receiver, ok := access.Value.(*python.Name); ok && (receiver.Id == self || receiver.Id == class.Name) {
						visit(class.Method(access.Attr))
					}
				}
				return true
			})
		}
	}
	for _, method := range class.Methods {
		if method.Name == "__call__" || method.Name == "__acall__" || strings.HasPrefix(method.Name, "process_") {
			visit(method)
		}
	}
	return found
}

func (h holder) check(pass *analyzer.Pass) {
	switch pass.Container(h.initial) {
	case names.NoContainer, names.BoundedContainer:
		return
	case names.ListContainer, names.DictContainer, names.SetContainer, names.DequeContainer:
	}
	if slices.ContainsFunc(h.uses, bounds) {
		return
	}
	for _, use := range h.uses {
		if use.Kind != names.Grows && use.Kind != names.GrowsKeyed || finite(pass, use) {
			continue
		}
		pass.Report(h.diagnose(pass, use))
	}
}

// bounds reports whether a use keeps the container from growing: it takes something out, replaces it, or looks at its length.
func bounds(use names.Use) bool {
	return use.Kind == names.Prunes || use.Kind == names.Rebinds || use.Kind == names.Measures
}

func (h holder) diagnose(pass *analyzer.Pass, use names.Use) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    use.Node.Range(),
		Message: "`" + h.name + "` on " + h.owner + " keeps " + held(pass, use) + " a request; one instance serves the whole process",
	}
	if slices.ContainsFunc(h.uses, func(u names.Use) bool { return u.Kind == names.Escapes }) || use.Method == "update" && use.Key == nil {
		medium := analyzer.MediumConfidence
		d.Confidence = &medium
	}
	if fix, ok := h.bounded(pass); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
		return d
	}
	d.Remedy = h.remedy(pass)
	return d
}

// held names what one growing operation adds.
func held(pass *analyzer.Pass, use names.Use) string {
	switch value := use.Value.(type) {
	case *python.Dict:
		return "one dict"
	case *python.Tuple:
		return "one tuple"
	case *python.List, *python.ListComp:
		return "one list"
	case *python.JoinedStr:
		return "one string"
	case *python.Name:
		if value.Id == "request" || value.Id == "response" {
			return "the " + value.Id + " of"
		}
	case *python.Call:
		if name := pass.Text(value.Func); len(name) <= 40 && !strings.ContainsAny(name, "\n`") {
			return "what `" + name + "()` returns, once"
		}
	}
	if use.Kind == names.GrowsKeyed {
		return "one entry a key, and new keys come with"
	}
	return "one entry"
}

// bounded returns the fix for a list that is only appended to and read from the ends: a deque with a length.
func (h holder) bounded(pass *analyzer.Pass) (analyzer.SuggestedFix, bool) {
	assign, plain := h.initialNode.(*python.Assign)
	if !plain || len(assign.Targets) != 1 || !isEmptyList(pass, h.initial) {
		return analyzer.SuggestedFix{}, false
	}
	for _, use := range h.uses {
		if !fitsDeque(pass, use) {
			return analyzer.SuggestedFix{}, false
		}
	}
	deque, edits, ok := pass.Import("collections", "deque")
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	return analyzer.SuggestedFix{
		Message: "Keep the latest 1000 entries in a deque",
		Kind:    analyzer.UnsafeFix,
		Check:   "Are the latest 1000 entries in each process enough? Older ones are dropped.",
		Edits:   append(edits, analyzer.Replace(h.initial, deque+"(maxlen=1000)")),
	}, true
}

func isEmptyList(pass *analyzer.Pass, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.List:
		return len(e.Elts) == 0
	case *python.Call:
		return pass.Qualified(e.Func) == "builtins.list" && len(e.Args) == 0
	}
	return false
}

// fitsDeque reports whether a use works on a deque too: it has no slices, no + and no sort.
func fitsDeque(pass *analyzer.Pass, use names.Use) bool {
	switch use.Kind {
	case names.Grows:
		return use.Method == "append" || use.Method == "extend"
	case names.Reads:
		switch parent := pass.Parent(use.Expr).(type) {
		case *python.For, *python.Comprehension, *python.Call:
			return use.Method == ""
		case *python.Subscript:
			_, sliced := parent.Slice.(*python.Slice)
			return !sliced
		}
	case names.GrowsKeyed, names.Prunes, names.Rebinds, names.Measures, names.Escapes:
	}
	return false
}

// remedy shows what to do where no fix fits: the cache for what must be looked up, a bound for the rest.
func (h holder) remedy(pass *analyzer.Pass) string {
	if pass.Container(h.initial) == names.DictContainer {
		return "from django.core.cache import cache\n\ncache.set(key, value, timeout=300)  # instead of " + h.name + "[key] = value\n"
	}
	return "from collections import deque\n\n" + h.name + " = deque(maxlen=1000)\n"
}
