// Package celeryresultskept reports results of Celery tasks that stay in the result backend.
package celeryresultskept

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
	"github.com/djleak/djleak/analyzer/settings"
)

//go:embed doc.md
var doc string

// Rule reports results that never expire, and tasks that return whole tables.
var Rule = &analyzer.Rule{
	Name:       "celery-results-kept",
	Doc:        doc,
	Severity:   analyzer.Low,
	Confidence: analyzer.MediumConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Preview,
	Files:      selection.Settings | selection.Code,
	Triggers:   []string{"RESULT_EXPIRES", "result_expires", "task"},
	Project:    true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if pass.Settings != nil && pass.Settings.Role == settings.Production && !ignoresResults(pass.Settings) {
		for _, option := range []string{"result_expires", "task_result_expires"} {
			for _, expiry := range pass.Settings.Celery(option) {
				if never(expiry.Value) {
					pass.Report(diagnose(pass, expiry))
				}
			}
		}
	}
	if pass.Kind&selection.Code != 0 && pass.Project.ResultsKept() {
		returned(pass)
	}
}

// ignoresResults reports whether the file says that no results are kept.
func ignoresResults(file *settings.File) bool {
	return slices.ContainsFunc(file.Celery("result_backend"), func(s settings.Setting) bool { return s.Value.Kind == settings.Null }) ||
		slices.ContainsFunc(file.Celery("task_ignore_result"), func(s settings.Setting) bool { return s.Value.Bool })
}

// never reports whether Celery takes a value for no expiry: None or 0.
func never(expiry settings.Value) bool {
	return expiry.Kind == settings.Null || expiry.Kind == settings.Number && expiry.Number == 0
}

func diagnose(pass *analyzer.Pass, expiry settings.Setting) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:       expiry.Span,
		Message:    "`" + expiry.Name + "` keeps the result of every task that ever ran in the result backend",
		Remedy:     expiry.Name + " = 60 * 60\n",
		Confidence: pass.ConfidenceIn(expiry, analyzer.MediumConfidence),
	}
	if !expiry.Value.FromEnv {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Let results expire after a day, Celery's default",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does nobody ask for the result of a task that ended more than a day ago?",
			Edits:   []analyzer.TextEdit{{Span: expiry.Value.Span, NewText: "60 * 60 * 24"}},
		}}
	}
	return d
}

// returned reports tasks that return a copy of a whole table, as plain values: model instances are no result, since they
// do not become JSON.
func returned(pass *analyzer.Pass) {
	for _, c := range pass.Copies() {
		if _, ok := pass.Parent(c.Expr).(*python.Return); !ok || !c.Plain() || c.Rows.Given || c.Rows.Custom ||
			pass.Extent(c.Rows) != django.Whole {
			continue
		}
		fn := pass.FunctionAt(c.Expr)
		if fn == nil || !keepsResult(pass, fn) {
			continue
		}
		what := "every row"
		if c.Rows.Model != "" {
			what += " of `" + c.Rows.Model + "`"
		}
		pass.Report(analyzer.Diagnostic{
			Span:    c.Expr.Range(),
			Message: "The task `" + fn.Name + "` returns " + what + ": the result backend keeps a copy of each run's",
			Remedy:  "@shared_task(ignore_result=True)\n",
		})
	}
}

// keepsResult reports whether a function is one of Celery's tasks and does not ignore its result.
func keepsResult(pass *analyzer.Pass, fn *names.Function) bool {
	for _, decorator := range fn.Decorators {
		call, isCall := decorator.(*python.Call)
		if isCall {
			decorator = call.Func
		}
		switch pass.Qualified(decorator) {
		case "celery.shared_task", "celery.task", "celery.task.task":
		default:
			// @app.task
			access, ok := decorator.(*python.Attribute)
			if !ok || access.Attr != "task" || pass.Context(fn) != django.TaskContext {
				continue
			}
		}
		if isCall {
			if ignore := names.Keyword(call, "ignore_result"); ignore != nil {
				return false
			}
		}
		return true
	}
	return false
}
