package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// isWorthIt reports whether iterator() would spare what matters: not where the loop keeps the rows itself, where they are
// no more than a value each, or where nobody waits for more than a way back.
func isWorthIt(pass *analyzer.Pass, w *walk) bool {
	switch {
	case w.qs.Has("select_for_update"), pass.Reverses(w.loop):
		return false
	case w.qs.Plain() && !isExport(w.body):
		return false
	case w.body != nil:
		return !keepsRow(pass, w)
	}
	return !keepsElement(pass, w)
}

// isExport reports whether a loop writes each row out, as an export of a whole table does. What else is made of plain rows
// weighs no less than they do.
func isExport(body []python.Stmt) bool {
	found := false
	for _, stmt := range body {
		python.Walk(stmt, func(node python.Node) bool {
			if access, ok := node.(*python.Attribute); ok {
				switch access.Attr {
				case "writerow", "write_row", "writerows":
					found = true
				case "write":
					to := python.LastName(access.Value)
					found = found || to != "stdout" && to != "stderr"
				}
			}
			return !found
		})
	}
	return found
}

// keepsElement reports whether a comprehension keeps rows, or builds what is saved at once, which is another rule's matter.
func keepsElement(pass *analyzer.Pass, w *walk) bool {
	comprehension := pass.Parent(w.loop)
	if _, generator := comprehension.(*python.GeneratorExp); generator {
		return false
	}
	_, cut := pass.Parent(comprehension).(*python.Subscript)
	return cut || !isPart(w.element, w.target) || savedInBulk(pass, comprehension)
}

// isPart reports whether what a comprehension makes of a row is a part of it: row.pk, row.email.lower(). A dict or an object
// that is made of it may weigh as much.
func isPart(element, row python.Expr) bool {
	switch e := element.(type) {
	case *python.Attribute:
		return true
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		return ok && len(e.Args)+len(e.Keywords) == 0 && !holds(access.Value, row)
	case *python.Tuple:
		return len(e.Elts) <= 2 && !slices.ContainsFunc(e.Elts, func(element python.Expr) bool { return !isPart(element, row) })
	}
	return false
}

// keepsRow reports whether a loop keeps rows, or what it makes of them to save it at once, in a container that nothing
// in the loop empties.
func keepsRow(pass *analyzer.Pass, w *walk) bool {
	found := false
	for _, stmt := range w.body {
		python.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.Name:
				found = found || keeps(pass, w, n)
			case *python.Attribute:
				found = found || keeps(pass, w, n)
			}
			return !found
		})
	}
	return found
}

// keeps reports whether a use of a name or an attribute puts a row into the container behind it.
func keeps(pass *analyzer.Pass, w *walk, container python.Expr) bool {
	use := pass.UseOf(container)
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return false
	}
	if joined, ok := use.Value.(*python.Attribute); ok && holds(joined.Value, w.target) && joins(w.qs, joined.Attr) {
		return true
	}
	name, ok := container.(*python.Name)
	if !ok {
		return holds(use.Value, w.target)
	}
	if !slices.ContainsFunc(pass.Collected(w.loop, w.body), func(c django.Collection) bool { return c.Expr == container }) {
		return false // Emptied in the loop, or made in it.
	}
	return holds(use.Value, w.target) || slices.ContainsFunc(pass.Binding(name).Uses, func(use *python.Name) bool { return savedInBulk(pass, use) })
}

// joins reports whether a QuerySet fetches a related object with each row.
func joins(qs *django.QuerySet, relation string) bool {
	call := qs.Last("select_related")
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

// holds reports whether a value is the row that a loop walks over, or a display that it stands in.
func holds(value, row python.Expr) bool {
	name, ok := row.(*python.Name)
	if !ok {
		return false
	}
	switch v := value.(type) {
	case *python.Name:
		return v.Id == name.Id
	case *python.Tuple:
		return slices.ContainsFunc(v.Elts, func(element python.Expr) bool { return holds(element, row) })
	case *python.List:
		return slices.ContainsFunc(v.Elts, func(element python.Expr) bool { return holds(element, row) })
	case *python.Dict:
		return slices.ContainsFunc(v.Values, func(element python.Expr) bool { return holds(element, row) })
	}
	return false
}

// savedInBulk reports whether an expression is what bulk_create() or bulk_update() saves.
func savedInBulk(pass *analyzer.Pass, expr python.Node) bool {
	parent := pass.Parent(expr)
	if keyword, ok := parent.(*python.Keyword); ok {
		parent = pass.Parent(keyword)
	}
	call, ok := parent.(*python.Call)
	return ok && strings.Contains(python.LastName(call.Func), "bulk_")
}
