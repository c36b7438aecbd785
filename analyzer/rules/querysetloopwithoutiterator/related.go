package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
)

// weighRelated returns the weight of a loop over the rows that belong to one object. They are few, and often prefetched, so
// that iterator() would fetch them again; unless they are of a kind that piles up and the loop makes a query of its own.
func weighRelated(pass *analyzer.Pass, w *walk) *weight {
	joins := w.qs.Has("select_related") || w.qs.Prefetches()
	if !w.qs.PilesUp() || !asksAnew(w.qs) || pass.Narrowed(w.qs) || !isWorthIt(pass, w) {
		return nil
	}
	if !pass.Batch(w.loop) && (pass.ContextAt(w.loop) != django.OtherContext || w.body == nil || !joins) {
		return nil
	}
	return &weight{severity: analyzer.Low, confidence: analyzer.MediumConfidence, preview: true}
}

// asksAnew reports whether a QuerySet of related rows cannot be what was prefetched.
func asksAnew(qs *django.QuerySet) bool {
	return slices.ContainsFunc(qs.Steps, func(step django.Step) bool { return step.Method != "all" })
}
