// Package rules is the list of all rules, one folder each.
package rules

//go:generate go run ./gen
//go:generate go run ./pages

import (
	"cmp"
	"slices"

	"github.com/djleak/djleak/analyzer"
)

// All returns every rule there is, sorted by name.
func All() []*analyzer.Rule {
	all := append(list(), analyzer.UnusedSuppression, analyzer.InvalidConfiguration)
	slices.SortStableFunc(all, func(a, b *analyzer.Rule) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
