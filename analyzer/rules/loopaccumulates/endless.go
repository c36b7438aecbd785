package loopaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// endless reports what a loop without an end collects.
func endless(pass *analyzer.Pass, loop *python.While) {
	if pass.DevelopersTool(loop) {
		return
	}
	for _, c := range pass.Collected(loop, loop.Body) {
		if _, constant := c.Key.(*python.Constant); constant || isUsedBehind(pass, c, loop) {
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
		if remembers(pass, c) {
			// What is asked whether it has something must forget by age or on purpose, which only its author can say.
			d.Remedy = ""
		}
		pass.Report(d)
	}
}

// isUsedBehind reports whether the code behind a loop uses what it has collected: something that nobody sees here ends it, such
// as an exception.
func isUsedBehind(pass *analyzer.Pass, c django.Collection, loop *python.While) bool {
	name, ok := c.Expr.(*python.Name)
	return ok && pass.Binding(name) != nil && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		return use.Start > loop.End && pass.FunctionAt(use) == pass.FunctionAt(loop)
	})
}

// remembers reports whether somebody asks a container whether something is in it.
func remembers(pass *analyzer.Pass, c django.Collection) bool {
	name, ok := c.Expr.(*python.Name)
	return ok && pass.Binding(name) != nil && slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		compare, ok := pass.Parent(use).(*python.Compare)
		return ok && compare.Left != python.Expr(use) && (compare.Ops[0] == python.In || compare.Ops[0] == python.NotIn)
	})
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
