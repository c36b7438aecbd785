package querysetmaterialised

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
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
