package names

import (
	"iter"
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// Block returns the list of statements that stmt is one of, nil for what is no statement of this file.
func (f *File) Block(stmt python.Stmt) []python.Stmt {
	for _, block := range Blocks(f.Parent(stmt)) {
		if slices.Contains(block, stmt) {
			return block
		}
	}
	return nil
}

// Statement returns the innermost statement around a node, itself included.
func (f *File) Statement(node python.Node) python.Stmt {
	for ; node != nil; node = f.Parent(node) {
		if stmt, ok := node.(python.Stmt); ok {
			return stmt
		}
	}
	return nil
}

// Inside reports whether a node of type T stands around node, before the function around it ends.
func Inside[T python.Node](f *File, node python.Node) (found T, ok bool) {
	for node = f.Parent(node); node != nil; node = f.Parent(node) {
		if found, ok = node.(T); ok {
			return found, true
		}
		switch node.(type) {
		case *python.FunctionDef, *python.Lambda, *python.ClassDef:
			return found, false
		}
	}
	return found, false
}

// Branches yields the if statements whose branches a node stands in, from the innermost on, and whether it is met where the test
// holds.
func (f *File) Branches(node python.Node) iter.Seq2[*python.If, bool] {
	return func(yield func(*python.If, bool) bool) {
		for inner, around := node, f.Parent(node); around != nil; inner, around = around, f.Parent(around) {
			branch, ok := around.(*python.If)
			if !ok {
				continue
			}
			stmt, _ := inner.(python.Stmt)
			holds := slices.Contains(branch.Body, stmt)
			if (holds || slices.Contains(branch.Orelse, stmt)) && !yield(branch, holds) {
				return
			}
		}
	}
}

// Unreachable reports whether a statement in front of a node leaves its block, so that the node is never met.
func (f *File) Unreachable(node python.Node) bool {
	for stmt := f.Statement(node); stmt != nil; stmt = f.Statement(f.Parent(stmt)) {
		for _, before := range f.Block(stmt) {
			if before == stmt {
				break
			}
			switch before.(type) {
			case *python.Return, *python.Raise, *python.Continue, *python.Break:
				return true
			}
		}
	}
	return false
}

// Aborts reports whether a node stands in a branch that ends in raise: what it does is for the error's sake.
func (f *File) Aborts(node python.Node) bool {
	for branch, holds := range f.Branches(node) {
		body := branch.Body
		if !holds {
			body = branch.Orelse
		}
		if _, ok := body[len(body)-1].(*python.Raise); ok {
			return true
		}
	}
	return false
}
