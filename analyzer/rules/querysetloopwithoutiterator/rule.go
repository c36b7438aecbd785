// Package querysetloopwithoutiterator reports loops over whole tables in code that works through them by itself.
package querysetloopwithoutiterator

import (
	"cmp"
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
	Project:    true,
	QuerySets:  true,
	Run:        run,
}

// A walk is a loop or a clause of a comprehension that walks over the rows of a QuerySet.
type walk struct {
	loop     python.Node
	target   python.Expr
	iterable python.Expr
	// body are the statements of a for loop, element is what a comprehension makes of a row.
	body    []python.Stmt
	element python.Expr
	isAsync bool
	// wrapped is true inside enumerate(), tqdm() and their like.
	wrapped bool
	// chained is true for one of several iterables that chain() puts behind one another. Who does so mostly has a few rows of each.
	chained bool
	qs      *django.QuerySet
}

func run(pass *analyzer.Pass) {
	for _, loop := range pass.Loops {
		check(pass, walk{loop: loop, target: loop.Target, iterable: loop.Iter, body: loop.Body, isAsync: loop.IsAsync})
	}
	for _, clause := range pass.Comprehensions {
		if !pass.KeepsRows(clause) {
			check(pass, walk{
				loop: clause, target: clause.Target, iterable: clause.Iter, isAsync: clause.IsAsync,
				element: elementOf(pass.Parent(clause)),
			})
		}
	}
}

func check(pass *analyzer.Pass, w walk) {
	// QuerySets are asynchronous since Django 4.1: https://docs.djangoproject.com/en/5.2/releases/4.1/#asynchronous-orm-interface
	if w.isAsync && pass.Django().Before(4, 1) {
		return
	}
	iterable := pass.Unwrapped(w.iterable)
	w.wrapped = iterable != w.iterable
	parts := []python.Expr{iterable}
	if call, ok := iterable.(*python.Call); ok && pass.Qualified(call.Func) == "itertools.chain" {
		w.chained, parts = true, call.Args
	}
	for _, part := range parts {
		w.iterable, w.qs = part, pass.QuerySet(part)
		if w.qs != nil && !w.qs.Has("raw") && (!w.chained || !isFiltered(w.qs) && !w.qs.Plain() || pass.Scale(w.qs) == django.Collected) {
			checkRows(pass, w)
		}
	}
}

func checkRows(pass *analyzer.Pass, w walk) {
	weight := weigh(pass, &w)
	if weight != nil && !pass.OnlyUse(w.iterable) {
		weight = nil
	}
	if weight == nil || weight.confidence == analyzer.LowConfidence {
		weight = cmp.Or(weighWider(pass, &w), weighStream(pass, &w), weighSum(pass, &w), weight)
	}
	if weight == nil || pass.Unreachable(w.loop) || isShown(pass, &w) {
		return
	}
	d := diagnose(pass, &w)
	d.Severity, d.Confidence = &weight.severity, &weight.confidence
	d.Table, d.Rows = pass.MigratedTable(w.qs), pass.ModelName(w.qs)
	d.Preview = weight.preview || w.chained || isDoubtful(pass, &w)
	pass.Report(d)
}

// isDoubtful reports whether few rows may come all the same, or whether it may matter to nobody that they are held.
func isDoubtful(pass *analyzer.Pass, w *walk) bool {
	switch {
	case !pass.GrowsWithUse(w.qs), !pass.WorksThrough(w.qs, w.loop), catchesUp(pass, w):
		return true
	case isListed(pass, w), copiesEachRow(pass, w), fillsSheet(pass, w), isTranslated(pass, w):
		return true
	}
	return isUnread(pass, w) || isDead(pass, w)
}

// A weight says how much a loop is likely to hold, and how sure that is.
type weight struct {
	severity   analyzer.Severity
	confidence analyzer.Confidence
	preview    bool
}

