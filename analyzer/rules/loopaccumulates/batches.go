package loopaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// batches reports a list of all the rows that a cursor hands out in batches: one that the loop over the batches fills, or one that is
// made of the generator that yields them.
func batches(pass *analyzer.Pass, call *python.Call) {
	if access, ok := call.Func.(*python.Attribute); !ok || access.Attr != "fetchmany" {
		return
	}
	batch, loop := batchOf(pass, call)
	if batch == nil {
		return
	}
	for _, c := range pass.Collected(loop, loop.Body) {
		if c.Kind == names.Grows && (isName(c.Value, batch.Id) || isRowOf(pass, c, batch)) {
			reportBatches(pass, c.Node, "`"+c.Name+"`")
			return
		}
	}
	fn := pass.FunctionAt(call)
	if fn == nil {
		return
	}
	if _, yields := fn.Results(); !yields {
		return
	}
	for _, place := range pass.References(fn) {
		if made, ok := pass.Parent(place).(*python.Call); ok && made.Func == place {
			if list := listOf(pass, made); list != nil {
				reportBatches(pass, list, "The list")
			}
		}
	}
}

func reportBatches(pass *analyzer.Pass, node python.Node, holder string) {
	pass.Report(analyzer.Diagnostic{
		Span:    node.Range(),
		Preview: true, // What takes it next may need the whole.
		Message: holder + " holds every row in the end: to fetch them in batches saves nothing",
	})
}

// batchOf returns the variable that holds a batch, and the loop that fetches one after the other: while rows := cursor.fetchmany(1000).
func batchOf(pass *analyzer.Pass, fetch *python.Call) (*python.Name, *python.While) {
	switch parent := pass.Parent(fetch).(type) {
	case *python.NamedExpr:
		if loop, ok := pass.Parent(parent).(*python.While); ok {
			return parent.Target, loop
		}
	case *python.Assign:
		name, ok := parent.Targets[0].(*python.Name)
		if loop, inside := pass.LoopAround(parent).(*python.While); ok && inside {
			return name, loop
		}
	}
	return nil, nil
}

// isRowOf reports whether a container gets something large of every row of a batch.
func isRowOf(pass *analyzer.Pass, c django.Collection, batch *python.Name) bool {
	rows, ok := pass.LoopAround(c.Node).(*python.For)
	if !ok || !isName(rows.Iter, batch.Id) {
		return false
	}
	row, ok := rows.Target.(*python.Name)
	stmt, isStmt := pass.Parent(c.Node).(*python.ExprStmt)
	return ok && isStmt && slices.Contains(rows.Body, python.Stmt(stmt)) && isLarge(c.Value, row)
}

// listOf returns the list that is made of everything that an iterable yields, or nil.
func listOf(pass *analyzer.Pass, iterable *python.Call) python.Expr {
	switch parent := pass.Parent(iterable).(type) {
	case *python.Comprehension:
		if list, ok := pass.Parent(parent).(*python.ListComp); ok && parent.Iter == python.Expr(iterable) && len(parent.Ifs) == 0 {
			return list
		}
	case *python.Call:
		if pass.Qualified(parent.Func) == "builtins.list" {
			return parent
		}
	}
	return nil
}
