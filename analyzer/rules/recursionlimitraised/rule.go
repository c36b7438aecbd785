// Package recursionlimitraised reports a recursion limit that lets the stack grow far.
package recursionlimitraised

import (
	_ "embed"
	"strconv"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports sys.setrecursionlimit() with more than 10,000.
var Rule = &analyzer.Rule{
	Name:       "recursion-limit-raised",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.LowConfidence,
	Fix:        analyzer.NoFix,
	Status:     analyzer.Preview,
	Triggers:   []string{"setrecursionlimit"},
	Run:        run,
}

// limit is ten times Python's own.
const limit = 10_000

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) != "sys.setrecursionlimit" || len(call.Args) != 1 {
			continue
		}
		constant, ok := pass.Deref(call.Args[0]).(*python.Constant)
		if !ok {
			continue
		}
		if n, ok := constant.Int(); ok && n > limit {
			pass.Report(analyzer.Diagnostic{
				Span:    call.Span,
				Message: "A recursion of " + strconv.FormatInt(n, 10) + " levels keeps the frame of every level alive, and may overflow the thread's stack",
				Remedy:  "# Keep the nodes to visit in a list of your own instead of recursing.\n",
			})
		}
	}
}
