// Package profilerleftin reports memory profilers that are left in code for production.
package profilerleftin

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

// Rule reports memory_profiler, tracemalloc, objgraph and the debug flags of gc outside tests.
var Rule = &analyzer.Rule{
	Name:       "profiler-left-in",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"memory_profiler", "tracemalloc", "objgraph", "set_debug"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, fn := range pass.Functions {
		for _, decorator := range fn.Decorators {
			if isProfile(pass, decorator) {
				pass.Report(decorated(pass, fn, decorator,
					"`@profile` traces every line of "+fn.Name+"() each time it runs: it is slow, and prints to the log"))
			}
		}
	}
	for _, class := range pass.Classes {
		for _, decorator := range class.Decorators {
			if isProfile(pass, decorator) {
				pass.Report(decorated(pass, class, decorator,
					"`@profile` makes a function of the class "+class.Name+": it traces no line, and the class is one no more"))
			}
		}
	}
	for _, call := range pass.Calls {
		if message := started(pass, call); message != "" && !guarded(pass, call) {
			pass.Report(statement(pass, call, message))
		}
	}
}

func isProfile(pass *analyzer.Pass, decorator python.Expr) bool {
	if call, ok := decorator.(*python.Call); ok {
		decorator = call.Func
	}
	return pass.Qualified(decorator) == "memory_profiler.profile"
}

// started says what a call of a profiler does to the process, or nothing.
func started(pass *analyzer.Pass, call *python.Call) string {
	switch name := pass.Qualified(call.Func); {
	case name == "tracemalloc.start" && !stops(pass):
		return "`tracemalloc.start()` keeps a record of every block of memory that is allocated from here on"
	case name == "gc.set_debug" && len(call.Args) == 1 && keepsGarbage(pass, call.Args[0]):
		return "`gc.set_debug()` with DEBUG_SAVEALL or DEBUG_LEAK keeps in gc.garbage what the collector would free"
	case strings.HasPrefix(name, "objgraph.") && importedAlways(pass):
		return "`" + name + "()` walks over every object of the process"
	}
	return ""
}

// stops reports whether the module stops the tracing it starts, as a benchmark does.
func stops(pass *analyzer.Pass) bool {
	return slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		return pass.Qualified(call.Func) == "tracemalloc.stop"
	})
}

// importedAlways reports whether the module itself imports objgraph. A debugging tool imports it in the function that
// needs it, because production does not have it.
func importedAlways(pass *analyzer.Pass) bool {
	return slices.ContainsFunc(pass.Body(), func(stmt python.Stmt) bool {
		switch s := stmt.(type) {
		case *python.Import:
			return slices.ContainsFunc(s.Names, func(alias *python.Alias) bool { return alias.Name == "objgraph" })
		case *python.ImportFrom:
			return s.Module == "objgraph"
		}
		return false
	})
}

func keepsGarbage(pass *analyzer.Pass, flags python.Expr) bool {
	found := false
	python.Walk(flags, func(node python.Node) bool {
		if expr, ok := node.(python.Expr); ok {
			switch pass.Qualified(expr) {
			case "gc.DEBUG_SAVEALL", "gc.DEBUG_LEAK":
				found = true
			}
		}
		return !found
	})
	return found
}

// guarded reports whether the call runs only on request: under a condition, or in a script's main part.
func guarded(pass *analyzer.Pass, call *python.Call) bool {
	_, ok := names.Inside[*python.If](pass.File.File, call)
	return ok
}

// decorated reports a decorator of a function or a class.
func decorated(pass *analyzer.Pass, owner python.Node, decorator python.Expr, message string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{Span: decorator.Range(), Message: message, Remedy: "# Profile locally: mprof run python manage.py ...\n"}
	start := strings.LastIndexByte(pass.Source[:decorator.Range().Start], '\n') + 1
	end := strings.IndexByte(pass.Source[decorator.Range().End:owner.Range().Start], '\n')
	if end >= 0 && strings.TrimSpace(pass.Source[start:decorator.Range().Start]) == "@" {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Delete the decorator; profile locally",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does nobody read what it prints?",
			Edits:   []analyzer.TextEdit{{Span: python.Span{Start: int32(start), End: decorator.Range().End + int32(end) + 1}}},
		}}
	}
	return d
}

// statement reports a call that stands alone.
func statement(pass *analyzer.Pass, call *python.Call, message string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{Span: call.Span, Message: message, Remedy: "# Profile locally, or switch it on by a setting.\n"}
	stmt, ok := pass.Parent(call).(*python.ExprStmt)
	if !ok {
		return d
	}
	if edit, ok := pass.Delete(stmt); ok {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Delete the call; profile locally, or switch it on by a setting",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does nothing else need its records, such as a view that shows them?",
			Edits:   []analyzer.TextEdit{edit},
		}}
	}
	return d
}
