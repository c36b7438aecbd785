package loopaccumulates

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// endless reports what a loop without an end collects.
func endless(pass *analyzer.Pass, loop *python.While) {
	for _, c := range pass.Collected(loop, loop.Body) {
		if _, constant := c.Key.(*python.Constant); constant {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    c.Node.Range(),
			Message: "`" + c.Name + "` keeps something of every pass of a loop that does not end",
			Remedy:  "from collections import deque\n\n" + c.Name + " = deque(maxlen=1000)  # before the loop\n",
		}
		if c.Kind == names.GrowsKeyed {
			low := analyzer.LowConfidence
			d.Confidence = &low
		}
		pass.Report(d)
	}
}

// isEndless reports whether a loop has no way out but an exception or the end of the process.
func isEndless(pass *analyzer.Pass, loop *python.While) bool {
	constant, ok := loop.Test.(*python.Constant)
	if !ok || constant.Kind != python.True && constant.Raw != "1" {
		return false
	}
	return !leaves(pass, loop, loop.Body)
}

// leaves reports whether a statement leaves a loop: return, a break of its own, or a call that ends the process.
func leaves(pass *analyzer.Pass, loop python.Node, body []python.Stmt) bool {
	found := false
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.Return, *python.Yield, *python.YieldFrom:
				found = true
			case *python.Break:
				found = found || pass.LoopAround(n) == loop
			case *python.Call:
				// next(rows) raises StopIteration at the end.
				found = found || len(n.Args) == 1 && pass.Qualified(n.Func) == "builtins.next"
			}
			return !found
		})
	}
	return found
}
