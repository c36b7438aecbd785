// Package gccollectbandaid reports gc.collect() where it is meant to free memory.
package gccollectbandaid

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
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
	Triggers:   []string{"gc.", "gc as", "from gc", "import gc"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.IsTool() {
		return
	}
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) != "gc.collect" || pass.ContextAt(call) == django.ImportContext || isTool(pass, call) || freezes(pass, call) {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    call.Span,
			Message: "`gc.collect()` frees cycles that nothing refers to, and nothing else: what the code still holds stays",
			Remedy:  "# Find the holder instead: a list that grows, or a QuerySet whose rows are cached.\n",
		}
		if !everySoOften(pass, call) {
			// Between two steps it may free the cycles that one of them is known to leave.
			d.Confidence = new(analyzer.LowConfidence)
		}
		pass.Report(d)
	}
}

// everySoOften reports whether a loop makes the call in some of its rounds: if i % 100 == 0.
func everySoOften(pass *analyzer.Pass, call *python.Call) bool {
	branch, ok := names.Inside[*python.If](pass.File.File, call)
	if !ok || pass.LoopAround(branch) == nil {
		return false
	}
	counts := false
	python.Walk(branch.Test, func(node python.Node) bool {
		op, ok := node.(*python.BinOp)
		counts = counts || ok && op.Op == python.Mod
		return !counts
	})
	return counts
}

// freezes reports whether the function around the call goes on to freeze what is left, as a server does before it forks.
func freezes(pass *analyzer.Pass, call *python.Call) bool {
	return slices.ContainsFunc(pass.Calls, func(other *python.Call) bool {
		return pass.Qualified(other.Func) == "gc.freeze" && pass.FunctionAt(other) == pass.FunctionAt(call)
	})
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
