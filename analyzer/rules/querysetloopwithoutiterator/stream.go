package querysetloopwithoutiterator

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// writesOut matches the names of functions and classes that hand out rows for somebody to take away, or for a search engine.
var writesOut = pattern.New(`(?i)csv|export|download|index|elastic|(^|[._])es_|_es([._]|$)|bulk|documents`)

// weighStream returns the weight of a loop that hands on one row after the other, so that all of them need not be held, from a QuerySet that
// holds them: that of a response that is streamed, which nobody does for few rows, or of a generator in an export. Whether a request
// asks for them does not matter.
func weighStream(pass *analyzer.Pass, w *walk) *weight {
	if pass.Batch(w.loop) || !pass.OnlyUseInOnce(w.iterable) || pass.DevelopersTool(w.loop) || pass.InScripts() {
		return nil
	}
	switch extent := pass.Extent(w.qs); {
	case extent != django.Whole && (extent != django.OfOne || w.qs.Related):
		return nil
	case w.body != nil && (!yields(pass, w) || pass.KeepsEachRow(w.qs, w.loop, w.target, w.body)):
		return nil
	case pass.IsStreamed(w.loop):
	case extent != django.Whole || w.body == nil || !writesOut.MatchString(pass.EnclosingName(w.loop)),
		pass.Scale(w.qs) == django.Configured, pass.Narrowed(w.qs):
		return nil
	}
	return &weight{severity: analyzer.Low, confidence: analyzer.MediumConfidence, preview: true}
}

// yields reports whether a loop hands something on in each pass.
func yields(pass *analyzer.Pass, w *walk) bool {
	for node := range pass.WithinBlock(w.body) {
		switch node.(type) {
		case *python.Yield, *python.YieldFrom:
			return true
		}
	}
	return false
}
