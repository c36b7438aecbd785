package django

import (
	"iter"
	"slices"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// An Import is one name that a statement imports from a module.
type Import struct {
	// Level is how many dots stand in front of the Module.
	Level  int
	Module string
	Name   string
}

// ImportsBefore returns what is imported by name before the code at an offset runs: at the module's level, and in front of it.
func (f *File) ImportsBefore(offset int32) []Import {
	var found []Import
	for stmt := range f.StatementsBefore(offset) {
		if from, ok := stmt.(*python.ImportFrom); ok {
			for _, name := range from.Names {
				found = append(found, Import{from.Level, from.Module, name.Name})
			}
		}
	}
	return found
}

// StatementsBefore yields statements without whose success the code at an offset does not run: those of its module, unless it stands at
// the module's level itself, and in the blocks around it those in front of it. An else of a try is behind what the try tries.
func (f *File) StatementsBefore(offset int32) iter.Seq[python.Stmt] {
	return func(yield func(python.Stmt) bool) {
		var around python.Stmt
		block := f.Body()
		_, isLate := first(f.around(offset))
		for block != nil {
			around = nil
			for _, stmt := range block {
				span := stmt.Range()
				switch {
				case span.Start <= offset && offset < span.End:
					around = stmt
				case (isLate || span.End <= offset) && !yield(stmt):
					return
				}
			}
			isLate, block = false, blockAround(around, offset)
			if try, ok := around.(*python.Try); ok && len(block) > 0 && slices.Contains(try.Orelse, block[0]) {
				for _, stmt := range try.Body {
					if !yield(stmt) {
						return
					}
				}
			}
		}
	}
}

// blockAround returns the block of a statement in which an offset stands, or nil.
func blockAround(stmt python.Stmt, offset int32) []python.Stmt {
	if stmt == nil {
		return nil
	}
	for _, block := range names.Blocks(stmt) {
		if len(block) > 0 && block[0].Range().Start <= offset && offset < block[len(block)-1].Range().End {
			return block
		}
	}
	return nil
}

// first returns the first of a sequence, and whether there is one.
func first[V any](seq iter.Seq[V]) (value V, ok bool) {
	for value = range seq {
		return value, true
	}
	return value, false
}
