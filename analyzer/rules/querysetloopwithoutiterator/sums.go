package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// weighSum returns the weight of a loop that only counts the rows of a table or adds them up, which the database does without one of
// them in memory, whoever asks for it.
func weighSum(pass *analyzer.Pass, w *walk) *weight {
	if pass.Batch(w.loop) || !pass.OnlyUse(w.iterable) && !pass.WalkedAlone(w.iterable) || w.qs.Plain() || !sums(w.body) ||
		w.qs.Given || pass.ModelName(w.qs) == "" || pass.Extent(w.qs) != django.Whole || pass.Scale(w.qs) == django.Configured {
		return nil
	}
	// A report on a quarter asks for what happened between two days, and that is not little where it is joined.
	if !pass.Plenty(w.qs) && (pass.InScripts() || pass.DevelopersTool(w.loop) || !w.qs.Has("select_related") || !isOfPeriod(w.qs)) {
		return nil
	}
	return &weight{severity: analyzer.Low, confidence: analyzer.MediumConfidence, preview: true}
}

// isOfPeriod reports whether a filter has two bounds for the same column: sent__gte=start, sent__lt=end.
func isOfPeriod(qs *django.QuerySet) bool {
	above, below := map[string]bool{}, map[string]bool{}
	for _, step := range qs.Steps {
		if step.Method != "filter" {
			continue
		}
		for _, keyword := range step.Call.Keywords {
			column, lookup := keyword.Name, ""
			if i := strings.LastIndex(keyword.Name, "__"); i >= 0 {
				column, lookup = keyword.Name[:i], keyword.Name[i:]
			}
			above[column] = above[column] || strings.HasPrefix(lookup, "__gt")
			below[column] = below[column] || strings.HasPrefix(lookup, "__lt")
			if above[column] && below[column] {
				return true
			}
		}
	}
	return false
}

// sums reports whether statements do nothing but count, add up and gather in sets.
func sums(body []python.Stmt) bool {
	counts := false
	for _, stmt := range body {
		switch s := stmt.(type) {
		case *python.AugAssign:
			if s.Op != python.Add || !isNumber(s) {
				return false
			}
			counts = true
		case *python.ExprStmt:
			if !gathers(s.Value) {
				return false
			}
			counts = true
		case *python.If:
			if hasCall(s.Test) || !sums(s.Body) && !onlyGoesOn(s.Body) || len(s.Orelse) > 0 && !sums(s.Orelse) && !onlyGoesOn(s.Orelse) {
				return false
			}
			counts = counts || !onlyGoesOn(s.Body) || len(s.Orelse) > 0 && !onlyGoesOn(s.Orelse)
		case *python.Continue, *python.Pass:
		default:
			return false
		}
	}
	return counts
}

// gathers reports whether an expression adds a column to a set: users.add(row.user_id).
func gathers(expr python.Expr) bool {
	call, ok := expr.(*python.Call)
	if !ok || len(call.Args) != 1 || len(call.Keywords) > 0 {
		return false
	}
	method, ok := call.Func.(*python.Attribute)
	if !ok || method.Attr != "add" {
		return false
	}
	_, isName := method.Value.(*python.Name)
	_, isColumn := call.Args[0].(*python.Attribute)
	return isName && isColumn
}

func onlyGoesOn(body []python.Stmt) bool {
	return !slices.ContainsFunc(body, func(stmt python.Stmt) bool {
		switch stmt.(type) {
		case *python.Continue, *python.Pass:
			return false
		}
		return true
	})
}

// isNumber reports whether what is added is a column or a constant, and no text, list or the outcome of a method.
func isNumber(sum *python.AugAssign) bool {
	switch v := sum.Value.(type) {
	case *python.Constant:
		return v.Kind == python.Int || v.Kind == python.Float
	case *python.Attribute:
		return true
	case *python.BoolOp, *python.BinOp:
		return !hasCall(v)
	}
	return false
}

func hasCall(expr python.Expr) bool {
	found := false
	python.Walk(expr, func(node python.Node) bool {
		_, call := node.(*python.Call)
		found = found || call
		return !found
	})
	return found
}
