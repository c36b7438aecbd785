package bulkcreateaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// isAtHand reports whether a loop meets a node only for what a container in memory has: if row["code"] in shops.
func isAtHand(pass *analyzer.Pass, node python.Node, loop *python.For) bool {
	for branch, holds := range pass.Branches(node) {
		if loop.Contains(branch.Span) && asksForMember(pass, loop, branch.Test, holds) {
			return true
		}
	}
	return false
}

// asksForMember reports whether a test that holds, or does not, means that something is in a container which was filled in front
// of a loop.
func asksForMember(pass *analyzer.Pass, loop python.Node, test python.Expr, holds bool) bool {
	switch t := test.(type) {
	case *python.BoolOp:
		return holds && t.Op == python.And && slices.ContainsFunc(t.Values, func(value python.Expr) bool {
			return asksForMember(pass, loop, value, holds)
		})
	case *python.UnaryOp:
		return t.Op == python.Not && asksForMember(pass, loop, t.Operand, !holds)
	case *python.Compare:
		if len(t.Ops) != 1 || holds != (t.Ops[0] == python.In) || !holds && t.Ops[0] != python.NotIn {
			return false
		}
		container, ok := t.Comparators[0].(*python.Name)
		return ok && !fills(pass, loop, container) && pass.QuerySet(container) == nil
	}
	return false
}

// fills reports whether a loop itself makes a container or adds to it.
func fills(pass *analyzer.Pass, loop python.Node, container *python.Name) bool {
	binding := pass.Binding(container)
	if binding == nil {
		return true
	}
	for _, def := range binding.Definitions {
		if loop.Range().Contains(def.Node.Range()) {
			return true
		}
	}
	return slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		if !loop.Range().Contains(use.Range()) {
			return false
		}
		kind := pass.UseOf(use).Kind
		return kind == names.Grows || kind == names.GrowsKeyed
	})
}
