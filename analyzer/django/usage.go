package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// OnlyUse reports whether nothing but expr needs the rows that it fetches: a second use of the same QuerySet would find
// them in its result cache, and whatever avoids the cache would fetch them again.
func (f *File) OnlyUse(expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Name:
		return f.onlyUseOfName(e)
	case *python.Attribute:
		return f.onlyUseOfAttribute(e)
	}
	return true
}

func (f *File) onlyUseOfName(name *python.Name) bool { return f.otherUsesAre(name, f.Asks) }

// OnlyUseInOnce is OnlyUse for an expression in a function that is called once, although it stands inside another one.
func (f *File) OnlyUseInOnce(expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	if !ok {
		return f.OnlyUse(expr)
	}
	others, madeOutside := f.othersAre(name, f.Asks)
	return others && !f.metAgain(name, madeOutside)
}

// otherUsesAre reports whether whatever else uses the value of a name does so in a way, and the name stands where it is evaluated once.
func (f *File) otherUsesAre(name *python.Name, harmless func(use python.Expr) bool) bool {
	others, madeOutside := f.othersAre(name, harmless)
	return others && !f.inClosure(name, madeOutside) && !f.metAgain(name, madeOutside)
}

// othersAre reports whether whatever else uses the value of a name does so in a way, and returns what tells whether the value is made
// outside a node.
func (f *File) othersAre(name *python.Name, harmless func(use python.Expr) bool) (others bool, madeOutside func(node python.Node) bool) {
	binding := f.Binding(name)
	if binding == nil {
		return false, nil
	}
	value := f.Reaching(name)
	for _, use := range binding.Uses {
		if use != name && !harmless(use) && sharesDefinition(value, f.Reaching(use)) {
			return false, nil
		}
	}
	return true, func(node python.Node) bool {
		return slices.ContainsFunc(value, func(def names.Definition) bool { return !node.Range().Contains(def.Node.Range()) })
	}
}

// inClosure reports whether an expression stands in a lambda or a function that was handed its value from outside: the
// function may be called any number of times.
func (f *File) inClosure(expr python.Expr, madeOutside func(fn python.Node) bool) bool {
	for outer := f.Parent(expr); outer != nil; outer = f.Parent(outer) {
		switch outer.(type) {
		case *python.FunctionDef, *python.Lambda:
			return madeOutside(outer)
		}
	}
	return false
}

func (f *File) onlyUseOfAttribute(access *python.Attribute) bool {
	class := f.ClassAt(access)
	if class == nil {
		return false
	}
	switch f.ClassKind(class) {
	case View, Form, Serializer, Admin, Model:
		// Views, templates and other files look at the attributes of these.
		if !strings.HasPrefix(access.Attr, "_") {
			return false
		}
	default:
	}
	for _, attribute := range f.Attributes(class) {
		if attribute.Name != access.Attr {
			continue
		}
		for _, use := range attribute.Uses {
			if use.Expr != python.Expr(access) && use.Kind != names.Rebinds && !f.Asks(use.Expr) {
				return false
			}
		}
	}
	return !f.metAgain(access, func(python.Node) bool { return true })
}

// metAgain reports whether a loop around an expression evaluates it again without making its value anew.
func (f *File) metAgain(expr python.Expr, keeps func(loop python.Node) bool) bool {
	inner := python.Node(expr)
	for outer := f.Parent(expr); outer != nil; inner, outer = outer, f.Parent(outer) {
		switch n := outer.(type) {
		case *python.For:
			if inner != python.Node(n.Iter) && keeps(n) {
				return true
			}
		case *python.While:
			if keeps(n) {
				return true
			}
		case *python.ListComp, *python.SetComp, *python.DictComp, *python.GeneratorExp:
			if !isFirstIterable(outer, expr) && keeps(outer) {
				return true
			}
		case *python.FunctionDef, *python.Lambda, *python.ClassDef:
			return false
		}
	}
	return false
}

