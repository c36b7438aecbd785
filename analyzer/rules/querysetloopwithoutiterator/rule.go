// Package querysetloopwithoutiterator reports loops over whole tables in code that works through them by itself.
package querysetloopwithoutiterator

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
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
		if !pass.KeepsRows(clause) {
			check(pass, clause, clause.Iter, clause.IsAsync)
		}
	}
}

func check(pass *analyzer.Pass, loop python.Node, iterable python.Expr, isAsync bool) {
	iterable = unwrapped(pass, iterable)
	qs := pass.QuerySet(iterable)
	if qs == nil || qs.Related || qs.Has("raw") {
		// Related objects are few, and often prefetched: iterator() would fetch them again.
		return
	}
	severity, confidence := weigh(pass, loop, qs)
	if confidence == nil || !pass.OnlyUse(iterable) {
		return
	}
	d := diagnose(qs, isAsync)
	d.Severity, d.Confidence = severity, confidence
	pass.Report(d)
}

// weigh says how much a loop is likely to hold, and how sure that is; without a confidence there is nothing to tell.
func weigh(pass *analyzer.Pass, loop python.Node, qs *django.QuerySet) (*analyzer.Severity, *analyzer.Confidence) {
	extent := pass.Extent(qs)
	if extent == django.Few {
		return nil, nil
	}
	severity, confidence := analyzer.Medium, analyzer.MediumConfidence
	switch context := pass.ContextAt(loop); {
	case pass.Batch(loop):
	case context == django.OtherContext && extent == django.Whole && !qs.Given:
		// Whoever calls it, nothing that the function is given narrows what it joins.
		if _, statement := loop.(*python.For); !statement || !takesNothing(pass, loop) || !qs.Has("select_related") && !qs.Prefetches() {
			confidence = analyzer.LowConfidence
		}
	default:
		return nil, nil
	}
	if extent != django.Whole {
		severity, confidence = analyzer.Low, analyzer.LowConfidence
	}
	if qs.Plain() {
		severity = analyzer.Low
	}
	return &severity, &confidence
}

// takesNothing reports whether the code around a node is a function of the module without parameters.
func takesNothing(pass *analyzer.Pass, node python.Node) bool {
	fn := pass.FunctionAt(node)
	return fn != nil && fn.Class == nil && fn.Parent == nil && len(fn.Params()) == 0
}

// unwrapped returns the iterable inside a call that takes any and hands its elements on, such as enumerate or tqdm.
func unwrapped(pass *analyzer.Pass, iterable python.Expr) python.Expr {
	call, ok := iterable.(*python.Call)
	if !ok || len(call.Args) == 0 {
		return iterable
	}
	switch pass.Qualified(call.Func) {
	case "builtins.enumerate", "builtins.zip", "tqdm.tqdm", "tqdm.auto.tqdm", "rich.progress.track", "itertools.batched",
		"itertools.islice", "more_itertools.chunked", "more_itertools.batched", "more_itertools.ichunked":
		return call.Args[0]
	case "builtins.map", "builtins.filter":
		return call.Args[len(call.Args)-1]
	}
	return iterable
}

func diagnose(qs *django.QuerySet, isAsync bool) analyzer.Diagnostic {
	method := "iterator"
	if isAsync {
		method = "aiterator"
	}
	return analyzer.Diagnostic{
		Span:    qs.Expr.Range(),
		Message: "This loop keeps every " + row(qs) + " of the QuerySet in memory at once, in its result cache",
		Fixes: []analyzer.SuggestedFix{{
			Message: "Fetch the rows in pieces with " + method + "()",
			Kind:    analyzer.UnsafeFix,
			Check:   "Is each row used once, in this loop? Behind PgBouncer in transaction mode DISABLE_SERVER_SIDE_CURSORS must be set.",
			Edits:   []analyzer.TextEdit{analyzer.Insert(qs.Expr.Range().End, "."+method+"(chunk_size=2000)")},
		}},
	}
}

// row names what the QuerySet yields.
func row(qs *django.QuerySet) string {
	if qs.Model == "" || qs.Plain() {
		return "row"
	}
	switch qs.Model {
	case "model", "Model", "klass", "cls", "self":
		return "row"
	}
	return "`" + qs.Model + "`"
}
