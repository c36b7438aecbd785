package loopaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// rows reports a list that keeps something large of every row of a table.
func rows(pass *analyzer.Pass, loop *python.For) {
	row, ok := loop.Target.(*python.Name)
	if !ok {
		return
	}
	qs := pass.QuerySet(loop.Iter)
	if qs == nil {
		qs = pass.Iterated(loop.Iter)
	}
	if qs == nil || qs.Plain() || !pass.Batch(loop) || pass.Extent(qs) != django.Whole {
		return
	}
	for _, c := range pass.Collected(loop, loop.Body) {
		stmt, ok := pass.Parent(c.Node).(*python.ExprStmt)
		if !ok || c.Kind != names.Grows || !slices.Contains(loop.Body, python.Stmt(stmt)) || !isLarge(c.Value, row) || savedInBulk(pass, c.Name, loop) {
			continue
		}
		confidence := confidenceIn(pass, loop, qs)
		pass.Report(analyzer.Diagnostic{
			Span:       c.Node.Range(),
			Confidence: &confidence,
			Preview:    true, // Many a list is what the code is for.
			Message:    "`" + c.Name + "` keeps something of every row until the loop has ended: it grows with the table",
			Remedy:     "if len(" + c.Name + ") >= 500:  # in the loop: hand on what there is\n    handle(" + c.Name + ")\n    " + c.Name + ".clear()\n",
		})
	}
}

// confidenceIn is medium for the rows of a table that use fills.
func confidenceIn(pass *analyzer.Pass, loop *python.For, qs *django.QuerySet) analyzer.Confidence {
	if pass.Scale(qs) != django.Collected || pass.Narrowed(qs) || pass.DevelopersTool(loop) || pass.Reverses(loop) {
		return analyzer.LowConfidence
	}
	return analyzer.MediumConfidence
}

// isLarge reports whether what is kept of a row is the row, a structure made of it, or an object that a call makes of it.
func isLarge(value python.Expr, row *python.Name) bool {
	switch v := value.(type) {
	case *python.Name:
		return v.Id == row.Id
	case *python.Dict, *python.List, *python.Tuple:
		return true
	case *python.Call:
		return slices.ContainsFunc(v.Args, func(arg python.Expr) bool { return isName(arg, row.Id) }) ||
			slices.ContainsFunc(v.Keywords, func(keyword *python.Keyword) bool { return isName(keyword.Value, row.Id) })
	}
	return false
}

func isName(expr python.Expr, id string) bool {
	name, ok := expr.(*python.Name)
	return ok && name.Id == id
}

// savedInBulk reports whether the list is handed to bulk_create or bulk_update, which another rule looks at.
func savedInBulk(pass *analyzer.Pass, list string, loop python.Node) bool {
	fn := pass.FunctionAt(loop)
	if fn == nil {
		return false
	}
	binding := fn.Scope.Lookup(list)
	return binding != nil && slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		parent := pass.Parent(use)
		if keyword, ok := parent.(*python.Keyword); ok {
			parent = pass.Parent(keyword)
		}
		call, ok := parent.(*python.Call)
		if !ok {
			return false
		}
		access, ok := call.Func.(*python.Attribute)
		return ok && (access.Attr == "bulk_create" || access.Attr == "bulk_update" || access.Attr == "abulk_create")
	})
}
