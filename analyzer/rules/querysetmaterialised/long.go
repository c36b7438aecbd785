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

// isLikelyLong reports whether the code itself tells that a list is long or made in vain: a part of it or pieces are all that is used,
// its rows are those of any model, or use fills the table, by its name and by its fields, and neither values at hand pick some of it, nor
// a filter that was put together elsewhere, nor a time at which its rows are to go.
func isLikelyLong(pass *analyzer.Pass, rows *django.Copy, destination django.Destination) bool {
	if destination == django.Chunked || partOf(pass, rows.Expr) != nil || pass.ModelName(rows.Rows) == "" {
		return true
	}
	return pass.Scale(rows.Rows) == django.Collected && pass.FilledByUse(rows.Rows) && !pass.PickedByHand(rows.Rows) && !rows.Rows.Expires() && !deletesEach(pass, rows)
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
