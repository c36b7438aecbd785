// Package csvexportbuffered reports CSV exports that are built in memory before the first byte is sent.
package csvexportbuffered

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/project"
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
	Status:     analyzer.Stable,
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
		buffer := bufferOf(pass, call.Args[0])
		if buffer == "" || isEmptied(pass, call.Args[0]) {
			continue
		}
		if rows, chosen := written(pass, call); rows != nil {
			report(pass, call, buffer, rows, chosen)
		}
	}
}

// bufferOf names what a writer writes to, where that is held in memory.
func bufferOf(pass *analyzer.Pass, out python.Expr) string {
	name, ok := out.(*python.Name)
	if !ok {
		return ""
	}
	defs := pass.Reaching(name)
	for _, def := range defs {
		made, ok := def.Value.(*python.Call)
		if !ok {
			return ""
		}
		switch pass.Qualified(made.Func) {
		case "django.http.HttpResponse", "django.http.response.HttpResponse":
			return "HttpResponse"
		case "io.StringIO", "io.BytesIO":
			return "StringIO"
		}
	}
	return ""
}

// isEmptied reports whether a buffer is used for a line at a time: it is truncated.
func isEmptied(pass *analyzer.Pass, out python.Expr) bool {
	name, ok := out.(*python.Name)
	return ok && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		access, ok := pass.Parent(use).(*python.Attribute)
		return ok && access.Attr == "truncate"
	})
}

// written returns the QuerySet whose rows the writer writes, and whether a condition picks those that it writes.
func written(pass *analyzer.Pass, call *python.Call) (found *django.QuerySet, chosen bool) {
	assign, ok := pass.Parent(call).(*python.Assign)
	if !ok {
		return nil, false
	}
	writer, ok := assign.Targets[0].(*python.Name)
	if !ok {
		return nil, false
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
		case "writerow":
			if rows, loop := loopedOver(pass, method); rows != nil {
				return rows, pass.IsChosen(method, loop)
			}
		case "writerows":
			if len(method.Args) == 1 {
				if rows := rowsOf(pass, method.Args[0]); rows != nil {
					return rows, false
				}
			}
		}
	}
	return nil, false
}

// loopedOver returns the QuerySet of a loop around a node, and the loop.
func loopedOver(pass *analyzer.Pass, node python.Node) (*django.QuerySet, python.Node) {
	for loop := pass.LoopAround(node); loop != nil; loop = pass.LoopAround(loop) {
		if each, ok := loop.(*python.For); ok {
			if rows := rowsOf(pass, each.Iter); rows != nil {
				return rows, loop
			}
		}
	}
	return nil, nil
}

// rowsOf returns the QuerySet that an iterable walks through, unless it is bounded.
func rowsOf(pass *analyzer.Pass, iterable python.Expr) *django.QuerySet {
	switch e := iterable.(type) {
	case *python.Call:
		if len(e.Args) > 0 && pass.Qualified(e.Func) == "builtins.enumerate" {
			return rowsOf(pass, e.Args[0])
		}
	case *python.GeneratorExp:
		return rowsOf(pass, e.Generators[0].Iter)
	case *python.ListComp:
		return rowsOf(pass, e.Generators[0].Iter)
	}
	rows := pass.QuerySet(iterable)
	if rows == nil {
		rows = pass.Iterated(iterable)
	}
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

func report(pass *analyzer.Pass, call *python.Call, buffer string, rows *django.QuerySet, chosen bool) {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: "The " + buffer + " holds the whole CSV text in memory before the first line is sent",
		Remedy:  remedy(pass, rows),
		// Whether the rows that somebody selects, or those of a table nobody knows, are many shows nowhere.
		Preview: chosen || !pass.GrowsWithUse(rows),
	}
	if buffer == "StringIO" && pass.ContextAt(call) != django.RequestContext {
		d.Remedy = toFile(pass, rows)
	}
	switch {
	case pass.Extent(rows) != django.Whole:
		// The rows of one object may be few.
		d.Severity, d.Confidence = new(analyzer.Low), new(analyzer.LowConfidence)
	case !pass.Plenty(rows):
		d.Confidence = new(analyzer.LowConfidence)
	case !rows.Certain(pass.File):
		d.Confidence = new(analyzer.MediumConfidence)
	}
	pass.Report(d)
}

func remedy(pass *analyzer.Pass, rows *django.QuerySet) string {
	source := pass.Text(rows.Expr)
	head := "class Echo:\n    def write(self, value):\n        return value\n\n\nwriter = csv.writer(Echo())\n"
	if pass.Project.UnderASGI().Strength >= project.Likely {
		return head + "\nasync def lines():\n    async for row in " + source + ".aiterator(chunk_size=2000):\n        yield writer.writerow(to_list(row))\n\n" +
			"return StreamingHttpResponse(lines(), content_type=\"text/csv\")\n"
	}
	return head + "lines = (writer.writerow(to_list(row)) for row in " + source + ".iterator(chunk_size=2000))\n" +
		"return StreamingHttpResponse(lines, content_type=\"text/csv\")  # under ASGI: an async generator\n"
}

// toFile writes where no response is at hand, for whoever stores or sends the text.
func toFile(pass *analyzer.Pass, rows *django.QuerySet) string {
	return "with tempfile.TemporaryFile(\"w+\", newline=\"\") as out:\n    writer = csv.writer(out)\n    for row in " +
		pass.Text(rows.Expr) + ".iterator(chunk_size=2000):\n        writer.writerow(to_list(row))\n" +
		"    out.seek(0)  # what follows reads it in pieces\n"
}
