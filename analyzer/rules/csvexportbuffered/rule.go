// Package csvexportbuffered reports CSV exports that are built in memory before the first byte is sent.
package csvexportbuffered

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports csv.writer() on an HttpResponse or a StringIO that a loop over a QuerySet fills.
var Rule = &analyzer.Rule{
	Name:       "csv-export-buffered",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"csv.writer", "csv.DictWriter", "from csv"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		switch pass.Qualified(call.Func) {
		case "csv.writer", "csv.DictWriter", "unicodecsv.writer", "unicodecsv.DictWriter":
		default:
			continue
		}
		if len(call.Args) == 0 {
			continue
		}
		buffer, made := bufferOf(pass, call.Args[0])
		if buffer == "" || isEmptied(pass, call.Args[0]) {
			continue
		}
		if e := written(pass, call); e.rows != nil {
			e.buffer, e.made = buffer, made
			e.report(pass)
		}
	}
}

// An export is a writer of CSV, and what it writes.
type export struct {
	// writer is the call that makes it, made the one that makes the buffer, which is called buffer.
	writer, made *python.Call
	buffer       string
	// headers are the calls before all loops, write is the one that writes the rows, and loop the loop over them, if there is one.
	headers []*python.Call
	write   *python.Call
	loop    *python.For
	rows    *django.QuerySet
	// chosen is true where a condition picks the rows that are written.
	chosen bool
}

// bufferOf names what a writer writes to, where that is held in memory, and returns the call that makes it.
func bufferOf(pass *analyzer.Pass, out python.Expr) (string, *python.Call) {
	name, ok := out.(*python.Name)
	if !ok {
		return "", nil
	}
	defs := pass.Reaching(name)
	for _, def := range defs {
		made, ok := def.Value.(*python.Call)
		if !ok {
			return "", nil
		}
		switch pass.Qualified(made.Func) {
		case "django.http.HttpResponse", "django.http.response.HttpResponse":
			return "HttpResponse", made
		case "io.StringIO", "io.BytesIO":
			return "StringIO", made
		}
	}
	return "", nil
}

// isEmptied reports whether a buffer is used for a line at a time: it is truncated.
func isEmptied(pass *analyzer.Pass, out python.Expr) bool {
	name, ok := out.(*python.Name)
	return ok && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		access, ok := pass.Parent(use).(*python.Attribute)
		return ok && access.Attr == "truncate"
	})
}

// written returns what a writer writes; it has no rows where that is no QuerySet's.
func written(pass *analyzer.Pass, call *python.Call) export {
	e := export{writer: call}
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return e
	}
	writer, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return e
	}
	for _, use := range pass.Binding(writer).Uses {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok {
			continue
		}
		method, ok := pass.Parent(access).(*python.Call)
		if !ok || method.Func != python.Expr(access) {
			continue
		}
		switch access.Attr {
		case "writeheader":
			e.headers = append(e.headers, method)
		case "writerow":
			if pass.LoopAround(method) == nil {
				e.headers = append(e.headers, method)
				continue
			}
			if e.rows, e.loop = loopedOver(pass, method); e.rows != nil {
				e.write, e.chosen = method, pass.IsChosen(method, e.loop)
				return e
			}
		case "writerows":
			if len(method.Args) == 1 {
				if e.rows = rowsOf(pass, method.Args[0]); e.rows != nil {
					e.write = method
					return e
				}
			}
		}
	}
	return e
}

// loopedOver returns the QuerySet of a loop around a node, and the loop.
func loopedOver(pass *analyzer.Pass, node python.Node) (*django.QuerySet, *python.For) {
	for loop := pass.LoopAround(node); loop != nil; loop = pass.LoopAround(loop) {
		if each, ok := loop.(*python.For); ok {
			if rows := rowsOf(pass, each.Iter); rows != nil {
				return rows, each
			}
		}
	}
	return nil, nil
}

// rowsOf returns the QuerySet that an iterable walks through, unless it is bounded.
func rowsOf(pass *analyzer.Pass, iterable python.Expr) *django.QuerySet {
	switch e := iterable.(type) {
	case *python.GeneratorExp:
		return rowsOf(pass, e.Generators[0].Iter)
	case *python.ListComp:
		return rowsOf(pass, e.Generators[0].Iter)
	}
	rows := pass.WalkedRows(iterable)
	if rows == nil {
		if copied := pass.Copy(pass.Deref(iterable)); copied != nil {
			rows = copied.Rows
		}
	}
	if rows == nil {
		return nil
	}
	if extent := pass.Extent(rows); extent == django.Few || extent == django.Small {
		return nil
	}
	return rows
}

func (e *export) report(pass *analyzer.Pass) {
	d := analyzer.Diagnostic{
		Span:    e.writer.Span,
		Message: "The " + e.buffer + " holds the whole CSV text in memory before the first line is sent",
		Remedy:  e.stream(pass),
		// Whether the rows that somebody selects, or those of a table nobody knows, are many shows nowhere.
		Preview: e.chosen || !pass.GrowsWithUse(e.rows),
	}
	if e.buffer == "StringIO" && pass.ContextAt(e.writer) != django.RequestContext {
		d.Remedy = e.toFile(pass)
	}
	switch {
	case pass.Extent(e.rows) != django.Whole:
		// The rows of one object may be few.
		d.Severity, d.Confidence = new(analyzer.Low), new(analyzer.LowConfidence)
	case !pass.Plenty(e.rows):
		d.Confidence = new(analyzer.LowConfidence)
	case !e.rows.Certain(pass.File):
		d.Confidence = new(analyzer.MediumConfidence)
	}
	pass.Report(d)
}
