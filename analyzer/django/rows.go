package django

import (
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// rowFacts remembers what was found out about the QuerySets of a file, while the file is looked at.
type rowFacts struct {
	querySets  map[python.Expr]*QuerySet
	extents    map[*QuerySet]Extent
	plenty     map[*QuerySet]bool
	fixedPaths map[python.Expr]bool
	// uploads and requestFiles are expressions that IsUpload and IsRequestFile were asked about.
	uploads, requestFiles map[python.Expr]bool
	attributes            map[*names.Class]map[string][]python.Expr
	managers              map[string]bool
	batch                 map[*names.Function]bool
	abandoned, uncalled   map[*names.Function]bool
	callers               map[*names.Function][]*names.Function
	copies                []*Copy
	copied                bool
}

func newRowFacts() rowFacts {
	return rowFacts{
		querySets:    make(map[python.Expr]*QuerySet),
		extents:      make(map[*QuerySet]Extent),
		plenty:       make(map[*QuerySet]bool),
		fixedPaths:   make(map[python.Expr]bool),
		uploads:      make(map[python.Expr]bool),
		requestFiles: make(map[python.Expr]bool),
		attributes:   make(map[*names.Class]map[string][]python.Expr),
		batch:        make(map[*names.Function]bool),
		abandoned:    make(map[*names.Function]bool),
		uncalled:     make(map[*names.Function]bool),
	}
}
