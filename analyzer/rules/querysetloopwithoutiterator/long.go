package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// isLong reports whether a loop is likely to meet many rows: the model's name says that use brings them in, or whoever
// wrote a command or a task expected many.
func isLong(pass *analyzer.Pass, w *walk) bool {
	if pass.Narrowed(w.qs) || pass.DevelopersTool(w.loop) || wipes(w) {
		return false
	}
	migration := pass.InMigration(w.loop)
	switch scale := pass.Scale(w.qs); {
	case scale == django.Configured:
		return false
	case scale == django.Collected, pass.GrowsWithUse(w.qs):
		return !migration || !pass.Mismatched(w.qs)
	}
	if migration {
		return false // Most tables are small, and a migration says nothing of them.
	}
	if isOfAnyModel(pass, w.qs) {
		return true
	}
	joins := w.qs.Has("select_related") || w.qs.Prefetches() || w.qs.Has("only") || w.qs.Has("defer")
	return joins || w.wrapped || cutsOff(pass, w.iterable) || tellsProgress(pass, w.body) || savesInPieces(pass, w)
}

// mayBeLong reports whether a loop walks over a table of which nobody knows how large it is, and asks for no small part of it.
func mayBeLong(pass *analyzer.Pass, w *walk) bool {
	return pass.Scale(w.qs) == django.UnknownScale && !pass.Narrowed(w.qs) && !pass.Mismatched(w.qs) && !pass.DevelopersTool(w.loop) && !wipes(w)
}

// wipes reports whether a loop does nothing but delete each row of a whole table, or its file, which is done to tables that
// are filled again and to those that nobody fills any more.
func wipes(w *walk) bool {
	if w.body == nil || w.qs.Has("filter") || w.qs.Has("exclude") {
		return false
	}
	deletes := false
	for _, stmt := range w.body {
		call, ok := callOf(stmt)
		if !ok {
			return false
		}
		switch python.LastName(call.Func) {
		case "delete":
			if !isOfRow(call, w.target) {
				return false
			}
			deletes = true
		case "print", "write", "info", "debug":
		default:
			return false
		}
	}
	return deletes
}

// isOfRow reports whether a method is called on the row or on one of its attributes: row.delete(), row.file.delete().
func isOfRow(call *python.Call, row python.Expr) bool {
	method, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	if attribute, ok := method.Value.(*python.Attribute); ok {
		return django.HoldsRow(attribute.Value, row)
	}
	return django.HoldsRow(method.Value, row)
}

// callOf returns the call that is all of a statement.
func callOf(stmt python.Stmt) (*python.Call, bool) {
	alone, ok := stmt.(*python.ExprStmt)
	if !ok {
		return nil, false
	}
	call, ok := alone.Value.(*python.Call)
	return call, ok
}

// announcesTotal reports whether the rows are counted for whoever shows how far the loop has come: progress(total=rows.count()), or
// rows.count() in whatever way where the loop counts them off.
func announcesTotal(pass *analyzer.Pass, w *walk) bool {
	name, ok := w.iterable.(*python.Name)
	if !ok || pass.Narrowed(w.qs) || pass.Scale(w.qs) == django.Configured || onlyTells(w.body) {
		return false
	}
	return slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok || access.Attr != "count" {
			return false
		}
		keyword, ok := pass.Parent(pass.Parent(access)).(*python.Keyword)
		return w.wrapped || ok && (keyword.Name == "total" || keyword.Name == "maxval" || keyword.Name == "max_value")
	})
}

// isOfAnyModel reports whether a loop works on whatever model or QuerySet it is given, the largest too.
func isOfAnyModel(pass *analyzer.Pass, qs *django.QuerySet) bool {
	switch root := qs.Root.(type) {
	case *python.Name:
		fn := pass.FunctionAt(root)
		return qs.Given && qs.Model == "" && (fn == nil || root.Id != fn.Self())
	case *python.Attribute:
		name, ok := root.Value.(*python.Name)
		return ok && strings.HasSuffix(name.Id, "model") && !slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
			return def.Kind == names.Parameter // Whoever calls knows which.
		})
	}
	return false
}

// cutsOff reports whether the variable that is walked over is cut off on another way through the code, such as where an
// option asks for it: nobody offers a limit for few rows.
func cutsOff(pass *analyzer.Pass, iterable python.Expr) bool {
	name, ok := iterable.(*python.Name)
	if !ok {
		return false
	}
	return slices.ContainsFunc(pass.Reaching(name), func(def names.Definition) bool {
		_, cut := def.Value.(*python.Subscript)
		return cut
	})
}

// tellsProgress reports whether a loop tells how far it has come every so many rows.
func tellsProgress(pass *analyzer.Pass, body []python.Stmt) bool {
	found := false
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.BinOp:
				found = found || n.Op == python.Mod && isPace(n.Right)
			case *python.Call:
				switch pass.Qualified(n.Func) {
				case "gc.collect", "django.db.reset_queries":
					found = true
				}
			}
			return !found
		})
	}
	return found
}

// savesInPieces reports whether a loop saves what it has collected every so many rows, as one does who expects many:
// if len(changed) >= 500: Order.objects.bulk_update(changed, ["open"]).
func savesInPieces(pass *analyzer.Pass, w *walk) bool {
	for _, stmt := range w.body {
		found := false
		python.Walk(stmt, func(node python.Node) bool {
			if branch, ok := node.(*python.If); ok {
				found = found || measures(pass, branch.Test) && savesInBulk(branch.Body)
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// measures reports whether a test compares how many a container holds: len(changed) >= 500.
func measures(pass *analyzer.Pass, test python.Expr) bool {
	compare, ok := test.(*python.Compare)
	if !ok {
		return false
	}
	call, ok := compare.Left.(*python.Call)
	return ok && pass.Qualified(call.Func) == "builtins.len"
}

// savesInBulk reports whether a block calls bulk_create() or bulk_update().
func savesInBulk(block []python.Stmt) bool {
	return slices.ContainsFunc(block, func(stmt python.Stmt) bool {
		call, ok := callOf(stmt)
		return ok && strings.Contains(python.LastName(call.Func), "bulk_")
	})
}

// isPace reports whether an expression is a number of rows after which a loop may tell something: 100, batch_size.
func isPace(expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Constant:
		return e.Kind == python.Int && len(e.Raw) > 1
	case *python.Name:
		return pace.MatchString(e.Id)
	}
	return false
}

var pace = pattern.New(`(?i)batch|chunk|every|interval|step`)
