package inlistmaterialised

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/python"
)

// isFixable reports whether the subquery finds what the list does. A list is a snapshot: where the code writes before the
// query is evaluated, a subquery sees what was written. And it may hold NULLs, with which NOT IN finds nothing, where Django
// leaves None out of a list.
func isFixable(pass *analyzer.Pass, rows *django.Copy, lookup *python.Keyword) bool {
	if fn := pass.FunctionAt(rows.Expr); rows.Iterator || fn != nil && fn.IsAsync {
		return false
	}
	return !pass.WritesAfter(lookup.Value) && withoutNulls(pass, rows, lookup) == ""
}

// withoutNulls returns what keeps NULLs out of a subquery whose rows are left out.
func withoutNulls(pass *analyzer.Pass, rows *django.Copy, lookup *python.Keyword) string {
	column := columnOf(rows)
	if column == "pk" || column == "id" || column == "" || selects(pass, lookup) {
		return ""
	}
	return ".exclude(" + column + "=None)"
}

// columnOf returns the column that the list holds: the primary key where it is one of objects.
func columnOf(rows *django.Copy) string {
	switch element := rows.Element.(type) {
	case *python.Attribute:
		return element.Attr
	case *python.Subscript:
		if constant, ok := element.Slice.(*python.Constant); ok {
			name, _ := constant.Str()
			return name
		}
	}
	call := rows.Rows.Last("values_list")
	if call == nil {
		return "pk"
	}
	if constant, ok := call.Args[0].(*python.Constant); ok {
		name, _ := constant.Str()
		return name
	}
	return ""
}

// selects reports whether a look-up surely asks for the rows that are in the list, as filter() does, and not for those that
// are not, as exclude() and ~Q() do.
func selects(pass *analyzer.Pass, lookup *python.Keyword) bool {
	inner := python.Node(lookup)
	for outer := pass.Parent(inner); outer != nil; inner, outer = outer, pass.Parent(outer) {
		switch n := outer.(type) {
		case *python.UnaryOp:
			return false
		case *python.Call:
			if access, ok := n.Func.(*python.Attribute); ok && inner != python.Node(access) && pass.Qualified(access) != "django.db.models.Q" {
				return access.Attr != "exclude"
			}
		case python.Stmt:
			return false
		}
	}
	return false
}
