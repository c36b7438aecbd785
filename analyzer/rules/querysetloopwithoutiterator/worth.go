package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
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
		return !pass.KeepsEachRow(w.qs, w.loop, w.target, w.body)
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
	return cut || !isPart(w.element, w.target) || pass.SavedInBulk(comprehension)
}

// isPart reports whether what a comprehension makes of a row is a part of it: row.pk, row.email.lower(). A dict or an object
// that is made of it may weigh as much.
func isPart(element, row python.Expr) bool {
	switch e := element.(type) {
	case *python.Attribute:
		return true
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		return ok && len(e.Args)+len(e.Keywords) == 0 && !django.HoldsRow(access.Value, row)
	case *python.Tuple:
		return len(e.Elts) <= 2 && !slices.ContainsFunc(e.Elts, func(element python.Expr) bool { return !isPart(element, row) })
	}
	return false
}