// isFirstIterable reports whether an expression stands in the first for clause of a comprehension, which is evaluated
// once.
func isFirstIterable(comprehension python.Node, expr python.Expr) bool {
	var clauses []*python.Comprehension
	switch c := comprehension.(type) {
	case *python.ListComp:
		clauses = c.Generators
	case *python.SetComp:
		clauses = c.Generators
	case *python.DictComp:
		clauses = c.Generators
	case *python.GeneratorExp:
		clauses = c.Generators
	}
	return len(clauses) > 0 && clauses[0].Iter.Range().Contains(expr.Range())
}

// FetchedAgain reports whether another place of the function around an expression fetches the rows of a QuerySet that is written
// alike.
func (f *File) FetchedAgain(expr python.Expr) bool {
	value, fn := f.Deref(expr), f.FunctionAt(expr)
	text := f.Text(value)
	return slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		if call.Span == value.Range() || f.FunctionAt(call) != fn || f.Text(call) != text || f.Asks(call) {
			return false
		}
		switch f.Parent(call).(type) {
		case *python.Assign, *python.AnnAssign, *python.If, *python.Return:
			return false // What becomes of it shows elsewhere.
		}
		return f.QuerySet(call) != nil
	})
}

func sharesDefinition(a, b []names.Definition) bool {
	return slices.ContainsFunc(a, func(def names.Definition) bool {
		return slices.ContainsFunc(b, func(other names.Definition) bool { return def.Node == other.Node })
	})
}

// Asks reports whether a use of a QuerySet asks it for another one, or for an answer that the database gives, and so
// leaves its result cache alone.
func (f *File) Asks(use python.Expr) bool {
	switch parent := f.Parent(use).(type) {
	case *python.Attribute:
		return true
	case *python.Subscript:
		_, sliced := parent.Slice.(*python.Slice)
		return sliced && parent.Value == use
	case *python.BinOp, *python.AugAssign, *python.FormattedValue:
		return true
	case *python.Compare:
		return slices.Contains(parent.Ops, python.Is) || slices.Contains(parent.Ops, python.IsNot)
	case *python.Keyword:
		// filter(order__in=orders) and Prefetch("orders", queryset=orders) put it into a query.
		call, ok := f.Parent(parent).(*python.Call)
		return ok && (lookupOf(parent.Name) == "in" || queryWrappers[python.LastName(call.Func)])
	case *python.Call:
		return queryWrappers[python.LastName(parent.Func)] || f.Qualified(parent.Func) == "builtins.print" ||
			f.Qualified(parent.Func) == "builtins.isinstance" || f.Qualified(parent.Func) == "builtins.type"
	}
	return false
}

// queryWrappers are the classes of Django that put a QuerySet into another query.
var queryWrappers = map[string]bool{"Subquery": true, "Exists": true, "OuterRef": true, "Prefetch": true, "ArraySubquery": true, "In": true}

// KeepsRows reports whether a comprehension keeps all rows that a clause walks over, or all that they hold, as
// [order for order in orders], {order.pk: order for order in orders} and [vars(order) for order in orders] do.
func (f *File) KeepsRows(clause *python.Comprehension) bool {
	if len(clause.Ifs) > 0 {
		return false
	}
	switch c := f.Parent(clause).(type) {
	case *python.ListComp:
		return f.isKept(clause, c.Elt)
	case *python.SetComp:
		return f.isKept(clause, c.Elt)
	case *python.DictComp:
		return f.isKept(clause, c.Value) || isRow(clause, c.Key)
	}
	return false
}

// isKept reports whether the element of a comprehension is the row itself, or the dict in which the row holds its values.
func (f *File) isKept(clause *python.Comprehension, element python.Expr) bool {
	switch e := element.(type) {
	case *python.Attribute:
		return e.Attr == "__dict__" && isRow(clause, e.Value)
	case *python.Call:
		return f.Qualified(e.Func) == "builtins.vars" && len(e.Args) == 1 && isRow(clause, e.Args[0])
	}
	return isRow(clause, element)
}
