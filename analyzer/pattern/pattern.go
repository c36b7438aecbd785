// Package pattern holds regular expressions that are compiled when they are first used: a program that starts does not wait
// for those of rules that have nothing to look at.
package pattern

import (
	"regexp"
	"sync"
)

// A Pattern is a regular expression. It is safe for use by several goroutines at once.
type Pattern struct{ compiled func() *regexp.Regexp }

// New returns the pattern of an expression. One that does not compile panics when it is first used.
func New(expression string) *Pattern {
	return &Pattern{compiled: sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })}
}

// MatchString reports whether the text holds a match.
func (p *Pattern) MatchString(text string) bool { return p.compiled().MatchString(text) }
