package growth

import (
	"slices"

	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// fillsOnce reports whether a use runs only while the container is empty, or until the function has set a mark that says
// it has run.
func (h Holder) fillsOnce(f *django.File, use Use) bool {
	once := false
	for _, stmt := range use.Function.Body {
		f.Walk(stmt, func(node python.Node) bool {
			if branch, ok := node.(*python.If); ok {
				once = once || h.guards(f, branch, use)
			}
			return !once
		})
	}
	return once
}

// guards reports whether a branch keeps a use from running twice: if not filled: fill, or if filled: return.
func (h Holder) guards(f *django.File, branch *python.If, use Use) bool {
	test, empty := branch.Test, false
	if not, ok := test.(*python.UnaryOp); ok && not.Op == python.Not {
		test, empty = not.Operand, true
	}
	// if filled and isinstance(filled, list): return
	if both, ok := test.(*python.BoolOp); ok && both.Op == python.And && !empty {
		test = both.Values[0]
	}
	if !h.isContainer(test, use.Function) && !isMark(f, test, use.Function) {
		return false
	}
	inside := spans(branch.Body, use.Node)
	if empty {
		return inside
	}
	return !inside && leaves(branch.Body) && branch.Start < use.Node.Range().Start
}

// asksFirst reports whether a branch around a use hands the container to a function in its test, as in if not found(x): x.append(y).
func (h Holder) asksFirst(f *django.File, use Use) bool {
	text := f.Text(use.Expr)
	for node := use.Node; node != nil; node = f.Parent(node) {
		branch, ok := f.Parent(node).(*python.If)
		if !ok || !spans(branch.Body, node) {
			continue
		}
		asks := false
		python.Walk(branch.Test, func(inner python.Node) bool {
			call, ok := inner.(*python.Call)
			asks = asks || ok && f.Qualified(call.Func) != "builtins.isinstance" &&
				slices.ContainsFunc(call.Args, func(arg python.Expr) bool { return f.Text(arg) == text })
			return !asks
		})
		if asks {
			return true
		}
	}
	return false
}

// isContainer reports whether an expression is the container itself, in that function.
func (h Holder) isContainer(expr python.Expr, fn *names.Function) bool {
	for _, use := range h.Uses {
		if use.Expr == expr && use.Function == fn {
			return true
		}
	}
	return false
}

// isMark reports whether an expression is a variable outside the function that the function itself sets.
func isMark(f *django.File, expr python.Expr, fn *names.Function) bool {
	name, ok := expr.(*python.Name)
	if !ok {
		return false
	}
	binding := f.Binding(name)
	if binding == nil || binding.Scope != f.Module {
		return false
	}
	for _, def := range binding.Definitions {
		if def.Kind == names.Assigned && f.FunctionAt(def.Node) == fn {
			return true
		}
	}
	return false
}

func spans(block []python.Stmt, node python.Node) bool {
	for _, stmt := range block {
		if stmt.Range().Contains(node.Range()) {
			return true
		}
	}
	return false
}

// leaves reports whether a block ends by leaving the function.
func leaves(block []python.Stmt) bool {
	if len(block) == 0 {
		return false
	}
	switch block[len(block)-1].(type) {
	case *python.Return, *python.Raise:
		return true
	}
	return false
}

// Replaces reports whether a use only gives another value to a key that is there already: if key in x: x[key] = value, or
// x[key] = x[key] + value.
func Replaces(f *django.File, use Use) bool {
	if use.Kind != names.GrowsKeyed || use.Key == nil || len(use.Outer) > 0 {
		return false
	}
	key, container := f.Text(use.Key), f.Text(use.Expr)
	if use.Value != nil && reads(f, use.Value, container, key) {
		// x[key] = x[key] + value raises KeyError before it adds.
		return true
	}
	for node := use.Node; node != nil; node = f.Parent(node) {
		branch, ok := f.Parent(node).(*python.If)
		if !ok || !spans(branch.Body, node) {
			continue
		}
		test, ok := branch.Test.(*python.Compare)
		if ok && len(test.Ops) == 1 && test.Ops[0] == python.In && f.Text(test.Left) == key && f.Text(test.Comparators[0]) == container {
			return true
		}
	}
	return false
}

// reads reports whether an expression takes a key's value out of a container.
func reads(f *django.File, expr python.Expr, container, key string) bool {
	found := false
	python.Walk(expr, func(node python.Node) bool {
		subscript, ok := node.(*python.Subscript)
		found = found || ok && f.Text(subscript.Value) == container && f.Text(subscript.Slice) == key
		return !found
	})
	return found
}

// resets reports whether the function has put a new container in the place that a use adds to: x[a] = {} before x[a][b] = value.
func (h Holder) resets(f *django.File, use Use) bool {
	path := use.Outer
	if appends(use.Method) && use.Key != nil {
		// x[a].append(value)
		path = append([]python.Expr{use.Key}, path...)
	}
	if len(path) == 0 {
		return false
	}
	return slices.ContainsFunc(h.Uses, func(other Use) bool {
		if other.Kind != names.GrowsKeyed || other.Method != "" || other.Function != use.Function || other.Key == nil ||
			other.Node.Range().Start >= use.Node.Range().Start || other.Value == nil || f.Container(other.Value) == names.NoContainer {
			return false
		}
		return slices.EqualFunc(append([]python.Expr{other.Key}, other.Outer...), path, func(a, b python.Expr) bool { return f.Text(a) == f.Text(b) })
	})
}
