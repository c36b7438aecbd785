package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// lookups yields the keyword look-ups that a filter's rows all fulfil: its own, and those of a single Q object in it.
func lookups(filter *python.Call) func(yield func(*python.Keyword) bool) {
	return func(yield func(*python.Keyword) bool) {
		for _, keyword := range filter.Keywords {
			if !yield(keyword) {
				return
			}
		}
		for _, arg := range filter.Args {
			call, ok := arg.(*python.Call)
			if !ok || python.LastName(call.Func) != "Q" {
				continue
			}
			for _, keyword := range call.Keywords {
				if !yield(keyword) {
					return
				}
			}
		}
	}
}

// alternatives returns the look-ups of the Q objects that a filter combines, where they stand or where the variables that
// hold them and their combinations are built.
func (f *File) alternatives(filter *python.Call) []*python.Keyword {
	var found []*python.Keyword
	followed := make(map[*names.Binding]bool)
	var take func(expr python.Expr)
	take = func(expr python.Expr) {
		switch e := expr.(type) {
		case *python.BinOp:
			take(e.Left)
			take(e.Right)
		case *python.UnaryOp:
			take(e.Operand)
		case *python.Name:
			binding := f.Binding(e)
			if binding == nil || binding.Scope.Kind != names.FunctionScope || followed[binding] {
				return
			}
			followed[binding] = true
			for _, def := range binding.Definitions {
				take(def.Value)
			}
		default:
			python.Walk(expr, func(node python.Node) bool {
				if call, ok := node.(*python.Call); ok && python.LastName(call.Func) == "Q" {
					found = append(found, call.Keywords...)
				}
				return true
			})
		}
	}
	for _, arg := range filter.Args {
		take(arg)
	}
	return found
}

// lookupOf returns the last part of a look-up: "in" of "order__in".
func lookupOf(name string) string {
	if i := strings.LastIndex(name, "__"); i >= 0 {
		return name[i+len("__"):]
	}
	return name
}

// openLookups compare with more than one value: what they find grows with the table.
var openLookups = map[string]bool{
	"gt": true, "gte": true, "lt": true, "lte": true, "range": true, "isnull": true, "icontains": true,
	"startswith": true, "istartswith": true, "endswith": true, "iendswith": true, "regex": true, "iregex": true,
	"search": true, "year": true, "date": true, "ne": true, "not": true,
}

// choices name columns with few values, each of which many rows have.
var choices = map[string]bool{
	"state": true, "states": true, "status": true, "type": true, "kind": true, "category": true, "level": true, "role": true,
	"priority": true, "mode": true, "action": true, "stage": true, "active": true,
}

// keys name columns whose values few rows share, or one row alone.
var keys = map[string]bool{
	"pk": true, "id": true, "uuid": true, "guid": true, "slug": true, "code": true, "username": true, "email": true,
	"token": true, "sha": true, "sha1": true, "sha256": true, "md5": true, "hash": true, "checksum": true, "url": true,
	"hostname": true, "domain": true, "path": true, "filename": true, "identifier": true, "isbn": true, "sku": true,
	"codename": true,
}

// looksUpOne reports whether a look-up is for one value that is no constant, for one of a list in memory, or for one of
// the rows of one object.
func (f *File) looksUpOne(keyword *python.Keyword) bool {
	name := strings.TrimSuffix(strings.TrimSuffix(keyword.Name, "__exact"), "__iexact")
	switch last := lookupOf(name); {
	case keys[name]:
		constant, ok := keyword.Value.(*python.Constant)
		return !ok || constant.Kind != python.None && constant.Kind != python.True && constant.Kind != python.False
	case last == "contains":
		// A member of an array, or a row of many.
		return f.isOneObject(keyword.Value)
	case last == "in":
		return !choices[lookupOf(strings.TrimSuffix(keyword.Name, "__in"))] && f.isListAtHand(keyword.Value)
	case name == "":
		// filter(**row): whatever the look-ups are, someone chose their values.
		return true
	case openLookups[last] || choices[last]:
		return false
	}
	return f.isOneObject(keyword.Value)
}

// isListAtHand reports whether the value of an __in look-up is a list that the function was given or holds, or a
// QuerySet that is narrow itself.
func (f *File) isListAtHand(value python.Expr) bool {
	if rows := f.QuerySet(value); rows != nil {
		return f.Extent(rows) < Whole
	}
	if copied := f.Copy(f.Deref(value)); copied != nil {
		return f.Extent(copied.Rows) < Whole
	}
	switch e := f.Deref(value).(type) {
	case *python.Name:
		binding := f.Binding(e)
		return binding != nil && binding.Scope.Kind == names.FunctionScope
	case *python.Subscript, *python.ListComp, *python.SetComp, *python.Call:
		return true
	}
	return false
}

// isOneObject reports whether a value is an object or a key at hand: a parameter, a loop's variable, an attribute of
// one, what get() found, and no constant, flag, time or option.
func (f *File) isOneObject(value python.Expr) bool {
	switch e := value.(type) {
	case *python.Attribute:
		if f.Qualified(e) != "" {
			return false // A constant of a module or a class.
		}
		return f.isOneObject(e.Value)
	case *python.Name:
		return f.isObjectName(e)
	case *python.Subscript:
		// A column of a row, a field of a form; options["days"] is neither.
		return !settingWords[python.LastName(e.Value)] && f.isOneObject(e.Value)
	case *python.Call:
		return f.findsOne(e) || f.makesOne(e)
	case *python.Await:
		return f.isOneObject(e.Value)
	case *python.List:
		return slices.ContainsFunc(e.Elts, f.isOneObject)
	}
	return false
}

// settingWords name what holds settings and no objects.
var settingWords = map[string]bool{
	"options": true, "opts": true, "args": true, "kwargs": true, "settings": true, "config": true, "conf": true, "environ": true,
	"params": true, "GET": true,
}

func (f *File) isObjectName(name *python.Name) bool {
	binding := f.Binding(name)
	if binding == nil || binding.Scope.Kind != names.FunctionScope {
		return false
	}
	if len(binding.Definitions) == 1 && binding.Definitions[0].Kind == names.Assigned {
		return f.isOneObject(binding.Definitions[0].Value)
	}
	return true
}

// makesOne reports whether a call may make the one value that rows are looked up by: any that is no clock, no builtin and
// no look into settings.
func (f *File) makesOne(call *python.Call) bool {
	if access, ok := call.Func.(*python.Attribute); ok && settingWords[python.LastName(access.Value)] {
		return false
	}
	qualified := f.Qualified(call.Func)
	for _, prefix := range []string{"builtins.", "datetime.", "django.utils.timezone.", "django.utils.dateparse.", "os.", "django.conf."} {
		if strings.HasPrefix(qualified, prefix) {
			return false
		}
	}
	return f.QuerySet(call) == nil
}

// findsOne reports whether a call finds one object: get() and first() of a QuerySet, get_object_or_404() and its like.
func (f *File) findsOne(call *python.Call) bool {
	switch last := python.LastName(call.Func); last {
	case "get_object_or_404", "get_object", "aget_object_or_404", "get_current_user", "get_user":
		return true
	case "get", "aget", "first", "last", "latest", "earliest", "get_or_create", "create":
		access, ok := call.Func.(*python.Attribute)
		return ok && (isManager(access.Value) || f.QuerySet(access.Value) != nil)
	}
	return false
}
