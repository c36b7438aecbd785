// Package bulkcreateaccumulates reports lists that collect a new object for every row or line before they are saved at once.
package bulkcreateaccumulates

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports bulk_create() and bulk_update() of what a loop over an unbounded source collected.
var Rule = &analyzer.Rule{
	Name:       "bulk-create-accumulates",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"bulk_create", "bulk_update"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if objects := saved(call); objects != nil {
			check(pass, call, objects)
		}
	}
}

// saved returns what a call saves in bulk.
func saved(call *python.Call) python.Expr {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return nil
	}
	switch access.Attr {
	case "bulk_create", "bulk_update", "abulk_create", "abulk_update":
	default:
		return nil
	}
	if objs := names.Keyword(call, "objs"); objs != nil {
		return objs.Value
	}
	if len(call.Args) == 0 {
		return nil
	}
	return call.Args[0]
}

// A source is what an unbounded number of objects is made of.
type source struct {
	severity   analyzer.Severity
	confidence analyzer.Confidence
	what       string
}

func check(pass *analyzer.Pass, call *python.Call, objects python.Expr) {
	switch e := objects.(type) {
	case *python.ListComp:
		report(pass, call, e.Generators[0].Iter, "the list")
	case *python.GeneratorExp:
		report(pass, call, e.Generators[0].Iter, "the list that it makes of the generator")
	case *python.Name:
		if list, ok := pass.Deref(e).(*python.ListComp); ok {
			report(pass, call, list.Generators[0].Iter, "`"+e.Id+"`")
			return
		}
		for _, loop := range pass.Loops {
			if !loop.Contains(call.Span) && collects(pass, loop, e, call) {
				report(pass, call, loop.Iter, "`"+e.Id+"`")
				return
			}
		}
	}
}

// collects reports whether a loop in front of a call fills the list that the call saves.
func collects(pass *analyzer.Pass, loop *python.For, list *python.Name, call *python.Call) bool {
	if loop.End > call.Start || pass.FunctionAt(loop) != pass.FunctionAt(call) {
		return false
	}
	return slices.ContainsFunc(pass.Collected(loop, loop.Body), func(c django.Collection) bool {
		name, ok := c.Expr.(*python.Name)
		return ok && c.Kind == names.Grows && pass.Binding(name) == pass.Binding(list)
	})
}

func report(pass *analyzer.Pass, call *python.Call, iterable python.Expr, holder string) {
	from, ok := unbounded(pass, iterable)
	if !ok {
		return
	}
	message := holder + " holds a new object for every " + from.what + " before the first is saved"
	if names.Keyword(call, "batch_size") != nil {
		message += ": `batch_size` bounds the statements, not the list"
	}
	access, _ := call.Func.(*python.Attribute)
	model := pass.Text(access.Value)
	pass.Report(analyzer.Diagnostic{
		Span:       call.Func.Range(),
		Message:    message,
		Severity:   &from.severity,
		Confidence: &from.confidence,
		Remedy: "from itertools import islice\n\nobjects = (make(row) for row in rows)  # a generator\n" +
			"while batch := list(islice(objects, 500)):\n    " + model + "." + access.Attr + "(batch)\n",
	})
}

// unbounded says what an iterable yields without a bound: the rows of a table, or the lines of a file.
func unbounded(pass *analyzer.Pass, iterable python.Expr) (source, bool) {
	if call, ok := iterable.(*python.Call); ok && len(call.Args) > 0 {
		switch pass.Qualified(call.Func) {
		case "builtins.enumerate", "tqdm.tqdm":
			return unbounded(pass, call.Args[0])
		}
	}
	if rows := pass.Iterated(iterable); rows != nil {
		return source{analyzer.High, analyzer.HighConfidence, "row"}, pass.Extent(rows) == django.Whole
	}
	if rows := pass.QuerySet(iterable); rows != nil {
		if !pass.Batch(iterable) {
			return source{}, false
		}
		return source{analyzer.Medium, analyzer.MediumConfidence, "row"}, pass.Extent(rows) == django.Whole
	}
	if isLines(pass, iterable) {
		return source{analyzer.High, analyzer.HighConfidence, "line of the file"}, true
	}
	return source{}, false
}

// isLines reports whether an iterable yields the lines of a file: the open file, or csv.reader() of it.
func isLines(pass *analyzer.Pass, iterable python.Expr) bool {
	expr := pass.Deref(iterable)
	if call, ok := expr.(*python.Call); ok {
		switch pass.Qualified(call.Func) {
		case "csv.reader", "csv.DictReader":
			if len(call.Args) == 0 {
				return false
			}
			expr = call.Args[0]
		}
	}
	if pass.IsUpload(expr) {
		return true
	}
	file := pass.FileObject(expr)
	return file != nil && (file.Path == nil || !pass.IsFixedPath(file.Path)) && file.Kind != django.FieldFile
}
