package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A QuerySet is an expression that makes one, taken apart.
type QuerySet struct {
	// Expr is the whole expression; where that is a local name, the name.
	Expr python.Expr
	// Root is what the chain of calls starts from: Order.objects, order.line_set, a parameter.
	Root python.Expr
	// Model is the last part of the model's name, empty where it cannot be seen.
	Model string
	// Related is true where the root belongs to one object: order.line_set.
	Related bool
	// Given is true where the QuerySet was made elsewhere: it is a parameter, or what a function of another file
	// returned.
	Given bool
	// Custom is true where a method of the chain is not Django's own, and may return something else.
	Custom bool
	// OrEmpty is true where an empty list may stand there instead, which has no iterator().
	OrEmpty bool
	// Steps are the method calls, in the order in which they are evaluated. Through local names they are those of all
	// assignments that reach the expression.
	Steps []Step
	// Sliced is true where a slice bounds it, whichever way the code takes.
	Sliced bool

	bounded bool
	// typed is true where an annotation says that it is a QuerySet.
	typed bool
	// ways are the QuerySets that may stand there, where the code takes several ways to it.
	ways []*QuerySet
}

// QuerySetWords are words of which a file has one at least if one of its expressions makes a QuerySet: names of managers, of
// variables that hold QuerySets, of classes that make them, and of methods that only they have. A bare all() may stand on
// a line of its own.
func QuerySetWords() []string {
	return []string{
		"objects", "_manager", "_set", "queryset", "query_set", "qs", "QuerySet", "Manager", "filter", "exclude", "_related",
		"values_list", "select_for_update", "_or_create", "iterator", "annotate", "order_by", ".all", " all()", "\tall()",
	}
}

// A Step is one method call of a chain.
type Step struct {
	Method string
	Call   *python.Call
}

// chaining are the methods of a QuerySet that return another one.
// Source: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#methods-that-return-new-querysets
var chaining = map[string]bool{
	"all": true, "filter": true, "exclude": true, "annotate": true, "alias": true, "order_by": true, "reverse": true,
	"distinct": true, "values": true, "values_list": true, "dates": true, "datetimes": true, "none": true,
	"union": true, "intersection": true, "difference": true, "select_related": true, "prefetch_related": true,
	"extra": true, "defer": true, "only": true, "using": true, "select_for_update": true, "raw": true,
	"complex_filter": true,
}

// ending are the methods that do not return a QuerySet.
// Source: https://docs.djangoproject.com/en/5.2/ref/models/querysets/#methods-that-do-not-return-querysets
var ending = map[string]bool{
	"get": true, "create": true, "get_or_create": true, "update_or_create": true, "bulk_create": true, "bulk_update": true,
	"count": true, "in_bulk": true, "iterator": true, "latest": true, "earliest": true, "first": true, "last": true,
	"aggregate": true, "exists": true, "contains": true, "update": true, "delete": true, "as_manager": true, "explain": true,
	"add": true, "remove": true, "set": true, "clear": true, "append": true, "extend": true, "insert": true, "pop": true,
	"keys": true, "items": true, "aiterator": true, "resolve_expression": true, "as_sql": true, "check": true, "deconstruct": true,
}

// endingPrefixes begin the names of methods that return a value and no QuerySet: get_by_natural_key, create_user.
var endingPrefixes = []string{
	"get_", "aget", "acreate", "create_", "update_", "bulk_", "delete_", "remove_", "add_", "set_", "count_", "sum_",
	"is_", "has_", "can_", "make_", "save", "import_", "send_", "_",
}

// ends reports whether a method of a manager or a QuerySet returns none.
func ends(method string) bool {
	return ending[method] || slices.ContainsFunc(endingPrefixes, func(prefix string) bool {
		return strings.HasPrefix(method, prefix) && method != "get_queryset"
	})
}

