package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
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
	// Steps are the method calls, in the order in which they are evaluated. Through local names they are those of all
	// assignments.
	Steps []Step
	// Sliced is true where a slice bounds it.
	Sliced bool
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
	"add": true, "remove": true, "set": true, "clear": true, "get_by_natural_key": true, "create_user": true,
	"create_superuser": true, "get_for_model": true, "get_for_models": true, "get_for_id": true, "get_current": true,
}

// uniqueLookups bound a filter to rows whose number the caller already holds.
var uniqueLookups = map[string]bool{"pk": true, "id": true, "pk__in": true, "id__in": true, "pk__exact": true, "id__exact": true}

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

// Bounded reports whether something in the chain bounds the rows: a slice, a unique look-up, none().
func (q *QuerySet) Bounded() bool {
	if q.Sliced {
		return true
	}
	for _, step := range q.Steps {
		switch step.Method {
		case "none", "dates", "datetimes":
			return true
		case "filter":
			for _, keyword := range step.Call.Keywords {
				if uniqueLookups[keyword.Name] {
					return true
				}
			}
		}
	}
	return false
}

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

// QuerySet returns what is known of an expression that makes a QuerySet, or nil.
func (f *File) QuerySet(expr python.Expr) *QuerySet {
	q := &QuerySet{Expr: expr}
	if !f.chain(q, expr, nil) || q.Root == nil || len(q.Steps) == 0 {
		return nil
	}
	if slices.ContainsFunc(f.StarImports, isForeignORM) {
		return nil
	}
	return q
}

func isForeignORM(module string) bool {
	return strings.HasPrefix(module, "mongoengine") || strings.HasPrefix(module, "sqlalchemy")
}

// chain takes expr apart into q, innermost call first. Pending are the local names being followed: in
// qs = qs.filter(...) the inner name stands for what the outer one already has.
func (f *File) chain(q *QuerySet, expr python.Expr, pending []*names.Binding) bool {
	switch e := expr.(type) {
	case *python.Call:
		access, ok := e.Func.(*python.Attribute)
		if !ok || ending[access.Attr] {
			return false
		}
		if !chaining[access.Attr] && !f.isManager(access.Value) {
			return f.queryMethod(q, e, access)
		}
		if !f.chain(q, access.Value, pending) && !f.root(q, e, access) {
			return false
		}
		q.Steps = append(q.Steps, Step{Method: access.Attr, Call: e})
		return true
	case *python.Subscript:
		if slice, ok := e.Slice.(*python.Slice); ok && f.chain(q, e.Value, pending) {
			q.Sliced = q.Sliced || slice.Upper != nil
			return true
		}
	case *python.Name:
		return f.local(q, e, pending)
	case *python.IfExp:
		return f.chain(q, e.Body, pending) && f.chain(q, e.Orelse, pending)
	}
	return false
}

// local follows a local name through its assignments: all of them must make QuerySets, one of them from a root.
func (f *File) local(q *QuerySet, name *python.Name, pending []*names.Binding) bool {
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return false
	}
	if slices.Contains(pending, binding) {
		return true
	}
	pending = append(pending, binding)
	for _, def := range binding.Definitions {
		if def.Kind != names.Assigned || !f.chain(q, def.Value, pending) {
			return false
		}
	}
	return q.Root != nil
}

// isManager reports whether expr is a model's manager under one of the names that Django gives it.
func (f *File) isManager(expr python.Expr) bool {
	access, ok := expr.(*python.Attribute)
	return ok && (access.Attr == "objects" || access.Attr == "_default_manager" || access.Attr == "_base_manager")
}

// root recognises what a chain may start from: the receiver of its first call.
func (f *File) root(q *QuerySet, call *python.Call, first *python.Attribute) bool {
	if q.Root != nil {
		return false
	}
	access, ok := first.Value.(*python.Attribute)
	if !ok {
		return false
	}
	switch {
	case f.isManager(access):
		if strings.HasPrefix(f.Qualified(access.Value), "mongoengine.") {
			return false
		}
		q.Model = lastName(access.Value)
	case strings.HasSuffix(access.Attr, "_set"):
		q.Related = true
	case chaining[first.Attr] && f.looksRelated(call, first.Attr):
		q.Related = true
	default:
		return false
	}
	q.Root = access
	return true
}

// looksRelated reports whether a call on some attribute can only be meant for a related manager: all() without
// arguments, or look-ups by keyword.
func (f *File) looksRelated(call *python.Call, method string) bool {
	switch method {
	case "all":
		return len(call.Args) == 0 && len(call.Keywords) == 0
	case "filter", "exclude":
		return len(call.Keywords) > 0
	case "select_related", "prefetch_related", "values_list":
		return true
	}
	return false
}

// queryMethod recognises calls that return a QuerySet under a name of their own: get_queryset().
func (f *File) queryMethod(q *QuerySet, call *python.Call, access *python.Attribute) bool {
	if q.Root != nil || access.Attr != "get_queryset" {
		return false
	}
	q.Root = call
	q.Steps = append(q.Steps, Step{Method: access.Attr, Call: call})
	return true
}

func lastName(expr python.Expr) string {
	switch e := expr.(type) {
	case *python.Name:
		return e.Id
	case *python.Attribute:
		return e.Attr
	}
	return ""
}

func isNone(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.None
}
