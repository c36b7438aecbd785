// Package querysetnoeffect reports statements that make a QuerySet and do nothing with it.
package querysetnoeffect

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/selection"
)

//go:embed doc.md
var doc string

// Rule reports a QuerySet that stands as a statement of its own.
var Rule = &analyzer.Rule{
	Name:       "queryset-no-effect",
	Doc:        doc,
	Severity:   analyzer.Info,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.SafeFix,
	Status:     analyzer.Stable,
	Files:      selection.Code | selection.Migration,
	QuerySets:  true,
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, stmt := range pass.Statements {
		call, ok := stmt.Value.(*python.Call)
		if !ok {
			continue
		}
		qs := pass.QuerySet(call)
		if qs == nil || qs.Steps[len(qs.Steps)-1].Call != call || qs.Custom || qs.Given || qs.Related || qs.Has("get_queryset") || validates(pass, stmt) {
			continue
		}
		if isTornOff(pass, stmt) {
			continue
		}
		switch fn := pass.FunctionAt(stmt); {
		case fn == nil && pass.IsTool():
			continue // A line for a shell, which prints what it is given.
		case fn != nil && pass.Abandoned(fn):
			continue
		}
		pass.Report(diagnose(pass, stmt, qs))
	}
}

// isTornOff reports whether a statement follows right behind what is not Python: it may be the rest of it.
func isTornOff(pass *analyzer.Pass, stmt python.Stmt) bool {
	return slices.ContainsFunc(pass.Errors, func(e python.SyntaxError) bool {
		return e.Start <= stmt.Range().Start && strings.TrimSpace(pass.Source[min(e.End, stmt.Range().Start):stmt.Range().Start]) == ""
	})
}

// validates reports whether a statement may be there for what it raises: a look-up by names that come from outside
// raises FieldError or ValueError.
func validates(pass *analyzer.Pass, stmt python.Stmt) bool {
	_, tried := names.Inside[*python.Try](pass.File.File, stmt)
	return tried
}

func diagnose(pass *analyzer.Pass, stmt *python.ExprStmt, qs *django.QuerySet) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    stmt.Span,
		Message: "This QuerySet is never evaluated: the statement sends no query, keeps nothing and does nothing",
	}
	if qs.Has("select_for_update") {
		d.Message = "This QuerySet is never evaluated: `select_for_update()` locks no row here"
	}
	if name := refined(qs); name != nil {
		method := qs.Steps[len(qs.Steps)-1].Method
		d.Message = "`" + method + "()` changes no QuerySet in place: `" + name.Id + "` is as it was, and this statement does nothing"
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Assign the result to `" + name.Id + "`",
			Kind:    analyzer.UnsafeFix,
			Check:   "Was the result meant to take the place of `" + name.Id + "`? If not, delete the statement.",
			Edits:   []analyzer.TextEdit{analyzer.Insert(stmt.Start, name.Id+" = ")},
		}}
		return d
	}
	if edit, ok := pass.Delete(stmt); ok {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Delete the statement",
			Kind:    analyzer.SafeFix,
			Edits:   []analyzer.TextEdit{edit},
		}}
		if callsSomething(pass, qs) || qs.Has("select_for_update") {
			d.Fixes[0].Kind = analyzer.UnsafeFix
			d.Fixes[0].Check = "Was the QuerySet meant to be evaluated here, and do the calls in its arguments do nothing else?"
		}
	}
	return d
}

// refined returns the variable whose QuerySet the statement refines, or nil.
func refined(qs *django.QuerySet) *python.Name {
	expr := qs.Expr
	for {
		call, ok := expr.(*python.Call)
		if !ok {
			break
		}
		access, ok := call.Func.(*python.Attribute)
		if !ok {
			return nil
		}
		expr = access.Value
	}
	name, ok := expr.(*python.Name)
	if !ok || qs.Root == expr {
		return nil
	}
	return name
}

// callsSomething reports whether the arguments of the chain call anything, which deleting the statement would leave out.
func callsSomething(pass *analyzer.Pass, qs *django.QuerySet) bool {
	found := false
	for _, step := range qs.Steps {
		for _, arg := range step.Call.Args {
			found = found || calls(pass, arg)
		}
		for _, keyword := range step.Call.Keywords {
			found = found || calls(pass, keyword.Value)
		}
	}
	return found
}

func calls(pass *analyzer.Pass, expr python.Expr) bool {
	found := false
	python.Walk(expr, func(node python.Node) bool {
		switch n := node.(type) {
		case *python.Await, *python.Yield, *python.NamedExpr:
			found = true
		case *python.Call:
			found = found || !isExpression(pass.Qualified(n.Func))
		}
		return !found
	})
	return found
}

// isExpression reports whether a call makes one of the values that queries are written with.
func isExpression(qualified string) bool {
	switch qualified {
	case "django.db.models.Q", "django.db.models.F", "django.db.models.Count", "django.db.models.Sum", "django.utils.timezone.now":
		return true
	}
	return false
}
