// Package loghandlerpercall reports logging handlers that a function adds with each call.
package loghandlerpercall

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

// Rule reports addHandler() in a function that runs again and again.
var Rule = &analyzer.Rule{
	Name:       "log-handler-per-call",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.HighConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"addHandler"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if len(pass.AttributesNamed("removeHandler")) > 0 {
		return
	}
	for _, access := range pass.AttributesNamed("addHandler") {
		call, ok := pass.Parent(access).(*python.Call)
		fn := pass.FunctionAt(access)
		if !ok || call.Func != python.Expr(access) || len(call.Args) != 1 || !pass.RunsAgain(fn) || looksAtHandlers(pass, fn) {
			continue
		}
		if !isNew(pass, call.Args[0]) || !isShared(pass, access.Value) {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    call.Range(),
			Message: "Each call of " + fn.QualifiedName + " adds another handler to `" + pass.Text(access.Value) + "`: it stays, and every record is written once more",
			Remedy:  "if not logger.handlers:\n    logger.addHandler(handler)\n",
		}
		if confidence := confidence(pass, fn, access.Value); confidence != analyzer.HighConfidence {
			d.Confidence = &confidence
		}
		pass.Report(d)
	}
}

// confidence is high for code that Django runs for a request, a task or a message, medium for a logger that is named
// after what such code works on, and low for what anybody may call.
func confidence(pass *analyzer.Pass, fn *names.Function, logger python.Expr) analyzer.Confidence {
	switch pass.Context(fn) {
	case django.RequestContext, django.TaskContext, django.ConsumerContext, django.SignalContext:
		return analyzer.HighConfidence
	}
	call, ok := pass.Deref(logger).(*python.Call)
	if ok && pass.Qualified(call.Func) == "logging.getLogger" && len(call.Args) > 0 && growth.VarietyOf(pass.File, call.Args[0]) == growth.Many {
		return analyzer.MediumConfidence
	}
	return analyzer.LowConfidence
}

// isNew reports whether the function makes the handler itself.
func isNew(pass *analyzer.Pass, handler python.Expr) bool {
	if _, ok := pass.Deref(handler).(*python.Call); ok {
		name, isName := handler.(*python.Name)
		return !isName || pass.Binding(name).Scope != pass.Module
	}
	return false
}

// isShared reports whether a logger lives as long as the process, as all do that getLogger returns; one that is made with
// logging.Logger() goes with its user.
func isShared(pass *analyzer.Pass, logger python.Expr) bool {
	call, ok := pass.Deref(logger).(*python.Call)
	return !ok || pass.Qualified(call.Func) != "logging.Logger"
}

// looksAtHandlers reports whether the function asks which handlers a logger has.
func looksAtHandlers(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Own(fn) {
		if access, ok := node.(*python.Attribute); ok && slices.Contains([]string{"handlers", "hasHandlers"}, access.Attr) {
			return true
		}
	}
	return false
}
