package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A chain takes an expression apart, innermost call first. Its methods return false for what is no QuerySet, and true
// with nil for a value that is being followed already: in a loop's qs = qs.filter(...) it adds nothing.
type chain struct {
	f *File
	// definitions and functions are being followed.
	definitions []python.Node
	functions   []*names.Function
	// names are those that were followed to their end.
	names map[*python.Name]*QuerySet
}

func (c *chain) take(expr python.Expr) (*QuerySet, bool) {
	switch e := expr.(type) {
	case *python.Call:
		return c.call(e)
	case *python.Subscript:
		if slice, ok := e.Slice.(*python.Slice); ok {
			q, ok := c.take(e.Value)
			if ok && q != nil && slice.Upper != nil {
				few := !c.f.isHuge(slice.Upper)
				bound := func(q *QuerySet) { q.Sliced, q.bounded = true, q.bounded || few }
				bound(q)
				q.onEachWay(bound)
			}
			return q, ok && q != nil
		}
	case *python.Name:
		if q := c.ofOwnClass(e); q != nil {
			return q, true
		}
		return c.name(e)
	case *python.NamedExpr:
		return c.take(e.Value)
	case *python.IfExp:
		return c.either(e.Body, e.Orelse)
	case *python.BinOp:
		return c.joined(e.Left, e.Op, e.Right)
	case *python.Attribute:
		return c.attribute(e)
	}
	return nil, false
}

// either returns what two ways have in common, where both make a QuerySet.
func (c *chain) either(a, b python.Expr) (*QuerySet, bool) {
	left, ok := c.take(a)
	if !ok {
		return nil, false
	}
	right, ok := c.take(b)
	if !ok {
		return nil, false
	}
	if left == nil {
		return right, true
	}
	if right != nil {
		left.merge(right)
	}
	return left, true
}

// joined takes a | b, and a & b, which is bounded where one of them is.
func (c *chain) joined(a python.Expr, op python.Operator, b python.Expr) (*QuerySet, bool) {
	switch op {
	case python.BitOr:
		return c.either(a, b)
	case python.BitAnd:
		left, leftOK := c.take(a)
		right, rightOK := c.take(b)
		if !leftOK || !rightOK || left == nil || right == nil {
			return nil, false
		}
		bounded := left.bounded || right.bounded
		left.merge(right)
		left.bounded, left.ways = bounded, nil
		return left, true
	default:
		return nil, false
	}
}

// merge makes q what is known where the code may take another way too: the steps of both, and only such bounds as
// both have.
func (q *QuerySet) merge(other *QuerySet) {
	q.mergeWays(other)
	q.Steps = slices.Clip(q.Steps)
	for _, step := range other.Steps {
		if !slices.ContainsFunc(q.Steps, func(s Step) bool { return s.Call == step.Call }) {
			q.Steps = append(q.Steps, step)
		}
	}
	if q.Model != other.Model {
		q.Model = ""
	}
	q.Related = q.Related && other.Related
	q.Given = q.Given || other.Given
	q.Custom = q.Custom || other.Custom
	q.OrEmpty = q.OrEmpty || other.OrEmpty
	q.Sliced = q.Sliced && other.Sliced
	q.bounded = q.bounded && other.bounded
}

func (c *chain) call(call *python.Call) (*QuerySet, bool) {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return c.functionCall(call)
	}
	if method := c.f.ownMethod(call); method != nil {
		if q, ok := c.returned(method); ok {
			return q, true
		}
	}
	if q, ok := c.onSuper(call, access); ok {
		return q, true
	}
	if ends(access.Attr) && !c.f.getsRows(call, access) {
		return nil, false
	}
	if q, ok := c.take(access.Value); ok && q != nil {
		return c.step(q, call, access.Attr), true
	}
	if q := c.root(call, access); q != nil {
		return c.step(q, call, access.Attr), true
	}
	if access.Attr == "get_queryset" {
		if q, ok := c.ofView(call); ok {
			return c.step(q, call, access.Attr), true
		}
		// One of this file's own that is not seen to make a QuerySet may make anything that looks like one.
		return c.step(&QuerySet{Root: call, Given: c.f.ownMethod(call) != nil}, call, access.Attr), true
	}
	return nil, false
}

// step adds a method call to a chain.
func (c *chain) step(q *QuerySet, call *python.Call, method string) *QuerySet {
	q.Steps = append(slices.Clip(q.Steps), Step{Method: method, Call: call})
	q.Custom = q.Custom || !chaining[method] && method != "get_queryset"
	q.bounded = q.bounded || c.bounds(call, method) || c.f.isBoundedManager(call.Func)
	q.onEachWay(func(way *QuerySet) { c.step(way, call, method) })
	return q
}