// weigh returns the weight of a loop, or nil where there is nothing to tell.
func weigh(pass *analyzer.Pass, w *walk) *weight {
	extent := pass.Extent(w.qs)
	switch {
	case extent == django.Few:
		return nil
	case w.qs.Related:
		return weighRelated(pass, w)
	}
	severity, confidence, preview := analyzer.Medium, analyzer.LowConfidence, false
	switch context := pass.ContextAt(w.loop); {
	case pass.Batch(w.loop):
		switch worthIt := isWorthIt(pass, w); {
		case worthIt && extent == django.Whole && isLong(pass, w):
			confidence = analyzer.MediumConfidence
		case worthIt && extent == django.Whole && mayBeLong(pass, w), worthIt && extent == django.OfOne && (announcesTotal(pass, w) || savesInPieces(pass, w)):
			// Nothing tells that few rows are there, and nothing that many are.
			severity, confidence, preview = analyzer.Low, analyzer.MediumConfidence, true
		}
	case context == django.OtherContext && extent == django.Whole && !w.qs.Given:
		// Whoever calls it, nothing that the function is given narrows what it joins.
		joins := w.qs.Has("select_related") || w.qs.Prefetches()
		if w.body != nil && isLong(pass, w) && isWorthIt(pass, w) {
			switch {
			case joins && takesNothing(pass, w.loop):
				confidence = analyzer.MediumConfidence
			case pass.GrowsWithUse(w.qs):
				severity, confidence, preview = analyzer.Low, analyzer.MediumConfidence, true
			}
		}
	case context == django.RequestContext && extent == django.Whole && w.body != nil && pass.GrowsWithUse(w.qs) && isWorthIt(pass, w):
		// What answers a request may need them all.
		severity, confidence, preview = analyzer.Low, analyzer.MediumConfidence, true
	default:
		return nil
	}
	if extent != django.Whole || w.qs.Plain() {
		severity = analyzer.Low
	}
	return &weight{severity, confidence, preview}
}

// takesNothing reports whether the code around a node is a function of the module without parameters.
func takesNothing(pass *analyzer.Pass, node python.Node) bool {
	fn := pass.FunctionAt(node)
	return fn != nil && fn.Class == nil && fn.Parent == nil && len(fn.Params()) == 0
}

// elementOf returns what a comprehension makes of each row.
func elementOf(comprehension python.Node) python.Expr {
	switch c := comprehension.(type) {
	case *python.ListComp:
		return c.Elt
	case *python.SetComp:
		return c.Elt
	case *python.GeneratorExp:
		return c.Elt
	case *python.DictComp:
		return c.Value
	}
	return nil
}

func diagnose(pass *analyzer.Pass, w *walk) analyzer.Diagnostic {
	method := "iterator"
	if w.isAsync {
		method = "aiterator"
	}
	rows := pass.Operand(w.qs.Expr)
	pieces := rows + "." + method + "(chunk_size=2000)"
	if bar, _ := uncounted(pass, w.qs.Expr); bar != nil {
		pieces = pass.Text(bar.Func) + "(" + pieces + ", total=" + rows + ".count())"
	}
	remedy := pieces + "\n"
	switch {
	case w.qs.OrEmpty:
		remedy = "" // Its assignments would have to change.
	case pass.LosesPrefetch(w.qs):
		remedy = pass.PrefetchedInPieces(w.qs)
	}
	return analyzer.Diagnostic{
		Span:    w.qs.Expr.Range(),
		Message: "This loop keeps every " + row(pass, w.qs) + " of the QuerySet in memory at once, in its result cache",
		Remedy:  remedy,
		Fixes:   fixes(pass, w.qs, w.body, method),
	}
}

// row names what the QuerySet yields.
func row(pass *analyzer.Pass, qs *django.QuerySet) string {
	if model := pass.ModelName(qs); model != "" && !qs.Plain() {
		return "`" + model + "`"
	}
	return "row"
}
