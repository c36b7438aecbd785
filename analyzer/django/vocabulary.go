package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/python"
)

// A Vocabulary is what a project calls its own things, where their code tells nothing to who reads one file at a time.
type Vocabulary struct {
	// CacheDecorators are the qualified names of decorators that keep what a function returned, without bound.
	CacheDecorators []string
	// LongRunning are the qualified names of decorators and base classes whose functions work in the background.
	LongRunning []string
	// BoundedManagers are the names of managers, and of methods of theirs, that give a few rows of any table.
	BoundedManagers []string
}

// Words returns what stands in every file that uses one of the names, unless it is imported under another.
func (v Vocabulary) Words() []string {
	words := slices.Clone(v.BoundedManagers)
	for _, name := range slices.Concat(v.CacheDecorators, v.LongRunning) {
		words = append(words, name[strings.LastIndexByte(name, '.')+1:])
	}
	return words
}

// listed reports whether a qualified name is one of a list. A name that is relative to its package is when it ends alike.
func listed(list []string, qualified string) bool {
	relative := strings.TrimLeft(qualified, ".")
	return qualified != "" && slices.ContainsFunc(list, func(name string) bool {
		return name == qualified || relative != qualified && strings.HasSuffix(name, "."+relative)
	})
}

// isBoundedManager reports whether a method, or the manager that it is called on, gives few rows.
func (f *File) isBoundedManager(method python.Expr) bool {
	for access, ok := method.(*python.Attribute); ok; access, ok = access.Value.(*python.Attribute) {
		if slices.Contains(f.Vocabulary.BoundedManagers, access.Attr) {
			return true
		}
	}
	return false
}