// bounds reports whether a method call bounds the rows.
func (c *chain) bounds(call *python.Call, method string) bool {
	switch method {
	case "none", "dates", "datetimes":
		return true
	case "filter":
		return c.boundsByKey(call)
	}
	return false
}

// boundsByKey reports whether a filter looks rows up by their key, or walks through a range of keys.
func (c *chain) boundsByKey(filter *python.Call) bool {
	above, below := false, false
	for keyword := range lookups(filter) {
		if uniqueLookups[keyword.Name] && !c.f.makesQuerySet(keyword.Value) {
			return true
		}
		switch field, lookup, _ := strings.Cut(keyword.Name, "__"); {
		case field != "pk" && field != "id":
		case lookup == "gt" || lookup == "gte":
			above = true
		case lookup == "lt" || lookup == "lte":
			below = true
		}
	}
	return above && below
}

// makesQuerySet reports whether a look-up's value is itself a QuerySet, whose rows nobody holds yet.
func (f *File) makesQuerySet(value python.Expr) bool { return f.QuerySet(value) != nil }

// onSuper recognises super().get_queryset() and its like, of which nothing more is known.
func (c *chain) onSuper(call *python.Call, access *python.Attribute) (*QuerySet, bool) {
	super, ok := access.Value.(*python.Call)
	if !ok || c.f.Qualified(super.Func) != "builtins.super" || access.Attr != "get_queryset" {
		return nil, false
	}
	return c.step(&QuerySet{Root: call}, call, access.Attr), true
}

// ofView takes the get_queryset() of a view that has none of its own: what its body calls queryset, or the table of what it calls model.
// Source: https://docs.djangoproject.com/en/5.2/ref/class-based-views/mixins-multiple-object/
func (c *chain) ofView(call *python.Call) (*QuerySet, bool) {
	method := c.f.methodAround(call)
	if method == nil || c.f.ownMethod(call) != nil || c.f.ClassKind(method.Class) != View {
		return nil, false
	}
	if receiver, ok := call.Func.(*python.Attribute).Value.(*python.Name); !ok || receiver.Id != method.Self() {
		return nil, false
	}
	body := make(map[string]python.Expr)
	for _, attribute := range c.f.Attributes(method.Class) {
		body[attribute.Name] = attribute.Body
	}
	if body["queryset"] != nil {
		q, ok := c.take(body["queryset"])
		return q, ok && q != nil
	}
	if body["model"] != nil {
		return &QuerySet{Root: call, Model: python.LastName(body["model"])}, true
	}
	return nil, false
}

// ownMethod returns the method of this file that a call of self.name() means, or nil.
func (f *File) ownMethod(call *python.Call) *names.Function {
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return nil
	}
	receiver, ok := access.Value.(*python.Name)
	if !ok {
		return nil
	}
	fn := f.FunctionAt(call)
	for fn != nil && fn.Class == nil {
		fn = fn.Parent
	}
	if fn == nil || receiver.Id != fn.Self() {
		return nil
	}
	return f.MethodOf(fn.Class, access.Attr)
}

// functionCall follows a function of this file, and takes a function of another file that is handed a QuerySet under a
// keyword for one that narrows it, such as get_objects_for_user(user, perm, qs=tasks).
func (c *chain) functionCall(call *python.Call) (*QuerySet, bool) {
	if fn := c.f.LocalFunction(c.f.Qualified(call.Func)); fn != nil {
		return c.returned(fn)
	}
	for _, keyword := range call.Keywords {
		if keyword.Name == "qs" || keyword.Name == "queryset" {
			if q, ok := c.take(keyword.Value); ok && q != nil && c.f.Qualified(call.Func) != "" {
				q.Given, q.ways = true, nil
				return q, true
			}
		}
	}
	return nil, false
}

// returned follows a function of this file: all its returns must make QuerySets.
func (c *chain) returned(fn *names.Function) (*QuerySet, bool) {
	return c.returnedAs(fn, func(value python.Expr) python.Expr { return value })
}

// returnedAs is returned where a QuerySet is a part of what the function returns.
func (c *chain) returnedAs(fn *names.Function, part func(value python.Expr) python.Expr) (*QuerySet, bool) {
	if fn == nil || fn.IsAsync || slices.Contains(c.functions, fn) || c.f.yieldsValue(fn) {
		return nil, false
	}
	c.functions = append(c.functions, fn)
	defer func() { c.functions = c.functions[:len(c.functions)-1] }()
	values, generator := fn.Results()
	if generator || len(values) == 0 {
		return nil, false
	}
	var all *QuerySet
	for _, value := range values {
		if value == nil {
			return nil, false
		}
		q, ok := c.take(part(value))
		if !ok || q == nil {
			return nil, false
		}
		if all == nil {
			all = q
		} else {
			all.merge(q)
		}
	}
	return all, true
}

