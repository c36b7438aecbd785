// Package querysetloopwithoutiterator reports loops over whole tables in code that works through them by itself.
package querysetloopwithoutiterator

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports a loop over an unbounded QuerySet in a command, a task or a migration.
var Rule = &analyzer.Rule{
	Name:       "queryset-loop-without-iterator",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, loop := range pass.Loops {
		check(pass, loop, loop.Iter, loop.IsAsync)
	}
	for _, clause := range pass.Comprehensions {
		check(pass, clause, clause.Iter, clause.IsAsync)
	}
}

func check(pass *analyzer.Pass, loop python.Node, iterable python.Expr, isAsync bool) {
	if !pass.ContextAt(loop).Batch() {
		return
	}
	iterable = unwrapped(pass, iterable)
	qs := pass.QuerySet(iterable)
	if qs == nil || qs.Related || qs.Bounded() || qs.Aggregated() || qs.Has("raw") || qs.Root == qs.Expr {
		return
	}
	if name, ok := iterable.(*python.Name); ok && !usedOnce(pass, name, loop) {
		return
	}
	pass.Report(diagnose(pass, loop, qs, isAsync))
}

// unwrapped returns the iterable inside enumerate(...) or tqdm(...), which take any.
func unwrapped(pass *analyzer.Pass, iterable python.Expr) python.Expr {
	call, ok := iterable.(*python.Call)
	if !ok || len(call.Args) == 0 {
		return iterable
	}
	switch pass.Qualified(call.Func) {
	case "builtins.enumerate", "tqdm.tqdm", "tqdm.auto.tqdm":
		return call.Args[0]
	}
	return iterable
}

// usedOnce reports whether nothing but the loop needs the rows of a local QuerySet: a second use would find them in its
// cache, and iterator() would fetch them again.
func usedOnce(pass *analyzer.Pass, name *python.Name, loop python.Node) bool {
	binding := pass.Binding(name)
	for _, use := range binding.Uses {
		if use == name || refines(pass, use) {
			continue
		}
		return false
	}
	// A loop around this one that does not make the QuerySet anew would meet it again.
	for outer := pass.Parent(loop); outer != nil; outer = pass.Parent(outer) {
		switch outer.(type) {
		case *python.For, *python.While:
			for _, def := range binding.Definitions {
				if !outer.Range().Contains(def.Node.Range()) {
					return false
				}
			}
		case *python.FunctionDef, *python.Lambda:
			return true
		}
	}
	return true
}

// refines reports whether a use asks the QuerySet for another one, or for an answer that the database gives.
func refines(pass *analyzer.Pass, use *python.Name) bool {
	access, ok := pass.Parent(use).(*python.Attribute)
	if !ok {
		return false
	}
	call, ok := pass.Parent(access).(*python.Call)
	return ok && call.Func == python.Expr(access)
}

func diagnose(pass *analyzer.Pass, loop python.Node, qs *django.QuerySet, isAsync bool) analyzer.Diagnostic {
	method := "iterator"
	if isAsync {
		method = "aiterator"
	}
	d := analyzer.Diagnostic{
		Span:    qs.Expr.Range(),
		Message: "This loop keeps every " + row(qs) + " of the QuerySet in memory at once, in its result cache",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Fetch the rows in pieces with " + method + "()",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is each row used once, in this loop? Behind PgBouncer in transaction mode DISABLE_SERVER_SIDE_CURSORS must be set.",
			Edits:   []analyzer.TextEdit{analyzer.Insert(qs.Expr.Range().End, "."+method+"(chunk_size=2000)")},
		}},
	}
	if narrow(pass, qs) {
		low := analyzer.Low
		d.Severity = &low
	}
	return d
}

// row names what the QuerySet yields.
func row(qs *django.QuerySet) string {
	if qs.Model == "" || qs.Has("values") || qs.Has("values_list") {
		return "row"
	}
	switch qs.Model {
	case "model", "Model", "klass", "cls", "self":
		return "row"
	}
	return "`" + qs.Model + "`"
}

// smallTables are models of Django's own whose tables have few rows everywhere.
var smallTables = map[string]bool{"Site": true, "Group": true, "Permission": true, "ContentType": true, "Language": true, "Country": true, "Currency": true}

// narrow reports whether there is reason to expect few rows: a small table, or a filter by one object at hand.
func narrow(pass *analyzer.Pass, qs *django.QuerySet) bool {
	if smallTables[qs.Model] {
		return true
	}
	for _, step := range qs.Steps {
		if step.Method != "filter" {
			continue
		}
		for _, keyword := range step.Call.Keywords {
			if isOneObject(pass, keyword.Value) {
				return true
			}
		}
	}
	return false
}

// isOneObject reports whether a look-up value is what a loop walks over, or an attribute of it: the rows of one parent.
func isOneObject(pass *analyzer.Pass, value python.Expr) bool {
	for {
		access, ok := value.(*python.Attribute)
		if !ok {
			break
		}
		if access.Attr == "user" || access.Attr == "owner" {
			return true
		}
		value = access.Value
	}
	name, ok := value.(*python.Name)
	if !ok {
		return false
	}
	binding := pass.Binding(name)
	return binding != nil && len(binding.Definitions) == 1 && binding.Definitions[0].Kind == names.Looped
}
