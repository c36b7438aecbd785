package analyzer

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
)

// A library tells what the modules of a whole repository define, as a project sees them. It is for one goroutine.
type library struct {
	*shelves
	// folder is the project's, with a slash behind it: what its manage.py runs finds modules there.
	folder string
	// texts are those that were read.
	texts map[string]string
	// models are those that were asked for, by their modules and names; nil for one of which not all is known.
	models map[string]*model
	// installed tells of applications whether they are installed by their whole name.
	installed map[string]bool
	// byHand tells of models that were asked for whether staff types their rows.
	byHand map[string]bool
}

// library returns what the modules define that a project sees, or nil where not all files are known.
func (a *Analyzer) library(ctx context.Context, project *mentioned) *library {
	if a.Modules == nil {
		return nil
	}
	if a.Mentions.shelves == nil {
		a.Mentions.shelves = newShelves(ctx, a.Modules, a.Mentions, a.workers())
	}
	return &library{
		shelves: a.Mentions.shelves, folder: project.folder, texts: make(map[string]string), models: make(map[string]*model),
		installed: make(map[string]bool), byHand: make(map[string]bool),
	}
}

// doubts reports whether a finding stands in code of others or in a migration that was squashed, is about a table that was new or that
// staff fills by hand, or stands in code that cannot run. Nil knows nothing.
func (l *library) doubts(project *mentioned, f *Finding) bool {
	return l != nil && (l.carries(project, f.Path) || l.isReplaced(f.Path) || l.isYoung(f.Path, f.Table) || l.isByHand(f.Rows) ||
		slices.ContainsFunc(f.Imports, func(i django.Import) bool {
			return l.lacks(f.Path, i) || l.misnames(f.Path, i) || l.uninstalled(f.Path, i)
		}) ||
		f.Demand != nil && l.refuses(f.Path, *f.Demand))
}

// lacks reports whether a file imports a name that the module of the repository plainly does not define, so that the import fails.
// What may come from elsewhere, by another's work or at run time, counts as there.
func (l *library) lacks(file string, i django.Import) bool {
	if i.Name == "*" || uncommitted.MatchString(i.Module) || uncommitted.MatchString(i.Name) {
		return false
	}
	module := asPath(i.Module)
	if i.Level > 0 {
		return l.lacksAt(path.Join(django.Above(file, i.Level), module), i.Name)
	}
	if !strings.Contains(module, "/") || !l.modules.isSeen(file, module) {
		return false
	}
	places := l.placesOf(module)
	return len(places) > 0 && !slices.ContainsFunc(places, func(place string) bool { return !l.lacksAt(place, i.Name) })
}

// lacksAt reports whether the module or the package at a path without its extension plainly lacks a name.
func (l *library) lacksAt(place, name string) bool {
	if inside := path.Join(place, name); l.modules.is(inside) || l.modules.isFolder(inside) {
		return false
	}
	lacks := false
	for _, file := range []string{place + ".py", place + "/__init__.py"} {
		if text, ok := l.text(file); ok {
			if stands(text, name) || slices.ContainsFunc(dynamic, func(word string) bool { return strings.Contains(text, word) }) {
				return false
			}
			lacks = true
		}
	}
	return lacks
}

// stands reports whether a name stands anywhere in a text.
func stands(text, name string) bool {
	for range django.Words(text, name) {
		return true
	}
	return false
}

// dynamic are words of modules that get names which they do not spell.
var dynamic = []string{"import *", "__getattr__", "globals()", "vars()", "locals()", "exec(", "setattr(", "sys.modules", "@generated"}

// text returns what a file of the repository says.
func (l *library) text(file string) (text string, ok bool) {
	if !l.isThere(file) {
		return "", false
	}
	text, ok = l.texts[file]
	if !ok {
		raw, err := l.read(file)
		if err != nil {
			return "", false
		}
		text = string(raw)
		l.texts[file] = text
	}
	return text, true
}
