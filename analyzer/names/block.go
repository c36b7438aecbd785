package names

import (
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
