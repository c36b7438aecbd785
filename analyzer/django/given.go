package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// parameter takes a parameter that is a QuerySet by its annotation, its name or what the function does with it.
func (c *chain) parameter(binding *names.Binding, def names.Definition) (*QuerySet, bool) {
	arg, ok := def.Node.(*python.Arg)
	if !ok {
		return nil, false
	}
	if arg.Annotation != nil {
		model, ok := c.f.querySetAnnotation(arg.Annotation)
		if !ok {
			return nil, false
		}
		return &QuerySet{Root: c.use(binding), Model: model, Given: true, typed: true}, true
	}
	if !namesQuerySet(binding.Name) && !c.f.usedAsQuerySet(binding) {
		return nil, false
	}
	return &QuerySet{Root: c.use(binding), Given: true}, true
}

// use returns a name that stands for a binding, where there is one.
func (c *chain) use(binding *names.Binding) python.Expr {
	return binding.Uses[0] // A name is being followed, so it has a use.
}

// querySetAnnotation reports whether an annotation is that of a QuerySet or a manager, and of which model: QuerySet,
// "QuerySet[Order]", OrderQuerySet or one of those and None.
func (f *File) querySetAnnotation(annotation python.Expr) (model string, ok bool) {
	switch a := annotation.(type) {
	case *python.Constant:
		text, isText := a.Str()
		if !isText {
			return "", false
		}
		name, rest, _ := strings.Cut(text, "[")
		model, _, _ := strings.Cut(rest, "]")
		return model[strings.LastIndex(model, ".")+1:], strings.HasSuffix(name, "QuerySet")
	case *python.Subscript:
		if python.LastName(a.Value) == "Optional" {
			return f.querySetAnnotation(a.Slice)
		}
		model := python.LastName(a.Slice)
		if tuple, isTuple := a.Slice.(*python.Tuple); isTuple && len(tuple.Elts) > 0 {
			model = python.LastName(tuple.Elts[0])
		}
		return model, strings.HasSuffix(python.LastName(a.Value), "QuerySet")
	case *python.BinOp:
		if isNone(a.Right) {
			return f.querySetAnnotation(a.Left)
		}
		return "", false
	}
	return "", strings.HasSuffix(python.LastName(annotation), "QuerySet")
}

// namesQuerySet reports whether a variable is named as QuerySets are by custom.
func namesQuerySet(name string) bool {
	switch name {
	case "qs", "queryset", "query_set":
		return true
	}
	return strings.HasSuffix(name, "_qs") || strings.HasSuffix(name, "_queryset")
}

// usedAsQuerySet reports whether something is done to a variable that only a QuerySet or a manager allows.
func (f *File) usedAsQuerySet(binding *names.Binding) bool {
	if namesQuerySet(binding.Name) {
		return true
	}
	used := false
	for _, use := range binding.Uses {
		switch parent := f.Parent(use).(type) {
		case *python.Attribute:
			call, ok := f.Parent(parent).(*python.Call)
			used = used || ok && call.Func == python.Expr(parent) && f.onlyQuerySets(call, parent.Attr)
		case *python.Call:
			if f.Qualified(parent.Func) == "builtins.isinstance" {
				return false // It may be something else too.
			}
		}
	}
	return used
}

// onlyQuerySets reports whether a method call is one that nothing but QuerySets and managers know: select_related, or
// filter with keywords alone. A class of this file that has such a method and is no QuerySet takes the proof away.
func (f *File) onlyQuerySets(call *python.Call, method string) bool {
	if f.defines(method) {
		return false
	}
	switch method {
	case "select_related", "prefetch_related", "values_list", "select_for_update", "get_or_create", "update_or_create":
		return true
	case "iterator":
		return names.Keyword(call, "chunk_size") != nil
	case "filter", "exclude", "annotate":
		return len(call.Args) == 0 && len(call.Keywords) > 0
	case "order_by":
		return len(call.Args) > 0 && isText(call.Args[0])
	}
	return false
}

// defines reports whether a class of this file that is neither a manager nor a QuerySet has a method of that name.
func (f *File) defines(method string) bool {
	return slices.ContainsFunc(f.Functions, func(fn *names.Function) bool {
		if fn.Name != method || fn.Class == nil {
			return false
		}
		kind := f.ClassKind(fn.Class)
		return kind != Manager && kind != QuerySetClass
	})
}

func isText(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.Str
}

// knownCall reports whether a call's result is known to be something else than a QuerySet, although its variable is
// named or used as one: that of a builtin, of a function of this file, of a method that ends a chain, or a page.
func (c *chain) knownCall(value python.Expr) bool {
	call, ok := value.(*python.Call)
	if !ok {
		return true
	}
	qualified := c.f.Qualified(call.Func)
	if strings.HasPrefix(qualified, "builtins.") || c.f.LocalFunction(qualified) != nil || c.f.ownMethod(call) != nil {
		return true
	}
	if strings.Contains(python.LastName(call.Func), "paginate") {
		return true
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok {
		return false
	}
	q, ok := c.take(access.Value)
	return ok && q != nil
}

// managerNames returns the attributes that the file uses as managers somewhere: after order.lines.filter(open=True)
// order.lines is one wherever it stands.
func (f *File) managerNames() map[string]bool {
	if f.rows.managers != nil {
		return f.rows.managers
	}
	f.rows.managers = make(map[string]bool)
	for _, call := range f.Calls {
		access, ok := call.Func.(*python.Attribute)
		if !ok || !f.onlyQuerySets(call, access.Attr) {
			continue
		}
		if manager, ok := access.Value.(*python.Attribute); ok && f.Qualified(manager) == "" {
			f.rows.managers[manager.Attr] = true
		}
	}
	return f.rows.managers
}
