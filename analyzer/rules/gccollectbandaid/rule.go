// Package gccollectbandaid reports gc.collect() where it is meant to free memory.
package gccollectbandaid

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
)

//go:embed doc.md
var doc string

// Rule reports gc.collect() in code that runs again and again.
var Rule = &analyzer.Rule{
	Name:       "gc-collect-bandaid",
	Doc:        doc,
	Severity:   analyzer.Info,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"gc"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) != "gc.collect" || pass.ContextAt(call) == django.ImportContext {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span:    call.Span,
			Message: "`gc.collect()` frees cycles that nothing refers to, and nothing else: what the code still holds stays",
			Remedy:  "# Find the holder instead: a list that grows, or a QuerySet whose rows are cached.\n",
		})
	}
}
