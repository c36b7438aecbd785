package querysetloopwithoutiterator

import (
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// writesOut matches the names of functions and classes that hand out rows for somebody to take away, or for a search engine.
var writesOut = pattern.New(`(?i)csv|export|download|index|elastic|(^|[._])es_|_es([._]|$)|bulk|documents`)

// exports matches the paths of modules that hold nothing but reports and exports.
var exports = pattern.New(`(?i)(^|[/_])(exports?|exporters?|exporting|reports?|reporting|csv|downloads?|documents|dumps?)([/_.]|$)`)

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
	case extent != django.Whole || w.body == nil || !belongsToExport(pass, w),
		pass.Scale(w.qs) == django.Configured, pass.Narrowed(w.qs):
		return nil
	}
	return &weight{severity: analyzer.Low, confidence: analyzer.MediumConfidence, preview: true}
}

// belongsToExport reports whether a loop stands in an export or a report: by what the function or the class around it is called, or by the
// module's name, unless get_queryset() of who knows what class makes the rows.
func belongsToExport(pass *analyzer.Pass, w *walk) bool {
	name := pass.EnclosingName(w.loop)
	if writesOut.MatchString(name) {
		return true
	}
	call, ok := w.qs.Root.(*python.Call)
	isUnseen := ok && python.LastName(call.Func) == "get_queryset" && w.qs.Model == ""
	return !isUnseen && (exports.MatchString(pass.Path) || strings.HasSuffix(name, "_rows"))
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
