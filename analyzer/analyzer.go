package analyzer

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

// An Analyzer runs rules over files. It is safe for use by several goroutines at once.
type Analyzer struct {
	// Rules to run, in any order.
	Rules []*Rule
	// Known are the names of all rules there are, for telling a suppression of a rule that was not selected from one
	// of a rule that does not exist.
	Known []string
	// Project is what the whole repository tells; nil where nobody gathered it.
	Project *project.Facts
	// Generated reports whether a file is to be analysed although its header says that it is generated; nil means no
	// file is.
	Generated func(path string) bool
	// Identity returns the path that goes into the fingerprints of a file outside a change; nil means its own.
	Identity func(path string) string
	// Kind returns what a file is for, by its path; nil means [selection.KindOf].
	Kind func(path string) selection.Kind
	// Severities are those that rules have instead of their own, by the rules' names. Only a finding of high confidence
	// is of high severity all the same.
	Severities map[string]Severity
	// Vocabulary is what the project calls its own things.
	Vocabulary django.Vocabulary
	// Shown reports whether anybody will see a finding. For others no fix is proven, which is to analyse the file again, and
	// no source is kept. Nil means that all are seen.
	Shown func(f Finding) bool
	// Mentions tell which names the files of the whole project say: what none of them names, nobody runs. Nil means that there may be
	// other files.
	Mentions *Mentions
	// Modules are those of the whole repository: what Python cannot load, nobody runs. Nil means that there may be others.
	Modules *Modules
	// Workers is how many files are analysed at once; 0 means one a processor.
	Workers int
	// Progress, unless nil, is called after each file, from several goroutines.
	Progress func()

	// triggers are those of each kind of files.
	triggers [selection.AllKinds + 1]struct {
		once sync.Once
		*triggers
	}
}

func (a *Analyzer) shown(f Finding) bool { return a.Shown == nil || a.Shown(f) }

func (a *Analyzer) known(rule string) bool { return slices.Contains(a.Known, rule) }

func (a *Analyzer) wantsGenerated(path string) bool { return a.Generated != nil && a.Generated(path) }

func (a *Analyzer) kind(path string) selection.Kind {
	if a.Kind == nil {
		return selection.KindOf(path)
	}
	return a.Kind(path)
}

func (a *Analyzer) identity(path string) string {
	if a.Identity == nil {
		return path
	}
	return a.Identity(path)
}

// Review analyses the base and the head of every file of a change and tells what is new. It stops early when ctx is
// done; files that it did not reach are Unread.
func (a *Analyzer) Review(ctx context.Context, diff change.Change) Result {
	paths := make([]string, len(diff.Files))
	for i, file := range diff.Files {
		paths[i] = file.Path
	}
	files := a.files(ctx, paths, func(i int) FileResult { return a.reviewFile(diff.Files[i]) })
	return Result{Files: files, RuleNames: a.ruleNames()}
}

// Tree analyses files as they are. Read returns the raw bytes of a path; it is called from several goroutines. It stops
// early as Review does.
func (a *Analyzer) Tree(ctx context.Context, paths []string, read func(path string) ([]byte, error)) Result {
	files := a.files(ctx, paths, func(i int) FileResult {
		raw, err := read(paths[i])
		if err != nil {
			return unread(paths[i], err.Error())
		}
		return a.result(a.inspect(version{path: paths[i], identity: func() string { return a.identity(paths[i]) }, raw: raw, head: true}), paths[i])
	})
	a.doubt(ctx, files)
	return Result{Files: files, RuleNames: a.ruleNames()}
}

func (a *Analyzer) ruleNames() []string {
	list := make([]string, len(a.Rules))
	for i, rule := range a.Rules {
		list[i] = rule.Name
	}
	slices.Sort(list)
	return list
}

func unread(path, reason string) FileResult {
	return FileResult{Path: path, State: Unread, Notices: []Notice{{Path: path, Message: "not read: " + reason}}}
}

// result returns what an inspection outside a change came to.
func (a *Analyzer) result(in inspection, path string) FileResult {
	file := FileResult{
		Path: path, OldPath: path, State: in.state, Findings: in.findings, FailedRules: in.failedRules, Notices: in.notices,
	}
	if slices.ContainsFunc(in.findings, a.shown) {
		file.Source = in.source.Text
	}
	return file
}

// halfReadable says why only one version of a file is analysed, or nothing: to compare half would be to call old findings
// new, or fixed.
func (a *Analyzer) halfReadable(file change.File) string {
	if file.OldPath == "" {
		return ""
	}
	if !a.wantsGenerated(file.Path) && selection.Generated(file.Head) && !selection.Generated(file.Base) {
		return "the change adds a header that says it is generated"
	}
	if selection.LFSPointer(file.Base) {
		return "in the base, it is kept in Git LFS"
	}
	if _, err := python.Decode(file.Base); err != nil {
		return "in the base: " + err.Error()
	}
	return ""
}

// reviewFile compares the two versions of a file.
func (a *Analyzer) reviewFile(file change.File) FileResult {
	switch {
	case file.Unread != "":
		result := unread(file.Path, file.Unread)
		result.OldPath = file.OldPath
		return result
	case file.Status == change.Deleted:
		base := a.inspect(version{path: file.Path, identity: func() string { return file.Path }, raw: file.Base})
		return FileResult{Path: file.Path, OldPath: file.OldPath, State: Deleted, Fixed: mended(base.findings, inspection{})}
	}
	identity := func() string { return cmp.Or(file.OldPath, file.Path) }
	if reason := a.halfReadable(file); reason != "" {
		result := unread(file.Path, reason)
		result.OldPath = file.OldPath
		return result
	}
	head := a.inspect(version{path: file.Path, identity: identity, raw: file.Head, head: true})
	base := inspection{state: Analysed}
	switch {
	case file.Status == change.Added || file.OldPath == "":
	case bytes.Equal(file.Base, file.Head) && file.OldPath == file.Path:
		base = head
	default:
		base = a.inspect(version{path: file.OldPath, identity: identity, raw: file.Base})
	}
	result := a.result(head, file.Path)
	result.OldPath = file.OldPath
	result.Fixed = mended(compare(&file, base, result.Findings), head)
	for _, s := range head.suppressions {
		if file.Touches(s.Line, s.Line) {
			s.Added = true
			result.AddedSuppressions = append(result.AddedSuppressions, s)
		}
	}
	for i := range result.Findings {
		if s := result.Findings[i].Suppression; s != nil {
			s.Added = file.Touches(s.Line, s.Line)
		}
	}
	return result
}
