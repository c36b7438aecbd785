package names

import (
	"cmp"
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// Reaching returns the definitions that may have given a name its value where it is used, in source order: after
// "q = a" and "if x: q = b" those are both, after "q = a" and "q = b" the second alone. For a name that another function
// binds it returns every definition, since nothing tells when that function ran.
func (f *File) Reaching(name *python.Name) []Definition {
	binding := f.Binding(name)
	if binding == nil || len(binding.Definitions) < 2 || !f.inOwnScope(name, binding) {
		return f.definitions(binding)
	}
	r := &reaching{file: f, binding: binding, found: make(map[python.Node]bool)}
	r.from(name)
	var defs []Definition
	for _, def := range binding.Definitions {
		if r.found[def.Node] || r.parameters && def.Kind == Parameter {
			defs = append(defs, def)
		}
	}
	slices.SortStableFunc(defs, func(a, b Definition) int { return cmp.Compare(a.Node.Range().Start, b.Node.Range().Start) })
	return defs
}

func (f *File) definitions(binding *Binding) []Definition {
	if binding == nil {
		return nil
	}
	return binding.Definitions
}

// inOwnScope reports whether a use and all definitions of a name run in one function, or all at the module's level, so
// that the order of statements is the order of time.
func (f *File) inOwnScope(name *python.Name, binding *Binding) bool {
	if f.running(name) != binding.Scope {
		return false
	}
	return !slices.ContainsFunc(binding.Definitions, func(def Definition) bool {
		switch def.Kind {
		case Parameter, Caught, Captured:
			return false
		default:
			return f.running(def.Node) != binding.Scope
		}
	})
}

// running returns the scope that a node runs in: comprehensions run where they stand.
func (f *File) running(node python.Node) *Scope {
	scope := f.ScopeAt(node)
	for scope.isComprehension() && scope.Parent != nil {
		scope = scope.Parent
	}
	return scope
}

// reaching walks from a use backwards along the flow of control.
type reaching struct {
	file       *File
	binding    *Binding
	found      map[python.Node]bool
	parameters bool
}

// from walks up from a use: through the statements before it in its block, then the block around that one.
func (r *reaching) from(use python.Node) {
	stmt := r.file.statement(use)
	if loop, ok := stmt.(*python.While); ok {
		// The test runs again behind the body.
		r.block(loop.Body)
	}
	for stmt != nil {
		parent := r.file.Parent(stmt)
		block := blockOf(parent, stmt)
		at := slices.Index(block, stmt)
		if at > 0 && r.block(block[:at]) {
			return
		}
		if r.enter(parent, block, stmt) {
			return
		}
		stmt = r.file.statement(parent)
	}
}

// enter takes what defines the name on the way into a block, and reports whether that leaves no other value.
func (r *reaching) enter(parent python.Node, block []python.Stmt, from python.Stmt) bool {
	switch p := parent.(type) {
	case nil, *python.Module:
		return true
	case *python.FunctionDef:
		r.parameters = true
		return true
	case *python.ClassDef:
		return true
	case *python.For:
		if sameBlock(block, p.Orelse) {
			r.block(p.Body)
			return false
		}
		r.later(p.Body, from)
		return r.header(p)
	case *python.While:
		if sameBlock(block, p.Orelse) {
			r.block(p.Body)
			return false
		}
		r.later(p.Body, from)
		return r.inside(p.Test)
	case *python.If:
		return r.inside(p.Test)
	case *python.With:
		return r.header(p)
	case *python.Try:
		switch {
		case sameBlock(block, p.Orelse):
			return r.block(p.Body)
		case sameBlock(block, p.Finalbody):
			r.block(p.Body)
			for _, handler := range p.Handlers {
				r.block(handler.Body)
			}
			r.block(p.Orelse)
		}
	case *python.ExceptHandler:
		if try, ok := r.file.Parent(p).(*python.Try); ok {
			r.later(try.Body, nil)
		}
		return r.header(p)
	}
	return false
}

// later takes every definition of a block that stands at or behind a statement: the next pass of a loop meets it.
func (r *reaching) later(block []python.Stmt, from python.Stmt) {
	for _, def := range r.binding.Definitions {
		span := def.Node.Range()
		if from != nil && span.Start < from.Range().Start {
			continue
		}
		for _, stmt := range block {
			if stmt.Range().Contains(span) {
				r.found[def.Node] = true
			}
		}
	}
}

// header takes the definition that a compound statement itself makes: its loop variable, its with target.
func (r *reaching) header(node python.Node) bool {
	for _, def := range r.binding.Definitions {
		if def.Node == node {
			r.found[node] = true
			return true
		}
	}
	return false
}

// inside takes the definitions within an expression or a simple statement.
func (r *reaching) inside(node python.Node) bool {
	found := false
	for _, def := range r.binding.Definitions {
		if def.Kind != Parameter && node.Range().Contains(def.Node.Range()) {
			r.found[def.Node] = true
			found = true
		}
	}
	return found
}

// block takes what the statements of a block define, the last first, and reports whether the name has a value of theirs
// wherever control leaves the block at its end.
func (r *reaching) block(block []python.Stmt) bool {
	for _, stmt := range slices.Backward(block) {
		if r.defines(stmt) && r.stmt(stmt) {
			return true
		}
	}
	return false
}

func (r *reaching) defines(stmt python.Stmt) bool {
	span := stmt.Range()
	return slices.ContainsFunc(r.binding.Definitions, func(def Definition) bool { return span.Contains(def.Node.Range()) })
}

func (r *reaching) stmt(stmt python.Stmt) bool {
	switch s := stmt.(type) {
	case *python.If:
		body, orelse := r.branch(s.Body), r.branch(s.Orelse)
		return body && orelse || r.inside(s.Test)
	case *python.For:
		r.header(s)
		r.later(s.Body, nil)
		r.block(s.Orelse)
		return false
	case *python.While:
		r.later(s.Body, nil)
		r.block(s.Orelse)
		return r.inside(s.Test)
	case *python.With:
		return r.block(s.Body) || r.header(s)
	case *python.Try:
		return r.try(s)
	case *python.Match:
		for _, c := range s.Cases {
			r.branch(c.Body)
			r.inside(c.Pattern)
		}
		return false
	}
	return r.inside(stmt)
}

// branch is a block that control may leave otherwise than at its end: then nothing of it reaches what follows.
func (r *reaching) branch(block []python.Stmt) bool {
	if len(block) > 0 {
		switch block[len(block)-1].(type) {
		case *python.Return, *python.Raise:
			return true
		case *python.Continue, *python.Break:
			r.block(block)
			return true
		}
	}
	return r.block(block)
}

func (r *reaching) try(s *python.Try) bool {
	if r.block(s.Finalbody) {
		return true
	}
	whole := r.block(s.Orelse) || r.block(s.Body)
	for _, handler := range s.Handlers {
		whole = r.branch(handler.Body) && whole
	}
	return whole
}

// statement returns the innermost statement around a node, or the node itself.
func (f *File) statement(node python.Node) python.Stmt {
	for ; node != nil; node = f.Parent(node) {
		if stmt, ok := node.(python.Stmt); ok {
			return stmt
		}
	}
	return nil
}

// blockOf returns the block of a compound statement that a statement stands in.
func blockOf(parent python.Node, stmt python.Stmt) []python.Stmt {
	for _, block := range Blocks(parent) {
		if slices.Contains(block, stmt) {
			return block
		}
	}
	return nil
}

// Blocks returns the blocks of statements directly inside a node, in source order.
func Blocks(node python.Node) [][]python.Stmt {
	switch n := node.(type) {
	case *python.Module:
		return [][]python.Stmt{n.Body}
	case *python.FunctionDef:
		return [][]python.Stmt{n.Body}
	case *python.ClassDef:
		return [][]python.Stmt{n.Body}
	case *python.For:
		return [][]python.Stmt{n.Body, n.Orelse}
	case *python.While:
		return [][]python.Stmt{n.Body, n.Orelse}
	case *python.If:
		return [][]python.Stmt{n.Body, n.Orelse}
	case *python.With:
		return [][]python.Stmt{n.Body}
	case *python.Try:
		return [][]python.Stmt{n.Body, n.Orelse, n.Finalbody}
	case *python.ExceptHandler:
		return [][]python.Stmt{n.Body}
	case *python.MatchCase:
		return [][]python.Stmt{n.Body}
	}
	return nil
}

func sameBlock(a, b []python.Stmt) bool { return len(a) > 0 && len(b) > 0 && a[0] == b[0] }
