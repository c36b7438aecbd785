// Package gcdisabled reports a collector that is switched off and never on again.
package gcdisabled

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports gc.disable() in a file that never enables the collector again.
var Rule = &analyzer.Rule{
	Name:       "gc-disabled",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"disable"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	var disabled []*python.Call
	for _, call := range pass.Calls {
		switch pass.Qualified(call.Func) {
		case "gc.disable":
			disabled = append(disabled, call)
		case "gc.enable", "gc.freeze":
			// Enabled again somewhere, or a server that forks: gunicorn's advice is disable, freeze, enable in the worker.
			return
		}
	}
	for _, call := range disabled {
		pass.Report(analyzer.Diagnostic{
			Span:    call.Span,
			Message: "`gc.disable()` keeps every cycle of objects for the life of the process; nothing here enables the collector again",
			Remedy:  "gc.disable()\ntry:\n    ...\nfinally:\n    gc.enable()\n",
		})
	}
}
