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
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, rows := range pass.Copies() {
		if !rows.Iterator || rows.Plain() || !isSequence(rows.Made) {
			// Sets and dicts are there to be looked up in; of plain rows iterator() saves a second list.
			continue
		}
		switch pass.Extent(rows.Rows) {
		case django.Few, django.Small:
		case django.OfOne:
			pass.Report(diagnose(pass, rows, analyzer.Medium))
		case django.Whole:
			pass.Report(diagnose(pass, rows, analyzer.High))
		}
	}
}

// confidenceIn is high where a loop or pieces of the list are all that comes of it. What else is done with it may need all
// rows, of which then only the call of iterator() is in vain; and those that others chose, or that belong to one object, may
// be few.
func confidenceIn(pass *analyzer.Pass, rows *django.Copy) analyzer.Confidence {
	destination, _ := pass.DestinationOf(rows.Expr)
	kept := destination == django.Kept
	chosen := rows.Rows.Given || pass.Extent(rows.Rows) != django.Whole
	switch {
	case kept && chosen, pass.Scale(rows.Rows) == django.Configured, pass.Narrowed(rows.Rows), pass.DevelopersTool(rows.Expr):
		return analyzer.LowConfidence
	case kept || chosen:
		return analyzer.MediumConfidence
	}
	return analyzer.HighConfidence
}

func isSequence(made string) bool { return made == "list" || made == "tuple" || made == "sorted" }

func diagnose(pass *analyzer.Pass, rows *django.Copy, severity analyzer.Severity) analyzer.Diagnostic {
	row := "row"
	if model := pass.ModelName(rows.Rows); model != "" {
		row = "`" + model + "`"
	}
	confidence := confidenceIn(pass, rows)
	if confidence != analyzer.HighConfidence {
		severity = analyzer.Medium
	}
	remedy := "for row in " + pass.Operand(rows.Rows.Expr) + ".iterator(chunk_size=2000):\n    ...\n"
	if pass.LosesPrefetch(rows.Rows) {
		remedy = pass.PrefetchedInPieces(rows.Rows)
	}
	if destination, _ := pass.DestinationOf(rows.Expr); destination == django.Kept {
		remedy = "" // What else is done with the list takes it in pieces too, or not at all.
	}
	return analyzer.Diagnostic{
		Span:       rows.Expr.Range(),
		Severity:   &severity,
		Confidence: &confidence,
		Preview:    !pass.FilledByUse(rows.Rows) || rows.Rows.HandOrdered(),
		Message:    "The " + kind(rows.Made) + " holds every " + row + " at once: `iterator()` fetches in pieces and saves nothing here",
		Remedy:     remedy,
	}
}

func kind(made string) string {
	if made == "sorted" {
		return "sorted list"
	}
	return made
}