// uniqueLookups bound a filter to rows whose number the caller already holds.
var uniqueLookups = map[string]bool{"pk": true, "id": true, "pk__in": true, "id__in": true, "pk__exact": true, "id__exact": true, "pk__range": true, "id__range": true}

// Has reports whether the chain calls a method.
func (q *QuerySet) Has(method string) bool {
	return slices.ContainsFunc(q.Steps, func(s Step) bool { return s.Method == method })
}

// Last returns the chain's last call of a method, or nil.
func (q *QuerySet) Last(method string) *python.Call {
	for _, step := range slices.Backward(q.Steps) {
		if step.Method == method {
			return step.Call
		}
	}
	return nil
}

// Prefetches reports whether the chain asks for prefetch_related look-ups and does not take them back.
func (q *QuerySet) Prefetches() bool {
	call := q.Last("prefetch_related")
	return call != nil && (len(call.Args) != 1 || !isNone(call.Args[0]))
}

// Bounded reports whether something in the chain bounds the rows, whichever way the code takes: a slice, a unique
// look-up, none().
func (q *QuerySet) Bounded() bool { return q.bounded }

// Aggregated reports whether the rows are groups, of which there are few: values() followed by annotate(), or distinct
// values.
func (q *QuerySet) Aggregated() bool {
	grouped := false
	for _, step := range q.Steps {
		switch step.Method {
		case "values", "values_list":
			grouped = true
		case "annotate", "distinct":
			if grouped {
				return true
			}
		}
	}
	return grouped && q.Has("distinct")
}

// Plain reports whether the rows are tuples, dicts or single values, and no model instances.
func (q *QuerySet) Plain() bool { return q.Has("values") || q.Has("values_list") }

// Certain reports whether nothing but a QuerySet can stand there: not what a method of the project returned, not what
// came from elsewhere under a telling name, and not the all() of an attribute that may be an object of another kind.
func (q *QuerySet) Certain(f *File) bool {
	if q.Custom || q.OrEmpty || q.Given && !q.typed {
		return false
	}
	if !q.Related {
		return true
	}
	access, ok := q.Root.(*python.Attribute)
	return ok && (strings.HasSuffix(access.Attr, "_set") || f.managerNames()[access.Attr]) ||
		slices.ContainsFunc(q.Steps, func(s Step) bool { return s.Method != "all" })
}

// QuerySet returns what is known of an expression that makes a QuerySet, or nil.
func (f *File) QuerySet(expr python.Expr) *QuerySet {
	switch expr.(type) {
	case *python.Call, *python.Subscript, *python.Name, *python.NamedExpr, *python.IfExp, *python.BinOp, *python.Attribute:
	default:
		return nil
	}
	if f.foreignORM() {
		return nil
	}
	return once(f.rows.querySets, expr, nil, func() *QuerySet {
		c := chain{f: f}
		taken, ok := c.take(expr)
		if !ok || taken == nil || taken.Root == nil || len(taken.Steps) == 0 && !taken.Given {
			return nil
		}
		taken.Expr = expr
		taken.onEachWay(func(way *QuerySet) { way.Expr = expr })
		return taken
	})
}

// Iterated returns the QuerySet of a call of its iterator() or aiterator(), or nil.
func (f *File) Iterated(expr python.Expr) *QuerySet {
	call, ok := f.Deref(expr).(*python.Call)
	if !ok {
		return nil
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "iterator" && access.Attr != "aiterator" {
		return nil
	}
	if manager, ok := access.Value.(*python.Attribute); ok {
		c := chain{f: f}
		if q, ok := c.attribute(manager); ok && q != nil && len(q.Steps) == 0 {
			q.Expr = manager
			return q
		}
	}
	return f.QuerySet(access.Value)
}

func (f *File) foreignORM() bool {
	return slices.ContainsFunc(f.StarImports, func(module string) bool {
		return strings.HasPrefix(module, "mongoengine") || strings.HasPrefix(module, "sqlalchemy")
	})
}
