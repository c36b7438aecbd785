// Package middlewarestategrowth reports containers that a middleware fills with every request and never empties.
package middlewarestategrowth

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
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
		if pass.ClassKind(class) != django.Middleware {
			continue
		}
		perRequest := reachable(class)
		for _, h := range growth.OfClass(pass.File, class) {
			check(pass, h, class.Name, func(fn *names.Function) bool { return perRequest[fn] })
		}
	}
	for _, factory := range pass.Functions {
		if factory.Class != nil || factory.Param("get_response") == nil {
			continue
		}
		for _, h := range growth.OfFunction(pass.File, factory) {
			check(pass, h, factory.Name, func(fn *names.Function) bool { return fn != factory })
		}
	}
}

// reachable returns the methods that a request runs: the hooks, and what they call on self.
func reachable(class *names.Class) map[*names.Function]bool {
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

func check(pass *analyzer.Pass, h growth.Holder, owner string, perRequest func(*names.Function) bool) {
	for _, use := range h.Growing(pass.File, perRequest) {
		pass.Report(diagnose(pass, h, owner, use.Use.Use))
	}
}

func diagnose(pass *analyzer.Pass, h growth.Holder, owner string, use names.Use) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span: use.Node.Range(),
		Message: "`" + h.Name + "` on " + owner + " keeps " + growth.Kept(pass.File, use, "request") +
			"; one instance serves the whole process",
	}
	if h.Escapes() || use.Method == "update" && use.Key == nil {
		medium := analyzer.MediumConfidence
		d.Confidence = &medium
	}
	if fix, ok := bounded(pass, h); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
		return d
	}
	d.Remedy = growth.Remedy(pass.File, h)
	return d
}

// bounded returns the fix for a list that is only appended to: a deque with a length.
func bounded(pass *analyzer.Pass, h growth.Holder) (analyzer.SuggestedFix, bool) {
	if !h.FitsDeque(pass.File) {
		return analyzer.SuggestedFix{}, false
	}
	deque, edits, ok := pass.Import("collections", "deque")
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	return analyzer.SuggestedFix{
		Message: "Keep the latest 1000 entries in a deque",
		Kind:    analyzer.UnsafeFix,
		Check:   "Are the latest 1000 entries in each process enough? Older ones are dropped.",
		Edits:   append(edits, analyzer.Replace(h.Initial, deque+"(maxlen=1000)")),
	}, true
}
