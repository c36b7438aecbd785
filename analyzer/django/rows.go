package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// rowFacts remembers what was found out about the QuerySets of a file, while the file is looked at.
type rowFacts struct {
	querySets  map[python.Expr]*QuerySet
	attributes map[*names.Class]map[string][]python.Expr
	managers   map[string]bool
	batch      map[*names.Function]bool
	callers    map[*names.Function][]*names.Function
	copies     []*Copy
	copied     bool
}

func newRowFacts() rowFacts {
	return rowFacts{
		querySets:  make(map[python.Expr]*QuerySet),
		attributes: make(map[*names.Class]map[string][]python.Expr),
		batch:      make(map[*names.Function]bool),
	}
}
