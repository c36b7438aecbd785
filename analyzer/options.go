package analyzer

import (
	"path"
	"slices"

	"github.com/djleak/djleak/analyzer/selection"
)

// Options say which findings count. They narrow what is reported, never what is analysed, so that a comment is only
// ever marked as fixed when its finding is really gone.
type Options struct {
	// Scope is the part of a change to report on.
	Scope Scope
	// MinSeverity and MinConfidence are the least that is reported.
	MinSeverity   Severity
	MinConfidence Confidence
	// Preview reports those forms of rules, too, that have not shown their precision yet.
	Preview bool
	// FailOn is the least severity that fails the run; nil means never.
	FailOn *Severity
	// Ignores are rules that are not reported in some files.
	Ignores []FileIgnore
	// Folder leads from where the globs of Ignores start to where the paths of findings start, with slashes; empty where
	// they start from the same.
	Folder string
}

// A FileIgnore is a rule, or "all" of them, that is not reported in the files that a glob matches.
type FileIgnore struct{ Glob, Rule string }

// A Scope is the part of a change whose findings are reported.
type Scope uint8

// The scopes.
const (
	// ScopeNew reports what the head has and the base has not.
	ScopeNew Scope = iota
	// ScopeAdded reports what touches an added or changed line.
	ScopeAdded
	// ScopeFile reports everything in a changed file.
	ScopeFile
)

var scopeNames = [...]string{ScopeNew: "new", ScopeAdded: "added", ScopeFile: "file"}

func (s Scope) String() string { return scopeNames[s] }

// UnmarshalText reads a scope's name; its error lists the allowed ones.
func (s *Scope) UnmarshalText(text []byte) error { return unmarshalName(s, scopeNames[:], text) }

// Reports reports whether the finding counts: suppressed findings do, so that the ledger can name them.
func (o Options) Reports(f Finding) bool {
	if !o.Admits(f) {
		return false
	}
	switch o.Scope {
	case ScopeNew:
		return f.New
	case ScopeAdded:
		return f.Added
	default:
		return true
	}
}

// Admits reports whether the finding would count in any part of a change: it is severe and sure enough, and not ignored.
func (o Options) Admits(f Finding) bool {
	return f.Severity >= o.MinSeverity && f.Confidence >= o.MinConfidence && (o.Preview || !f.Preview) && !o.ignores(f)
}

func (o Options) ignores(f Finding) bool {
	return slices.ContainsFunc(o.Ignores, func(i FileIgnore) bool {
		return (i.Rule == f.Rule.Name || i.Rule == "all") && selection.Matches(i.Glob, path.Join(o.Folder, f.Path))
	})
}

// Fails reports whether the finding fails the run.
func (o Options) Fails(f Finding) bool {
	return o.FailOn != nil && f.Suppression == nil && f.Severity >= *o.FailOn
}
