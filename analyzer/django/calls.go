package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// FunctionOf returns the function of this file that an expression names: a function in sight, one inside a function, or
// a method as self.name. A partial stands for the function in it. It returns nil for anything else.
func (f *File) FunctionOf(expr python.Expr) *names.Function {
	switch e := expr.(type) {
	case *python.Name:
		if binding := f.Binding(e); binding != nil && len(binding.Definitions) == 1 {
			if def, ok := binding.Definitions[0].Node.(*python.FunctionDef); ok {
				return f.Function(def)
			}
		}
	case *python.Attribute:
		receiver, ok := e.Value.(*python.Name)
		if !ok {
			return nil
		}
		if fn := f.methodAround(e); fn != nil && (receiver.Id == fn.Self() || receiver.Id == fn.Class.Name) {
			return f.MethodOf(fn.Class, e.Attr)
		}
		if class := f.LocalClass(f.Qualified(receiver)); class != nil {
			return f.MethodOf(class, e.Attr)
		}
	case *python.Call:
		if f.Qualified(e.Func) == "functools.partial" && len(e.Args) > 0 {
			return f.FunctionOf(e.Args[0])
		}
	}
	return nil
}

// methodAround returns the method that a node stands in, also through functions inside it, or nil.
func (f *File) methodAround(node python.Node) *names.Function {
	for fn := f.FunctionAt(node); fn != nil; fn = fn.Parent {
		if fn.Class != nil {
			return fn
		}
	}
	return nil
}

// Own yields the nodes of a function's body without those of functions and classes inside it.
func (f *File) Own(fn *names.Function) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		done := false
		for _, stmt := range fn.Body {
			f.Walk(stmt, func(node python.Node) bool {
				switch node.(type) {
				case *python.FunctionDef, *python.ClassDef:
					return false
				}
				done = done || !yield(node)
				return !done
			})
		}
	}
}

// Within yields the nodes that run when a function runs: its own, and those of the functions of this file that it calls,
// a few calls deep. Functions that it only defines are left out.
func (f *File) Within(fn *names.Function) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		w := within{f: f, yield: yield, seen: make(map[*names.Function]bool)}
		w.function(fn, 0)
	}
}

type within struct {
	f     *File
	yield func(python.Node) bool
	seen  map[*names.Function]bool
	done  bool
}

// callDepth is how far calls are followed: what lies deeper says little about the function asked about.
const callDepth = 3

func (w *within) function(fn *names.Function, depth int) {
	if fn == nil || w.seen[fn] || depth > callDepth {
		return
	}
	w.seen[fn] = true
	for _, stmt := range fn.Body {
		w.nodes(stmt, depth)
	}
}

func (w *within) nodes(node python.Node, depth int) {
	w.f.Walk(node, func(node python.Node) bool {
		if w.done {
			return false
		}
		switch n := node.(type) {
		case *python.FunctionDef, *python.ClassDef:
			return false
		case *python.Call:
			w.function(w.f.FunctionOf(n.Func), depth+1)
		}
		if !w.done && !w.yield(node) {
			w.done = true
		}
		return !w.done
	})
}

// WithinBlock yields the nodes of a block and of the functions of this file that it calls, as [File.Within] does.
func (f *File) WithinBlock(block []python.Stmt) func(yield func(python.Node) bool) {
	return func(yield func(python.Node) bool) {
		w := within{f: f, yield: yield, seen: make(map[*names.Function]bool)}
		for _, stmt := range block {
			w.nodes(stmt, 0)
		}
	}
}

// Generator returns the function of this file whose generator an iterable is, or nil: whoever writes one expects that not all fits.
func (f *File) Generator(iterable python.Expr) *names.Function {
	call, ok := f.Deref(iterable).(*python.Call)
	if !ok {
		return nil
	}
	fn := f.FunctionOf(call.Func)
	if fn == nil || len(fn.Decorators) > 0 {
		return nil
	}
	if _, yields := fn.Results(); !yields {
		return nil
	}
	return fn
}
