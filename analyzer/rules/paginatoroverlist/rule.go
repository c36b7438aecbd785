// Package paginatoroverlist reports Paginators that are handed every row to show one page.
package paginatoroverlist

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports Paginator(list(queryset)).
var Rule = &analyzer.Rule{
	Name:       "paginator-over-list",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"Paginator"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, rows := range pass.Copies() {
		destination, _ := pass.DestinationOf(rows.Expr)
		if destination == django.Paginated && pass.Extent(rows.Rows) != django.Few {
			pass.Report(diagnose(pass, rows))
		}
	}
}

func diagnose(pass *analyzer.Pass, rows *django.Copy) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    rows.Expr.Range(),
		Message: "The Paginator is handed every row to show one page: of a QuerySet it fetches the page",
		Remedy:  pass.Text(rows.Rows.Expr) + "  # instead of " + pass.Text(rows.Expr) + "\n",
		Preview: !pass.FilledByUse(rows.Rows),
	}
	switch sorted, ok := rows.Expr.(*python.Call); {
	case !pass.Plenty(rows.Rows), ok && rows.Made == "sorted" && len(sorted.Keywords) > 0:
		// The rows of one object may be few, and no database may know the order.
		d.Confidence = new(analyzer.LowConfidence)
	case !rows.Rows.Certain(pass.File):
		d.Confidence = new(analyzer.MediumConfidence)
	}
	if rows.Element != nil || rows.Made == "sorted" || rows.Iterator {
		d.Remedy = "# Sort with order_by(), and make of each row what the page needs when the page is there:\n# page.object_list\n"
		return d
	}
	if call, ok := rows.Expr.(*python.Call); !ok || len(call.Args) != 1 || !rows.Rows.Certain(pass.File) || rows.Made == "set" || rows.Made == "frozenset" {
		return d
	}
	kind, check := analyzer.SafeFix, ""
	if !rows.Rows.Has("order_by") {
		// The list had no order either, but the Paginator now says so.
		kind, check = analyzer.UnsafeFix, "Has the model an ordering? Without one Paginator warns, and rows may show up on two pages."
	}
	d.Fixes = []analyzer.SuggestedFix{{
		Message: "Hand the QuerySet to the Paginator",
		Kind:    kind,
		Check:   check,
		Edits:   []analyzer.TextEdit{analyzer.Replace(rows.Expr, pass.Text(rows.Rows.Expr))},
	}}
	return d
}
