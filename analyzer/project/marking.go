package project

import (
	"iter"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// marking are classes of libraries whose QuerySets mark rows as deleted: those of django-safedelete and django-model-utils.
var marking = []string{"SafeDeleteModel", "SoftDeletableModel"}

// addMarkings takes the QuerySets, managers and models of a module, each with the classes that its rows come from.
func (r *Reader) addMarkings(f *names.File) {
	for _, stmt := range f.Body() {
		class, ok := stmt.(*python.ClassDef)
		if !ok {
			continue
		}
		c := claim{name: strings.Clone(class.Name), made: marksRows(class)}
		take := func(expr python.Expr) {
			if name := python.LastName(expr); name != "" && name != "Model" {
				c.from = append(c.from, strings.Clone(name))
			}
		}
		if !takesManager(class, take) {
			for _, base := range class.Bases {
				take(base)
				takesQuerySet(base, take)
			}
		}
		takesMade(class, take)
		r.markings = append(r.markings, c)
	}
}

// marksRows reports whether a class is a QuerySet whose delete() is its own, and so marks the rows or refuses.
func marksRows(class *python.ClassDef) bool {
	if !isQuerySet(class.Name) && !slices.ContainsFunc(class.Bases, func(base python.Expr) bool { return isQuerySet(python.LastName(base)) }) {
		return false
	}
	method := methodOf(class, "delete")
	if method == nil {
		return false
	}
	deletes := false
	for call := range callsIn(method) {
		access, ok := call.Func.(*python.Attribute)
		deletes = deletes || ok && (access.Attr == "delete" || access.Attr == "_raw_delete")
	}
	return !deletes
}

func isQuerySet(name string) bool { return strings.HasSuffix(strings.ToLower(name), "queryset") }

// takesManager hands on the class of the manager that a model names itself, or its QuerySet, and reports whether there is one: then the
// bases give it none.
func takesManager(class *python.ClassDef, take func(python.Expr)) bool {
	own := false
	for _, member := range class.Body {
		name, value := names.Assignment(member)
		manager, ok := value.(*python.Call)
		if name != "objects" || !ok {
			continue
		}
		own = true
		access, ok := manager.Func.(*python.Attribute)
		switch {
		case ok && access.Attr == "as_manager":
			take(access.Value)
		case !takesQuerySet(manager.Func, take):
			take(manager.Func)
		}
	}
	return own
}

// takesMade hands on the QuerySets that a manager makes.
func takesMade(class *python.ClassDef, take func(python.Expr)) {
	method := methodOf(class, "get_queryset")
	if method == nil {
		return
	}
	for call := range callsIn(method) {
		if name := python.LastName(call.Func); isQuerySet(name) && name != "get_queryset" {
			take(call.Func)
		}
	}
}

// takesQuerySet hands on the QuerySet of Manager.from_queryset(QuerySet), and reports whether an expression is one such.
func takesQuerySet(expr python.Expr, take func(python.Expr)) bool {
	call, ok := expr.(*python.Call)
	if !ok || python.LastName(call.Func) != "from_queryset" || len(call.Args) == 0 {
		return false
	}
	take(call.Args[0])
	return true
}

func methodOf(class *python.ClassDef, name string) *python.FunctionDef {
	for _, member := range class.Body {
		if method, ok := member.(*python.FunctionDef); ok && method.Name == name {
			return method
		}
	}
	return nil
}

// callsIn walks through the calls in a function.
func callsIn(fn *python.FunctionDef) iter.Seq[*python.Call] {
	return func(yield func(*python.Call) bool) {
		going := true
		python.Walk(fn, func(node python.Node) bool {
			if call, ok := node.(*python.Call); ok && going {
				going = yield(call)
			}
			return going
		})
	}
}
