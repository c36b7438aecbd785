// Package middlewarestategrowth reports containers that a middleware fills with every request and never empties.
package middlewarestategrowth

import (
	_ "embed"
	"slices"
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
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, class := range pass.Classes {
		if !isMiddleware(pass, class) {
			continue
		}
		perRequest := reachable(pass, class)
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

// isMiddleware reports whether a class has the shape of a middleware, or stands in a MIDDLEWARE setting and has one of
// the hooks.
func isMiddleware(pass *analyzer.Pass, class *names.Class) bool {
	return pass.ClassKind(class) == django.Middleware ||
		pass.Project.HasMiddleware(class.Name) && slices.ContainsFunc(class.Methods, isHook)
}

func isHook(method *names.Function) bool {
	return method.Name == "__call__" || method.Name == "__acall__" || strings.HasPrefix(method.Name, "process_")
}

// reachable returns the functions that a request runs: the hooks of the class and of its family in this file, and what they
// call on self.
func reachable(pass *analyzer.Pass, class *names.Class) map[*names.Function]bool {
	family := familyOf(pass, class)
	found := make(map[*names.Function]bool)
	var visit func(*names.Function)
	visit = func(method *names.Function) {
		if method == nil || found[method] {
			return
		}
		found[method] = true
		for _, stmt := range method.Body {
			python.Walk(stmt, func(node python.Node) bool {
				access, ok := node.(*python.Attribute)
				if !ok {
					return true
				}
				if receiver, ok := access.Value.(*python.Name); ok && (receiver.Id == method.Self() || receiver.Id == class.Name) {
					for _, relative := range family {
						visit(relative.Method(access.Attr))
					}
				}
				return true
			})
		}
	}
	for _, relative := range family {
		for _, method := range relative.Methods {
			if isHook(method) {
				visit(method)
			}
		}
	}
	return found
}

// familyOf returns a class, its bases and the classes that derive from it, as far as they are of this file.
func familyOf(pass *analyzer.Pass, class *names.Class) []*names.Class {
	return slices.DeleteFunc(slices.Clone(pass.Classes), func(other *names.Class) bool {
		return other != class && !slices.Contains(pass.Ancestors(other), ":"+class.Name) && !slices.Contains(pass.Ancestors(class), ":"+other.Name)
	})
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
		Preview: pass.NotInstalled(use.Node),
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
