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
	if slices.ContainsFunc(f.StarImports, isForeignORM) {
		return nil
	}
	c := chain{f: f, q: &QuerySet{Expr: expr}}
	if !c.take(expr) || c.q.Root == nil || len(c.q.Steps) == 0 {
		return nil
	}
	return c.q
}

func isForeignORM(module string) bool {
	return strings.HasPrefix(module, "mongoengine") || strings.HasPrefix(module, "sqlalchemy")
}

// A chain takes an expression apart, innermost call first.
type chain struct {
	f *File
	q *QuerySet
	// names and functions are being followed: in qs = qs.filter(...) the inner name stands for what the outer one
	// already has.
	names     []*names.Binding
	functions []*names.Function
}

func (c *chain) take(expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.Call:
		return c.call(e)
	case *python.Subscript:
		if slice, ok := e.Slice.(*python.Slice); ok && c.take(e.Value) {
			c.q.Sliced = c.q.Sliced || slice.Upper != nil
			return true
		}
	case *python.Name:
		return c.local(e)
	case *python.IfExp:
		return c.take(e.Body) && c.take(e.Orelse)
	}
	return false
}

func (c *chain) call(call *python.Call) bool {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return c.returned(c.f.LocalFunction(c.f.Qualified(call.Func)))
	}
	switch {
	case ending[access.Attr]:
		return false
	case chaining[access.Attr] || isManager(access.Value):
		if !c.take(access.Value) && !c.root(call, access) {
			return false
		}
		c.q.Steps = append(c.q.Steps, Step{Method: access.Attr, Call: call})
		return true
	}
	if receiver, ok := access.Value.(*python.Name); ok {
		if fn := c.f.FunctionAt(call); fn != nil && fn.Class != nil && receiver.Id == fn.Self() {
			if method := c.f.MethodOf(fn.Class, access.Attr); method != nil {
				return c.returned(method)
			}
		}
	}
	if access.Attr == "get_queryset" {
		c.setRoot(call, "")
		c.q.Steps = append(c.q.Steps, Step{Method: access.Attr, Call: call})
		return true
	}
	return false
}

// returned follows a function of this file: all its returns must make QuerySets.
func (c *chain) returned(fn *names.Function) bool {
	if fn == nil || fn.IsAsync || slices.Contains(c.functions, fn) {
		return false
	}
	c.functions = append(c.functions, fn)
	values, generator := fn.Results()
	if generator || len(values) == 0 {
		return false
	}
	for _, value := range values {
		if value == nil || !c.take(value) {
			return false
		}
	}
	return c.q.Root != nil
}

// local follows a local name through its assignments: all of them must make QuerySets, one of them from a root.
func (c *chain) local(name *python.Name) bool {
	binding := c.f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return false
	}
	if slices.Contains(c.names, binding) {
		return true
	}
	c.names = append(c.names, binding)
	for _, def := range binding.Definitions {
		if def.Kind != names.Assigned || !c.take(def.Value) {
			return false
		}
	}
	return c.q.Root != nil
}

// isManager reports whether expr is a model's manager under one of the names that Django gives it.
func isManager(expr python.Expr) bool {
	access, ok := expr.(*python.Attribute)
	return ok && (access.Attr == "objects" || access.Attr == "_default_manager" || access.Attr == "_base_manager")
}

// root recognises what a chain may start from: the receiver of its first call.
func (c *chain) root(call *python.Call, first *python.Attribute) bool {
	if c.ofOwnClass(first.Value) {
		c.setRoot(first.Value, "")
		return true
	}
	access, ok := first.Value.(*python.Attribute)
	if !ok {
		return false
	}
	owner := lastName(access.Value)
	switch {
	case isManager(access):
		if strings.HasPrefix(c.f.Qualified(access.Value), "mongoengine.") {
			return false
		}
		c.setRoot(access, owner)
	case strings.HasSuffix(access.Attr, "_set"):
		c.q.Related = true
		c.setRoot(access, "")
	case chaining[first.Attr] && looksRelated(call, first.Attr):
		// A manager with a name of its own stands on a class: Order.paid; a related one on an object: order.lines.
		if !isClassName(owner) {
			c.q.Related = true
			owner = ""
		}
		c.setRoot(access, owner)
	default:
		return false
	}
	return true
}

// setRoot keeps the first root, and the model only while all roots agree on it.
func (c *chain) setRoot(root python.Expr, model string) {
	if c.q.Root == nil {
		c.q.Root, c.q.Model = root, model
	} else if c.q.Model != model {
		c.q.Model = ""
	}
}

// ofOwnClass reports whether expr is self or super() in a method of a manager or a QuerySet class.
func (c *chain) ofOwnClass(expr python.Expr) bool {
	fn := c.f.FunctionAt(expr)
	if fn == nil || fn.Class == nil {
		return false
	}
	switch c.f.ClassKind(fn.Class) {
	case Manager, QuerySetClass:
	default:
		return false
	}
	switch e := expr.(type) {
	case *python.Name:
		return e.Id == fn.Self()
	case *python.Call:
		return c.f.Qualified(e.Func) == "builtins.super"
	}
	return false
}

// isClassName reports whether a name is written as classes are: Order, not order or ORDER.
func isClassName(name string) bool {
	return name != "" && name[0] >= 'A' && name[0] <= 'Z' && name != strings.ToUpper(name)
}

// looksRelated reports whether a call on some attribute can only be meant for a manager: all() without arguments, or
// look-ups by keyword.
func looksRelated(call *python.Call, method string) bool {
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
