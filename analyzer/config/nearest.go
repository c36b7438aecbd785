package config

import (
	"cmp"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the names, three at most, that a person who wrote word may have meant, the nearest first.
func Nearest(word string, names []string) []string {
	word = strings.ToLower(word)
	type guess struct {
		name     string
		distance int
	}
	var guesses []guess
	for _, name := range names {
		distance := levenshtein.ComputeDistance(word, name)
		// A part of a name, such as "cached" of "cached-method", is meant for it however much is missing.
		part := len(word) >= minPart && strings.Contains(name, word)
		if distance <= slips(word) && distance < len(name) || part {
			guesses = append(guesses, guess{name, distance})
		}
	}
	slices.SortStableFunc(guesses, func(a, b guess) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(a.name, b.name))
	})
	near := make([]string, 0, maxNearest)
	for _, guess := range guesses[:min(len(guesses), maxNearest)] {
		near = append(near, guess.name)
	}
	return near
}

// slips is how many letters of a word may be wrong, missing or too many.
func slips(word string) int {
	return max(1, min(2, (len(word)+1)/3), len(word)/5)
}

const (
	maxNearest = 3
	// minPart is the fewest letters that say which name they are a part of.
	minPart = 4
)

// DidYouMean asks for the nearest names: "; did you mean a or b?", or nothing where none is near.
func DidYouMean(word string, names []string) string {
	near := Nearest(word, names)
	if len(near) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(near, " or ") + "?"
}
