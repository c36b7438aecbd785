// Package querysetlastindex reports indexes that fetch every row of a QuerySet to take one.
package querysetlastindex

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports queryset[len(queryset) - 1], list(queryset)[-1] and list(queryset)[0].
var Rule = &analyzer.Rule{
	Name:       "queryset-last-index",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"len(", "list(", "tuple("},
	QuerySets:  true,
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, subscript := range pass.Subscripts {
		check(pass, subscript)
	}
}

func check(pass *analyzer.Pass, subscript *python.Subscript) {
	rows, method := subscript.Value, ""
	switch {
	case isLast(pass, subscript):
		method = "last"
	case pass.Copy(rows) != nil:
		copied := pass.Copy(rows)
		if copied.Iterator || copied.Element != nil || copied.Made == "sorted" {
			return
		}
		rows = copied.Rows.Expr
		switch pass.Text(subscript.Slice) {
		case "0":
			method = "first"
		case "-1":
			method = "last"
		}
	}
	if method == "" {
		return
	}
	qs := pass.QuerySet(rows)
	if qs == nil || qs.Has("raw") || !onlyIndexed(pass, rows, subscript) {
		return
	}
	if extent := pass.Extent(qs); extent != django.Few && !pass.NamesRow(qs) {
		pass.Report(diagnose(pass, subscript, rows, qs, extent, method))
	}
}

// isLast reports whether an index is that of the last element: orders[len(orders) - 1].
func isLast(pass *analyzer.Pass, subscript *python.Subscript) bool {
	difference, ok := subscript.Slice.(*python.BinOp)
	if !ok || difference.Op != python.Sub || pass.Text(difference.Right) != "1" {
		return false
	}
	call, ok := difference.Left.(*python.Call)
	return ok && pass.Qualified(call.Func) == "builtins.len" && len(call.Args) == 1 &&
		pass.Text(call.Args[0]) == pass.Text(subscript.Value)
}

// onlyIndexed reports whether nothing but the index and the length in it need the rows.
func onlyIndexed(pass *analyzer.Pass, rows python.Expr, subscript *python.Subscript) bool {
	name, ok := rows.(*python.Name)
	if !ok {
		return pass.OnlyUse(rows)
	}
	for _, use := range pass.Binding(name).Uses {
		if !subscript.Contains(use.Span) && !pass.Asks(use) {
			return false
		}
	}
	return true
}

func diagnose(pass *analyzer.Pass, subscript *python.Subscript, rows python.Expr, qs *django.QuerySet, extent django.Extent, method string) analyzer.Diagnostic {
	text := pass.Operand(rows) + ".last()"
	check := "Is there always a row? last() returns None where the index raises IndexError. Without an order of its own it orders by the primary key."
	switch {
	case method == "last" && pass.Django().Before(1, 6): // https://docs.djangoproject.com/en/5.2/releases/1.6/
		text = pass.Operand(rows) + ".reverse()[0]"
		check = "Does the QuerySet have an order? Without one there is nothing to reverse."
	case method == "first":
		// It raises IndexError as the list does.
		text = pass.Operand(rows) + "[0]"
		check = "Does the QuerySet have an order? Without one the database may choose another row."
	}
	d := analyzer.Diagnostic{
		Span:    subscript.Span,
		Message: "The index fetches every row into memory to take the " + method + " one",
		Remedy:  text + "\n",
	}
	if extent != django.Whole {
		low := analyzer.Low
		d.Severity = &low
	}
	if !qs.Certain(pass.File) {
		low := analyzer.LowConfidence
		d.Confidence = &low
		return d
	}
	d.Preview = !pass.Evident(qs) || !pass.FilledByUse(qs)
	if !pass.Plenty(qs) {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	if fn := pass.FunctionAt(subscript); fn == nil || !fn.IsAsync {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Ask the database for the " + method + " row",
			Kind:    analyzer.UnsafeFix,
			Check:   check,
			Edits:   []analyzer.TextEdit{analyzer.Replace(subscript, text)},
		}}
	}
	return d
}
