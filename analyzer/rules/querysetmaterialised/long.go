package querysetmaterialised

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// maybeLong reports whether a list that nobody can be sure of may well be long: one of a command or a task, or one that is cut
// into pieces, of a table of which nothing tells that it is small.
func maybeLong(pass *analyzer.Pass, rows *django.Copy, destination django.Destination, counted bool) bool {
	switch rows.Made {
	case "list", "tuple", "sorted":
	default:
		return false
	}
	if confidenceIn(pass, rows) == analyzer.LowConfidence || pass.Mismatched(rows.Rows) || isHandful(rows.Rows) {
		return false
	}
	collected := pass.Scale(rows.Rows) == django.Collected || rows.Rows.PilesUp()
	whole := pass.Extent(rows.Rows) == django.Whole
	switch {
	case destination == django.Chunked:
		return whole || collected
	case !pass.Batch(rows.Expr) || rows.Plain():
		return false
	case destination == django.Walked:
		return whole || counted
	}
	return whole && collected // What is kept is looked up in, mostly.
}

// isLikelyLong reports whether the code itself tells that a list is long: it works through a table that use fills, and neither values at
// hand pick some of the rows, nor a time at which they are to go. What a filter leaves may be few, but a loop that asks for it without
// end meets the day on which it is not.
func isLikelyLong(pass *analyzer.Pass, rows *django.Copy) bool {
	if pass.Scale(rows.Rows) != django.Collected || !pass.WorksThrough(rows.Rows, rows.Expr) || pass.PickedByHand(rows.Rows) || rows.Rows.Expires() || deletesEach(pass, rows) {
		return false
	}
	if isRemade(pass, rows.Expr) {
		return pass.FilledByUse(rows.Rows)
	}
	fn := pass.FunctionAt(rows.Expr)
	return pass.GrowsWithUse(rows.Rows) && (fn == nil || !pass.Abandoned(fn))
}

// deletesEach reports whether a loop over a list deletes each of its rows: what is to be deleted next time is what has come since.
func deletesEach(pass *analyzer.Pass, rows *django.Copy) bool {
	return rows.Rows.Has("filter") && slices.ContainsFunc(pass.Loops, func(loop *python.For) bool {
		return pass.Deref(loop.Iter) == rows.Expr && slices.ContainsFunc(loop.Body, func(stmt python.Stmt) bool {
			alone, ok := stmt.(*python.ExprStmt)
			if !ok {
				return false
			}
			call, ok := alone.Value.(*python.Call)
			if !ok {
				return false
			}
			method, ok := call.Func.(*python.Attribute)
			return ok && method.Attr == "delete" && django.HoldsRow(method.Value, loop.Target)
		})
	})
}
