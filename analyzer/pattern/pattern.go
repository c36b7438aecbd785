// Package pattern holds regular expressions that are compiled when they are first used: a program that starts does not wait
// for those of rules that have nothing to look at.
package pattern

import (
	"regexp"
	"slices"
	"sync"
)

// A Pattern is a regular expression. It is safe for use by several goroutines at once.
type Pattern struct {
	expression string
	once       sync.Once
	compiled   *regexp.Regexp
	prepared   sync.Once
	literals   []literal
}

// New returns the pattern of an expression. One that does not compile panics when it is first used. New is so small that the
// compiler makes the patterns of a package a part of the program: they cost nothing until they are used.
func New(expression string) *Pattern { return &Pattern{expression: expression} }

// Regexp returns the compiled expression.
func (p *Pattern) Regexp() *regexp.Regexp {
	p.once.Do(func() { p.compiled = regexp.MustCompile(p.expression) })
	return p.compiled
}

// MatchString reports whether the text holds a match. The expression is compiled for the first text that may.
func (p *Pattern) MatchString(text string) bool {
	p.prepared.Do(func() { p.literals = literals(p.expression) })
	if p.literals != nil && !slices.ContainsFunc(p.literals, func(l literal) bool { return l.in(text) }) {
		return false
	}
	return p.Regexp().MatchString(text)
}
