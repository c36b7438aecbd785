// Package executorsubmitseverything reports executors that are handed a job for every row of a table at once.
package executorsubmitseverything

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

// Rule reports executor.submit() for every row of a QuerySet, executor.map() over one, and Celery groups of one.
var Rule = &analyzer.Rule{
	Name:       "executor-submits-everything",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{".submit(", ".map(", "imap", "group(", "chord("},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		rows, what := submitted(pass, call)
		if rows == nil {
			continue
		}
		extent := pass.Extent(rows)
		if extent == django.Few || extent == django.Small {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    call.Span,
			Message: what + " for every row of the QuerySet before the first is done",
			Remedy:  remedy(pass, rows),
		}
		if extent != django.Whole {
			low, unsure := analyzer.Low, analyzer.LowConfidence
			d.Severity, d.Confidence = &low, &unsure
		}
		pass.Report(d)
	}
}

// submitted returns the rows that a call makes jobs of, and what it does.
func submitted(pass *analyzer.Pass, call *python.Call) (*django.QuerySet, string) {
	switch pass.Qualified(call.Func) {
	case "celery.group", "celery.canvas.group", "celery.chord", "celery.canvas.chord":
		if len(call.Args) > 0 {
			return loopedOver(pass, call.Args[0]), "The group holds a task"
		}
		return nil, ""
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || !isExecutor(pass, access.Value) {
		return nil, ""
	}
	switch access.Attr {
	case "submit", "apply_async":
		return aroundSubmit(pass, call), "The executor is handed a job"
	case "map", "imap", "imap_unordered", "starmap", "map_async":
		for _, arg := range call.Args[min(1, len(call.Args)):] {
			if rows := rowsOf(pass, arg); rows != nil {
				return rows, "The executor is handed a job"
			}
			if rows := loopedOver(pass, arg); rows != nil {
				return rows, "The executor is handed a job"
			}
		}
	}
	return nil, ""
}

// executors make pools of workers, by their qualified names.
var executors = map[string]bool{
	"concurrent.futures.ThreadPoolExecutor": true, "concurrent.futures.ProcessPoolExecutor": true,
	"concurrent.futures.thread.ThreadPoolExecutor": true, "concurrent.futures.process.ProcessPoolExecutor": true,
	"multiprocessing.Pool": true, "multiprocessing.pool.ThreadPool": true, "multiprocessing.pool.Pool": true,
	"billiard.Pool": true, "gevent.pool.Pool": true,
}

// isExecutor reports whether an expression is a pool of workers: one that this function makes.
func isExecutor(pass *analyzer.Pass, expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	if !ok {
		return false
	}
	for _, def := range pass.Reaching(name) {
		if def.Kind != names.Managed && def.Kind != names.Assigned {
			return false
		}
		call, ok := def.Value.(*python.Call)
		if !ok || !executors[pass.Qualified(call.Func)] {
			return false
		}
	}
	return len(pass.Reaching(name)) > 0
}

// aroundSubmit returns the QuerySet of the loop or the comprehension that submits, unless the loop waits for jobs to be
// done on the way.
func aroundSubmit(pass *analyzer.Pass, call *python.Call) *django.QuerySet {
	for node := pass.Parent(call); node != nil; node = pass.Parent(node) {
		switch n := node.(type) {
		case *python.ListComp, *python.SetComp, *python.DictComp, *python.GeneratorExp:
			return rowsOf(pass, firstIterable(n))
		case *python.For:
			if waits(pass, n) {
				return nil
			}
			return rowsOf(pass, n.Iter)
		case *python.While, *python.FunctionDef, *python.Lambda:
			return nil
		}
	}
	return nil
}

func firstIterable(comprehension python.Node) python.Expr {
	switch c := comprehension.(type) {
	case *python.ListComp:
		return c.Generators[0].Iter
	case *python.SetComp:
		return c.Generators[0].Iter
	case *python.DictComp:
		return c.Generators[0].Iter
	case *python.GeneratorExp:
		return c.Generators[0].Iter
	}
	return nil
}

// waits reports whether a loop looks at the results of jobs, or at how many there are.
func waits(pass *analyzer.Pass, loop *python.For) bool {
	found := false
	for _, stmt := range loop.Body {
		python.Walk(stmt, func(node python.Node) bool {
			if call, ok := node.(*python.Call); ok {
				switch name := pass.Qualified(call.Func); name {
				case "concurrent.futures.wait", "concurrent.futures.as_completed", "builtins.len":
					found = true
				}
				if access, ok := call.Func.(*python.Attribute); ok {
					switch access.Attr {
					case "result", "acquire", "wait", "as_completed", "get", "join":
						found = true
					}
				}
			}
			return !found
		})
	}
	return found
}

// loopedOver returns the QuerySet of a generator or a list comprehension.
func loopedOver(pass *analyzer.Pass, expr python.Expr) *django.QuerySet {
	iterable := firstIterable(pass.Deref(expr))
	if iterable == nil {
		return nil
	}
	return rowsOf(pass, iterable)
}

// rowsOf returns the QuerySet that an iterable walks through.
func rowsOf(pass *analyzer.Pass, iterable python.Expr) *django.QuerySet {
	if call, ok := iterable.(*python.Call); ok && pass.Qualified(call.Func) == "builtins.enumerate" && len(call.Args) > 0 {
		iterable = call.Args[0]
	}
	if rows := pass.QuerySet(iterable); rows != nil {
		return rows
	}
	if rows := pass.Iterated(iterable); rows != nil {
		return rows
	}
	if copied := pass.Copy(pass.Deref(iterable)); copied != nil {
		return copied.Rows
	}
	return nil
}

func remedy(pass *analyzer.Pass, rows *django.QuerySet) string {
	return "from itertools import islice\n\nrows = " + pass.Text(rows.Expr) + ".iterator(chunk_size=2000)\n" +
		"while batch := list(islice(rows, 100)):\n    for done in as_completed([executor.submit(work, row.pk) for row in batch]):\n        done.result()\n"
}
