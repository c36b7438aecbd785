package bulkcreateaccumulates

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// word matches the words in the name of a model.
var word = pattern.New(`[A-Z][a-z]+`)

// catchesUp reports whether the objects that are created are what the rows lack of which they are made, as they are by a command or a
// task that is run again and again: what is left for it are the rows that came since the last time. A migration runs once, when all of
// them lack it. A relation may be called after any word of the model: stock_levels are rows of InventoryStock.
func catchesUp(pass *analyzer.Pass, s save, c collection) bool {
	if s.updates() || pass.InMigration(s.call) {
		return false
	}
	iterable := unwrapped(pass, c.iterable)
	rows := pass.Iterated(iterable)
	if rows == nil {
		rows = pass.QuerySet(iterable)
	}
	manager, ok := s.method.Value.(*python.Attribute)
	if rows == nil || !ok {
		return false
	}
	const shortest = 4 // What is shorter stands in many other words.
	words := word.Regexp().FindAllString(python.LastName(manager.Value), -1)
	for thing := range pass.Lacks(rows) {
		if slices.ContainsFunc(words, func(word string) bool { return len(word) >= shortest && strings.Contains(thing, strings.ToLower(word)) }) {
			return true
		}
	}
	return false
}
