package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// KeepsEachRow reports whether a loop over a QuerySet keeps its rows, or what it makes of them to save it at once, in a
// container that nothing in the loop empties: to fetch them in pieces spares nothing then.
func (f *File) KeepsEachRow(q *QuerySet, loop python.Node, row python.Expr, body []python.Stmt) bool {
	found := false
	for _, stmt := range body {
		f.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.Name:
				found = found || f.keepsRow(q, loop, row, body, n)
			case *python.Attribute:
				found = found || f.keepsRow(q, loop, row, body, n)
			}
			return !found
		})
	}
	return found
}

// keepsRow reports whether a use of a name or an attribute puts a row into the container behind it.
func (f *File) keepsRow(q *QuerySet, loop python.Node, row python.Expr, body []python.Stmt, container python.Expr) bool {
	use := f.UseOf(container)
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return false
	}
	if joined, ok := use.Value.(*python.Attribute); ok && HoldsRow(joined.Value, row) && q.joins(joined.Attr) {
		return true
	}
	name, ok := container.(*python.Name)
	if !ok {
		return HoldsRow(use.Value, row)
	}
	if !slices.ContainsFunc(f.Collected(loop, body), func(c Collection) bool { return c.Expr == container }) {
		return false // Emptied in the loop, or made in it.
	}
	return HoldsRow(use.Value, row) ||
		slices.ContainsFunc(f.Binding(name).Uses, func(use *python.Name) bool { return f.SavedInBulk(use) })
}

// joins reports whether a QuerySet fetches a related object with each row.
func (q *QuerySet) joins(relation string) bool {
	call := q.Last("select_related")
	return call != nil && slices.ContainsFunc(call.Args, func(arg python.Expr) bool {
		constant, ok := arg.(*python.Constant)
		if !ok {
			return false
		}
		path, _ := constant.Str()
		first, _, _ := strings.Cut(path, "__")
		return first == relation
	})
}

// HoldsRow reports whether a value is the row that a loop walks over, or a display that it stands in.
func HoldsRow(value, row python.Expr) bool {
	name, ok := row.(*python.Name)
	if !ok {
		return false
	}
	isHeld := func(element python.Expr) bool { return HoldsRow(element, row) }
	switch v := value.(type) {
	case *python.Name:
		return v.Id == name.Id
	case *python.Tuple:
		return slices.ContainsFunc(v.Elts, isHeld)
	case *python.List:
		return slices.ContainsFunc(v.Elts, isHeld)
	case *python.Dict:
		return slices.ContainsFunc(v.Values, isHeld)
	}
	return false
}

// SavedInBulk reports whether an expression is what bulk_create() or bulk_update() saves.
func (f *File) SavedInBulk(expr python.Node) bool {
	parent := f.Parent(expr)
	if keyword, ok := parent.(*python.Keyword); ok {
		parent = f.Parent(keyword)
	}
	call, ok := parent.(*python.Call)
	return ok && strings.Contains(python.LastName(call.Func), "bulk_")
}
