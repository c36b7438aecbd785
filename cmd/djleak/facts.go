package main

import (
	"context"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/change"
	"github.com/djleak/djleak/analyzer/change/git"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/annotate/github"
)

// gather reads the facts of the project from the files of walked folders. A file that cannot be read tells nothing: a
// missing fact makes a rule quieter, and what matters of the failure is told where the file itself is analysed.
func (t *tree) gather(review *analyzer.Analyzer) {
	if !wantsProject(review) {
		return
	}
	readers := make([]project.Reader, min(runtime.GOMAXPROCS(0), max(len(t.facts), 1)))
	var next atomic.Int64
	var group sync.WaitGroup
	for i := range readers {
		group.Go(func() {
			for at := int(next.Add(1)) - 1; at < len(t.facts); at = int(next.Add(1)) - 1 {
				place := t.facts[at]
				if content, err := t.content(place); err == nil {
					readers[i].Add(filepath.ToSlash(place.name), content)
				}
			}
		})
	}
	group.Wait()
	for i := range readers[1:] {
		readers[0].Join(&readers[i+1])
	}
	review.Project = readers[0].Facts()
}

// wantsProject reports whether a rule may ask for the project.
func wantsProject(review *analyzer.Analyzer) bool {
	return slices.ContainsFunc(review.Rules, func(rule *analyzer.Rule) bool { return rule.Project })
}

// asksProject reports whether a rule asks for the project because of what a change brings.
func asksProject(review *analyzer.Analyzer, diff change.Change) bool {
	return slices.ContainsFunc(diff.Files, func(file change.File) bool { return review.AsksProject(file.Path, file.Head) })
}

// gatherFrom reads the facts of the project from the head of a change, where a rule asks for them.
func gatherFrom(ctx context.Context, review *analyzer.Analyzer, repository git.Repository, diff change.Change) error {
	if !asksProject(review, diff) {
		return nil
	}
	var reader project.Reader
	for file, err := range repository.Files(ctx, diff.Head, git.Options{Match: project.Relevant}) {
		if err != nil {
			return err
		}
		reader.Add(file.Path, file.Data)
	}
	review.Project = reader.Facts()
	return nil
}

// gather reads the facts of the project from the head of the event, where a rule asks for them.
func (a *action) gather(review *analyzer.Analyzer, diff change.Change) error {
	if !asksProject(review, diff) {
		return nil
	}
	files, err := a.ahead.project()
	if err != nil {
		return err
	}
	var reader project.Reader
	for path, content := range files {
		reader.Add(path, content)
	}
	review.Project = reader.Facts()
	return nil
}

// factless leaves the rules that ask for the project out of those that ran to their end: without its facts they are quiet,
// which is no proof that a finding is gone.
func (a *action) factless(result *analyzer.Result, err error) {
	a.note("some rules knew less than they need: " + err.Error())
	result.RuleNames = slices.DeleteFunc(result.RuleNames, func(name string) bool {
		return slices.ContainsFunc(a.rules, func(rule *analyzer.Rule) bool { return rule.Project && rule.Name == name })
	})
}

// modulesOf returns where Python may find the modules of a whole tree.
func modulesOf(tree github.Tree) *analyzer.Modules {
	places := slices.DeleteFunc(slices.Concat(tree.Paths, tree.Left), func(file string) bool { return path.Ext(file) != "" && !importable(file) })
	return analyzer.NewModules(places)
}

// projectOf reads the facts of the project from a whole tree.
func projectOf(tree github.Tree) *project.Facts {
	var reader project.Reader
	for _, path := range tree.Paths {
		if content, err := tree.Read(path); err == nil && project.Relevant(path) {
			reader.Add(path, content)
		}
	}
	return reader.Facts()
}
