// Package modeldefinedinfunction reports models that a function defines with each call.
package modeldefinedinfunction

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/growth"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a model class that is made at run time and stays in the registry of apps.
var Rule = &analyzer.Rule{
	Name:       "model-defined-in-function",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"Model"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if pass.Qualified(call.Func) != "builtins.type" || len(call.Args) < 2 || !hasModel(pass, call.Args[1]) {
			continue
		}
		report(pass, call)
	}
}

// hasModel reports whether the bases of a new class, as a tuple, hold models.Model or a model of this file.
func hasModel(pass *analyzer.Pass, bases python.Expr) bool {
	tuple, ok := pass.Deref(bases).(*python.Tuple)
	return ok && slices.ContainsFunc(tuple.Elts, func(base python.Expr) bool {
		name := pass.Qualified(base)
		return isModel(name) || pass.ClassKind(pass.LocalClass(name)) == django.Model
	})
}

func isModel(qualified string) bool {
	return qualified == "django.db.models.Model" || qualified == "django.db.models.base.Model"
}

// report reports a call of type() under a name that varies. Under one name the registry replaces the model, and the old one
// goes.
func report(pass *analyzer.Pass, call *python.Call) {
	fn := pass.FunctionAt(call)
	variety := growth.VarietyOf(pass.File, call.Args[0])
	if fn == nil || variety == growth.Few || !pass.RunsAgain(fn) || looksFirst(pass, fn) {
		return
	}
	d := analyzer.Diagnostic{
		Span:    call.Range(),
		Message: "Each call of " + fn.QualifiedName + " defines a model under another name, and Django's registry of apps keeps them all",
		Remedy:  "try:\n    return apps.get_model(app_label, name)\nexcept LookupError:\n    ...  # define it once\n",
	}
	if variety != growth.Many && pass.Context(fn) == django.OtherContext {
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
}

// looksFirst reports whether the function asks the registry, or a container of its own, for the model before it
// defines it, or remembers what it returns.
func looksFirst(pass *analyzer.Pass, fn *names.Function) bool {
	if slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool { _, cached := pass.FunctoolsCache(d); return cached }) {
		return true
	}
	for node := range pass.Own(fn) {
		switch n := node.(type) {
		case *python.Attribute:
			switch n.Attr {
			case "get_model", "all_models", "get_registered_model", "register_models":
				return true
			}
		case *python.Compare:
			if n.Ops[0] == python.In || n.Ops[0] == python.NotIn {
				return true
			}
		}
	}
	return false
}
