// Package growth finds containers that outlive the calls that fill them, and what keeps them from growing: something
// that takes elements out, a bound, or keys of which there are few.
package growth

import (
	"slices"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Holder is a container with everything that the file does to it.
type Holder struct {
	// Name is the variable or the attribute.
	Name string
	// Owner is the class or the function it belongs to, nil for a module's variable.
	Owner python.Node
	// Node is the statement that makes the container, Initial the value.
	Node    python.Node
	Initial python.Expr
	// Uses in source order, without that statement.
	Uses []Use
}

// A Use is what a function does to a container.
type Use struct {
	names.Use
	// Function is nil for code that runs when the module is imported.
	Function *names.Function
}

// OfClass returns the containers that a class makes in its body or in __init__.
func OfClass(f *django.File, class *names.Class) []Holder {
	var holders []Holder
	for _, attribute := range f.Attributes(class) {
		h := Holder{Name: attribute.Name, Owner: class, Node: attribute.BodyNode, Initial: attribute.Body}
		for _, use := range attribute.Uses {
			if use.Kind == names.Rebinds && use.Method.Name == "__init__" {
				h.Node, h.Initial = use.Node, use.Value
				continue
			}
			h.Uses = append(h.Uses, Use{Use: use.Use, Function: use.Method})
		}
		holders = appendContainer(holders, f, h)
	}
	return holders
}

// OfModule returns the containers that the module's top level makes.
func OfModule(f *django.File) []Holder {
	return ofScope(f, f.Module, f.Body(), nil)
}

// OfFunction returns the containers that a function makes and functions inside it may fill.
func OfFunction(f *django.File, fn *names.Function) []Holder {
	return ofScope(f, fn.Scope, fn.Body, fn)
}

func ofScope(f *django.File, scope *names.Scope, body []python.Stmt, owner *names.Function) []Holder {
	var holders []Holder
	for _, stmt := range body {
		name, value := names.Assignment(stmt)
		binding := scope.Lookup(name)
		if value == nil || binding == nil {
			continue
		}
		h := Holder{Name: name, Node: stmt, Initial: value}
		if owner != nil {
			h.Owner = owner
		}
		for _, def := range binding.Definitions {
			if def.Kind == names.Assigned && def.Node != python.Node(stmt) {
				h.Uses = append(h.Uses, Use{Use: names.Use{Kind: names.Rebinds, Node: def.Node, Value: def.Value}, Function: f.FunctionAt(def.Node)})
			}
		}
		for _, use := range binding.Uses {
			h.Uses = append(h.Uses, Use{Use: f.UseOf(use), Function: f.FunctionAt(use)})
		}
		holders = appendContainer(holders, f, h)
	}
	return holders
}

// appendContainer takes what a file makes as a container without a bound of its own.
func appendContainer(holders []Holder, f *django.File, h Holder) []Holder {
	switch f.Container(h.Initial) {
	case names.NoContainer, names.BoundedContainer:
		return holders
	default:
		return append(holders, h)
	}
}

// Growing returns the uses that add to the container without an end, of those in functions that run again and again in
// the life of the container, as runs tells. It is empty where something bounds the container: anything anywhere that
// takes elements out or replaces it, or one of those functions that looks at its length.
func (h Holder) Growing(f *django.File, runs func(*names.Function) bool) []Use {
	if slices.ContainsFunc(h.Uses, func(u Use) bool {
		return u.Kind == names.Prunes || u.Kind == names.Measures && runs(u.Function) ||
			u.Kind == names.Rebinds && (u.Function == nil || u.Function.Name != "__init__")
	}) {
		return nil
	}
	var growing []Use
	for _, use := range h.Uses {
		grows := use.Kind == names.Grows || use.Kind == names.GrowsKeyed
		if grows && use.Function != nil && runs(use.Function) && !finite(f, use.Use) {
			growing = append(growing, use)
		}
	}
	return growing
}

// Escapes reports whether the container is handed to code that may do anything with it.
func (h Holder) Escapes() bool {
	return slices.ContainsFunc(h.Uses, func(u Use) bool { return u.Kind == names.Escapes })
}

// Held names what one growing use adds: "one dict", "the request".
func Held(f *django.File, use names.Use) string {
	switch value := use.Value.(type) {
	case *python.Dict:
		return "one dict"
	case *python.Tuple:
		return "one tuple"
	case *python.List, *python.ListComp:
		return "one list"
	case *python.JoinedStr:
		return "one string"
	case *python.Name:
		if value.Id == "request" || value.Id == "response" || value.Id == "self" {
			return "the `" + value.Id + "`"
		}
	}
	if use.Kind == names.GrowsKeyed {
		return "one entry a key"
	}
	return "one entry"
}

// FitsDeque reports whether a deque could stand in the container's place: it is a list that starts empty, is appended
// to, and is read in ways that a deque allows.
func (h Holder) FitsDeque(f *django.File) bool {
	if _, plain := h.Node.(*python.Assign); !plain || !isEmptyList(f, h.Initial) {
		return false
	}
	return !slices.ContainsFunc(h.Uses, func(u Use) bool { return !fitsDeque(f, u.Use) })
}

func isEmptyList(f *django.File, expr python.Expr) bool {
	switch e := expr.(type) {
	case *python.List:
		return len(e.Elts) == 0
	case *python.Call:
		return f.Qualified(e.Func) == "builtins.list" && len(e.Args) == 0
	}
	return false
}

// fitsDeque reports whether a use works on a deque too, which has no slices, no + and no sort.
func fitsDeque(f *django.File, use names.Use) bool {
	switch use.Kind {
	case names.Grows:
		return use.Method == "append" || use.Method == "extend"
	case names.Reads:
		switch parent := f.Parent(use.Expr).(type) {
		case *python.For, *python.Comprehension, *python.Call:
			return use.Method == ""
		case *python.Subscript:
			_, sliced := parent.Slice.(*python.Slice)
			return !sliced
		}
	case names.GrowsKeyed, names.Prunes, names.Rebinds, names.Measures, names.Escapes:
	}
	return false
}
