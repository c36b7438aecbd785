package analyzer

import (
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/project"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

// A Pass is one rule's view of one file.
type Pass struct {
	*django.File
	// Kind is what the file is for.
	Kind selection.Kind
	// Settings are what the file sets, nil for a file that is no settings file.
	Settings *settings.File
	// Project is what the whole repository tells, nil where nobody gathered it. Its methods take nil.
	Project *project.Facts

	diagnostics []Diagnostic
}

// Report takes a diagnostic. Its code is written as the Django of the project has it.
func (p *Pass) Report(d Diagnostic) {
	p.spell(&d)
	p.diagnostics = append(p.diagnostics, d)
}

// NotInstalled reports whether a node stands in a middleware that the project's settings are known to leave out. It is false where
// they are not known.
func (p *Pass) NotInstalled(node python.Node) bool {
	names := p.MiddlewareAt(node.Range().Start)
	return len(names) > 0 && p.Project.LeavesOut(names...)
}

// Insert returns an edit that puts text in at an offset.
func Insert(offset int32, text string) TextEdit {
	return TextEdit{Span: python.Span{Start: offset, End: offset}, NewText: text}
}

// Replace returns an edit that puts text in the place of a node.
func Replace(node python.Node, text string) TextEdit {
	return TextEdit{Span: node.Range(), NewText: text}
}
