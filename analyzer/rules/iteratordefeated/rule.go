// Package iteratordefeated reports lists of what iterator() fetches in pieces.
package iteratordefeated

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports list() and its like around iterator().
var Rule = &analyzer.Rule{
	Name:       "iterator-defeated",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	Triggers:   []string{"iterator("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, rows := range pass.Copies() {
		if !rows.Iterator || rows.Plain() || !isSequence(rows.Made) {
			// Sets and dicts are there to be looked up in; of plain rows iterator() saves a second list.
			continue
		}
		switch extent := pass.Extent(rows.Rows); extent {
		case django.Few, django.Small:
		case django.OfOne:
			pass.Report(diagnose(pass, rows, analyzer.Medium))
		case django.Whole:
			pass.Report(diagnose(pass, rows, analyzer.High))
		}
	}
}

func isSequence(made string) bool { return made == "list" || made == "tuple" || made == "sorted" }

func diagnose(pass *analyzer.Pass, rows *django.Copy, severity analyzer.Severity) analyzer.Diagnostic {
	row := "row"
	if rows.Rows.Model != "" {
		row = "`" + rows.Rows.Model + "`"
	}
	return analyzer.Diagnostic{
		Span:     rows.Expr.Range(),
		Severity: &severity,
		Message:  "The " + kind(rows.Made) + " holds every " + row + " at once: `iterator()` fetches in pieces and saves nothing here",
		Remedy:   "for row in " + pass.Text(rows.Rows.Expr) + ".iterator(chunk_size=2000):\n    ...\n",
	}
}

func kind(made string) string {
	if made == "sorted" {
		return "sorted list"
	}
	return made
}
