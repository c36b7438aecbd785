// Package forceddebugcursor reports connections that are told to log every query.
package forceddebugcursor

import (
	_ "embed"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports connection.force_debug_cursor = True outside tests.
var Rule = &analyzer.Rule{
	Name:       "forced-debug-cursor",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{attribute},
	Project:    true,
	Run:        run,
}

const attribute = "force_debug_cursor"

func run(pass *analyzer.Pass) {
	if pass.Django().Before(1, 8) { // It is called use_debug_cursor: https://docs.djangoproject.com/en/5.2/releases/1.8/
		return
	}
	for _, assign := range pass.Assigns {
		if len(assign.Targets) != 1 || !isTrue(assign.Value) {
			continue
		}
		target, ok := assign.Targets[0].(*python.Attribute)
		if !ok || target.Attr != attribute || restored(pass, assign) || guarded(pass, assign) {
			continue
		}
		pass.Report(diagnose(pass, assign))
	}
}

func isTrue(expr python.Expr) bool {
	constant, ok := expr.(*python.Constant)
	return ok && constant.Kind == python.True
}

// restored reports whether the same function or module sets the attribute to something else as well, as a context
// manager does.
func restored(pass *analyzer.Pass, assign *python.Assign) bool {
	for _, other := range pass.Assigns {
		if other == assign || len(other.Targets) != 1 || isTrue(other.Value) {
			continue
		}
		target, ok := other.Targets[0].(*python.Attribute)
		if ok && target.Attr == attribute && pass.ClassAt(other) == pass.ClassAt(assign) {
			return true
		}
	}
	return false
}

func guarded(pass *analyzer.Pass, assign *python.Assign) bool {
	_, ok := names.Inside[*python.If](pass.File.File, assign)
	return ok
}

func diagnose(pass *analyzer.Pass, assign *python.Assign) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    assign.Span,
		Message: "`force_debug_cursor` makes the connection keep its latest 9,000 queries, with or without DEBUG",
		Remedy:  "from django.test.utils import CaptureQueriesContext\n\nwith CaptureQueriesContext(connection) as queries:\n    ...\n",
		// A command may be there to count queries, and its process ends.
		Preview: pass.ContextAt(assign) == django.CommandContext,
	}
	if edit, ok := pass.Delete(assign); ok {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Delete the assignment; CaptureQueriesContext logs the queries of one block",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{edit},
		}}
		if len(pass.AttributesNamed("queries"))+len(pass.AttributesNamed("queries_log")) > 0 {
			d.Fixes[0].Kind = analyzer.UnsafeFix
			d.Fixes[0].Check = "Who reads the queries that the connection keeps? Without the assignment there are none, unless DEBUG is on."
		}
	}
	return d
}
