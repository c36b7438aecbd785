package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A Collection is one place in a loop that adds to a container made before the loop.
type Collection struct {
	// Name is the variable that holds the container.
	Name string
	names.Use
}

// Collected returns what the statements of a loop add to local containers that were made before the loop and that
// nothing in it empties, replaces or measures.
func (f *File) Collected(loop python.Node, body []python.Stmt) []Collection {
	var found []Collection
	for _, stmt := range body {
		f.Walk(stmt, func(node python.Node) bool {
			switch n := node.(type) {
			case *python.FunctionDef, *python.Lambda, *python.ClassDef:
				return false
			case *python.Name:
				if use, ok := f.collects(loop, n); ok {
					found = append(found, Collection{Name: n.Id, Use: use})
				}
			}
			return true
		})
	}
	return found
}

// collects returns what a use of a name adds to the container behind it.
func (f *File) collects(loop python.Node, name *python.Name) (names.Use, bool) {
	use := f.bufferUse(name)
	if use.Kind != names.Grows && use.Kind != names.GrowsKeyed {
		return use, false
	}
	made := false
	for _, def := range f.Reaching(name) {
		switch {
		case def.Kind == names.Augmented:
		case loop.Range().Contains(def.Node.Range()) || !f.makesContainer(assigned(def, name.Id)):
			return use, false
		default:
			made = true
		}
	}
	return use, made && !f.emptied(loop, f.Binding(name))
}

// assigned returns the value that a definition assigns to a name: rows, total = [], 0 assigns [] to rows.
func assigned(def names.Definition, name string) python.Expr {
	switch def.Kind {
	case names.Assigned:
		return def.Value
	case names.Unpacked:
	default:
		return nil
	}
	assign, ok := def.Node.(*python.Assign)
	if !ok {
		return nil
	}
	targets, ok := assign.Targets[0].(*python.Tuple)
	values, isTuple := assign.Value.(*python.Tuple)
	if !ok || !isTuple || len(targets.Elts) != len(values.Elts) {
		return nil
	}
	for i, target := range targets.Elts {
		if t, ok := target.(*python.Name); ok && t.Id == name {
			return values.Elts[i]
		}
	}
	return nil
}

// bufferUse is names.UseOf, which knows no buffers.
func (f *File) bufferUse(name *python.Name) names.Use {
	use := f.UseOf(name)
	if use.Kind == names.Reads && use.Method == "write" {
		if call, ok := use.Node.(*python.Call); ok && len(call.Args) == 1 {
			use.Kind, use.Value = names.Grows, call.Args[0]
		}
	}
	return use
}

// makesContainer reports whether an expression makes an empty container, text or buffer in memory.
func (f *File) makesContainer(expr python.Expr) bool {
	switch f.Container(expr) {
	case names.NoContainer, names.BoundedContainer:
	default:
		return true
	}
	switch e := expr.(type) {
	case *python.Constant:
		return (e.Kind == python.Str || e.Kind == python.Bytes) && len(e.Raw) <= len(`b""`)
	case *python.Call:
		switch f.Qualified(e.Func) {
		case "builtins.bytearray", "io.BytesIO", "io.StringIO", "builtins.bytes", "builtins.str":
			return len(e.Args) == 0
		}
	}
	return false
}

// emptied reports whether something in a loop takes out of a container, replaces it or looks at its size.
func (f *File) emptied(loop python.Node, binding *names.Binding) bool {
	for _, def := range binding.Definitions {
		if def.Kind != names.Augmented && loop.Range().Contains(def.Node.Range()) {
			return true
		}
	}
	for _, name := range binding.Uses {
		if !loop.Range().Contains(name.Range()) {
			continue
		}
		switch use := f.UseOf(name); use.Kind {
		case names.Prunes, names.Rebinds, names.Measures:
			return true
		default:
			if f.asksSize(use) {
				return true
			}
		}
	}
	return false
}

// asksSize reports whether a use asks how large a container is: nobody asks that of what may grow without an end.
func (f *File) asksSize(use names.Use) bool {
	switch use.Method {
	case "truncate", "tell", "getbuffer", "seek":
		return true
	}
	call, ok := use.Node.(*python.Call)
	return ok && f.Qualified(call.Func) == "builtins.len"
}

// IsChosen reports whether a condition in a loop decides if a node in it is met.
func (f *File) IsChosen(node, loop python.Node) bool {
	for ; node != nil && node != loop; node = f.Parent(node) {
		if _, ok := node.(*python.If); ok {
			return true
		}
	}
	return false
}
