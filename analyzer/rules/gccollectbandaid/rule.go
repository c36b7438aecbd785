// Package gccollectbandaid reports gc.collect() where it is meant to free memory.
package gccollectbandaid

import (
	_ "embed"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
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
		if pass.Qualified(call.Func) != "gc.collect" || pass.ContextAt(call) == django.ImportContext || isTool(pass, call) {
			continue
		}
		pass.Report(analyzer.Diagnostic{
			Span:    call.Span,
			Message: "`gc.collect()` frees cycles that nothing refers to, and nothing else: what the code still holds stays",
			Remedy:  "# Find the holder instead: a list that grows, or a QuerySet whose rows are cached.\n",
		})
	}
}

// isTool reports whether the function around the call is there to collect: it says so in its name.
func isTool(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	if fn == nil {
		return false
	}
	name := strings.ToLower(fn.Name)
	return strings.Contains(name, "garbage") || strings.Contains(name, "gc") || strings.Contains(name, "collect")
}
