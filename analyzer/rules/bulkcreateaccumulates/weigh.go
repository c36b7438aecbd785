package bulkcreateaccumulates

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// weigh says how much a list is likely to hold, how sure that is, and of what it holds one each: a row or a line.
func weigh(pass *analyzer.Pass, s save, c collection) (severity analyzer.Severity, confidence analyzer.Confidence, from string, ok bool) {
	iterable := unwrapped(pass, c.iterable)
	if rows := pass.Iterated(iterable); rows != nil {
		// Whoever asks for iterator() expects many rows.
		confidence = confidenceIn(pass, s, c, rows, true)
		if confidence == analyzer.HighConfidence && !pass.InMigration(s.call) {
			return analyzer.High, confidence, "row", pass.Extent(rows) == django.Whole
		}
		return analyzer.Medium, confidence, "row", pass.Extent(rows) == django.Whole
	}
	if rows := pass.QuerySet(iterable); rows != nil {
		works := pass.Batch(iterable) || c.fetched != nil && pass.ContextAt(iterable) == django.OtherContext && !rows.Has("filter") && !rows.Has("exclude")
		return analyzer.Medium, confidenceIn(pass, s, c, rows, false), "row", works && pass.Extent(rows) == django.Whole
	}
	if isLines(pass, iterable) {
		return analyzer.Medium, analyzer.MediumConfidence, line, true
	}
	if fn := pass.Generator(iterable); fn != nil && pass.Batch(iterable) {
		return analyzer.Medium, analyzer.LowConfidence, "value that `" + fn.Name + "` yields", true
	}
	return 0, 0, "", false
}

// line is what a list holds one each of where it is made from a file.
const line = "line of the file"

// maybeLong reports whether a list that nobody can be sure of may well be long: one of a row for each of a table of which nobody
// knows how large it is, or of what a generator yields.
func maybeLong(pass *analyzer.Pass, s save, c collection) bool {
	if pass.DevelopersTool(s.call) || pass.Reverses(s.call) {
		return false
	}
	iterable := unwrapped(pass, c.iterable)
	rows := pass.Iterated(iterable)
	if rows == nil {
		rows = pass.QuerySet(iterable)
	}
	if rows == nil {
		return true
	}
	return pass.Scale(rows) != django.Configured && !rows.Given && !pass.Narrowed(rows) && !pass.Mismatched(rows)
}

// confidenceIn says how sure it is that a QuerySet has many rows of which most are saved.
func confidenceIn(pass *analyzer.Pass, s save, c collection, rows *django.QuerySet, iterated bool) analyzer.Confidence {
	scale := pass.Scale(rows)
	switch {
	case scale == django.Configured, rows.Given, pass.Narrowed(rows), pass.Mismatched(rows), pass.DevelopersTool(s.call), pass.Reverses(s.call):
		return analyzer.LowConfidence
	case c.chosen:
		// Those that a condition picks may be few.
		if scale == django.Collected && iterated {
			return analyzer.MediumConfidence
		}
		return analyzer.LowConfidence
	case iterated:
		return analyzer.HighConfidence
	case scale == django.Collected:
		return analyzer.MediumConfidence
	}
	return analyzer.LowConfidence
}

// unwrapped returns the iterable inside a call that counts or shows its elements.
func unwrapped(pass *analyzer.Pass, iterable python.Expr) python.Expr {
	if call, ok := iterable.(*python.Call); ok && len(call.Args) > 0 {
		switch pass.Qualified(call.Func) {
		case "builtins.enumerate", "tqdm.tqdm":
			return unwrapped(pass, call.Args[0])
		}
	}
	return iterable
}

// isLines reports whether an iterable yields the lines of a file: the open file, csv.reader() of it or of its text, or a list of them.
func isLines(pass *analyzer.Pass, iterable python.Expr) bool {
	const steps = 4 // Longer chains are no code that people write; rows = list(rows) must end.
	expr := pass.Deref(iterable)
	for range steps {
		inner, reads := taken(pass, expr)
		if inner == nil {
			break
		}
		if expr = pass.Deref(inner); reads && isText(pass, expr) {
			return true
		}
	}
	if pass.IsUpload(expr) {
		return true
	}
	file := pass.FileObject(expr)
	return file != nil && (file.Path == nil || !pass.IsFixedPath(file.Path)) && file.Kind != django.FieldFile
}

// taken returns what the lines come from that an expression only reads as rows of a table, lists, or leaves the first of out; nil for any
// other. It returns true for one that reads rows.
func taken(pass *analyzer.Pass, expr python.Expr) (from python.Expr, reads bool) {
	switch e := expr.(type) {
	case *python.ListComp:
		return e.Generators[0].Iter, false
	case *python.Subscript:
		if rest, ok := e.Slice.(*python.Slice); ok && rest.Upper == nil {
			return e.Value, false
		}
	case *python.Call:
		if len(e.Args) == 0 {
			return nil, false
		}
		switch pass.Qualified(e.Func) {
		case "csv.reader", "csv.DictReader":
			return e.Args[0], true
		case "builtins.list":
			return e.Args[0], false
		}
	}
	return nil, false
}

// isText reports whether an expression is a text cut into its lines, or read as a file is.
func isText(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := expr.(*python.Call)
	if !ok {
		return false
	}
	if pass.Qualified(call.Func) == "io.StringIO" {
		return len(call.Args) == 1
	}
	access, ok := call.Func.(*python.Attribute)
	return ok && (access.Attr == "splitlines" || access.Attr == "split")
}