// yieldsValue reports whether a decorator may turn what a function returns into something else.
func (f *File) yieldsValue(fn *names.Function) bool {
	return slices.ContainsFunc(fn.Decorators, func(decorator python.Expr) bool {
		switch python.LastName(decorator) {
		case "property", "cached_property", "staticmethod", "classmethod", "override", "queryset_only":
			return false
		}
		return true
	})
}

// name follows a local name through the assignments that reach it: all of them must make QuerySets.
func (c *chain) name(name *python.Name) (*QuerySet, bool) {
	if q, known := c.names[name]; known {
		if q == nil {
			return nil, false
		}
		again := *q
		return &again, true
	}
	q, ok := c.assignments(name)
	if !ok {
		c.remember(name, nil)
	} else if q != nil {
		known := *q
		c.remember(name, &known)
	}
	return q, ok
}

func (c *chain) remember(name *python.Name, q *QuerySet) {
	if c.names == nil {
		c.names = make(map[*python.Name]*QuerySet)
	}
	c.names[name] = q
}

func (c *chain) assignments(name *python.Name) (*QuerySet, bool) {
	binding := c.f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return nil, false
	}
	var all *QuerySet
	following, orEmpty := false, false
	for _, def := range c.f.Reaching(name) {
		if def.Kind == names.Assigned && isNone(def.Value) || def.Kind == names.Declared {
			continue
		}
		if def.Kind == names.Assigned && isEmptyList(def.Value) && !slices.ContainsFunc(binding.Uses, func(use *python.Name) bool { return c.f.UseOf(use).Kind == names.Grows }) {
			orEmpty = true
			continue
		}
		if slices.Contains(c.definitions, def.Node) {
			following = true
			continue
		}
		c.definitions = append(c.definitions, def.Node)
		q, ok := c.definition(binding, def)
		c.definitions = c.definitions[:len(c.definitions)-1]
		if !ok {
			return nil, false
		}
		switch {
		case q == nil:
			following = true
		case all == nil:
			all = q
		default:
			all.merge(q)
		}
	}
	if orEmpty && all != nil {
		all.OrEmpty = true
	}
	return all, all != nil || following
}

// isEmptyList reports whether an expression is [] or (), which stands for the rows where none are asked for.
func isEmptyList(expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.List:
		return len(e.Elts) == 0
	case *python.Tuple:
		return len(e.Elts) == 0
	}
	return false
}

// definition takes one assignment of a name, or the parameter that it is.
func (c *chain) definition(binding *names.Binding, def names.Definition) (*QuerySet, bool) {
	switch def.Kind {
	case names.Assigned:
		if q, ok := c.take(def.Value); ok {
			return q, true
		}
		// What another file makes is a QuerySet where it is used as only a QuerySet can be.
		if _, isCall := def.Value.(*python.Call); isCall && c.f.usedAsQuerySet(binding) && !c.knownCall(def.Value) {
			return &QuerySet{Root: def.Value, Given: true}, true
		}
	case names.Augmented:
		if augmented, ok := def.Node.(*python.AugAssign); ok {
			return c.joined(augmented.Target, augmented.Op, augmented.Value)
		}
	case names.Unpacked:
		return c.unpacked(binding.Name, def)
	case names.Parameter:
		return c.parameter(binding, def)
	default:
	}
	return nil, false
}

// unpacked takes a name out of a tuple that is assigned, or that a function of this file returns: orders, total = open_orders().
func (c *chain) unpacked(name string, def names.Definition) (*QuerySet, bool) {
	assign, ok := def.Node.(*python.Assign)
	if !ok {
		return nil, false
	}
	targets, ok := assign.Targets[0].(*python.Tuple)
	if !ok {
		return nil, false
	}
	i := slices.IndexFunc(targets.Elts, func(target python.Expr) bool {
		t, ok := target.(*python.Name)
		return ok && t.Id == name
	})
	part := func(value python.Expr) python.Expr {
		tuple, ok := value.(*python.Tuple)
		if !ok || i < 0 || len(tuple.Elts) != len(targets.Elts) {
			return nil
		}
		return tuple.Elts[i]
	}
	call, ok := assign.Value.(*python.Call)
	if !ok {
		return c.take(part(assign.Value))
	}
	fn := c.f.ownMethod(call)
	if fn == nil {
		fn = c.f.LocalFunction(c.f.Qualified(call.Func))
	}
	return c.returnedAs(fn, part)
}
