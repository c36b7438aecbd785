// Package enginepercall reports database engines and clients that each call makes anew and never lets go.
package enginepercall

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports create_engine() and its like in a function that runs again and again.
var Rule = &analyzer.Rule{
	Name:       "engine-per-call",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"create_engine", "create_async_engine", "MongoClient"},
	Run:        run,
}

// engines make an object with a pool of connections of its own, and the method that lets go of it.
var engines = map[string]string{
	"sqlalchemy.create_engine":                   "dispose",
	"sqlalchemy.engine.create_engine":            "dispose",
	"sqlalchemy.ext.asyncio.create_async_engine": "dispose",
	"sqlmodel.create_engine":                     "dispose",
	"pymongo.MongoClient":                        "close",
	"pymongo.mongo_client.MongoClient":           "close",
	"motor.motor_asyncio.AsyncIOMotorClient":     "close",
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		closing, ok := engines[pass.Qualified(call.Func)]
		fn := pass.FunctionAt(call)
		if !ok || !pass.RunsAgain(fn) || isManaged(pass, call) || len(pass.AttributesNamed(closing)) > 0 || isKept(pass, fn, call) {
			continue
		}
		what, name := "engine", nameOf(pass, call, "engine")
		if closing == "close" {
			what, name = "client", nameOf(pass, call, "client")
		}
		d := analyzer.Diagnostic{
			Span:    call.Range(),
			Message: "Each call of " + fn.QualifiedName + " makes " + articles[what] + what + " with a pool of connections of its own: nothing calls `" + closing + "()`",
			Remedy: name + " = " + arguments(pass, call) + "  # once, at the module's level; or, where each call needs its own:\ntry:\n    ...\nfinally:\n    " +
				name + "." + closing + "()\n",
		}
		if isReturned(pass, call) || pass.Context(fn) == django.OtherContext && fn.Class != nil {
			low := analyzer.LowConfidence
			d.Confidence = &low
		}
		pass.Report(d)
	}
}

// articles are those of what the engines are called.
var articles = map[string]string{"engine": "an ", "client": "a "}

// nameOf returns the name that the engine gets, or another where it gets none of its own.
func nameOf(pass *analyzer.Pass, call *python.Call, otherwise string) string {
	if assign, ok := pass.Parent(call).(*python.Assign); ok {
		if name, ok := assign.Targets[0].(*python.Name); ok {
			return name.Id
		}
	}
	return otherwise
}

// arguments returns a call as it is written where that fits on a line.
func arguments(pass *analyzer.Pass, call *python.Call) string {
	const most = 80
	if text := pass.Text(call); len(text) <= most && !strings.Contains(text, "\n") {
		return text
	}
	return pass.Text(call.Func) + "(...)"
}

// isManaged reports whether a with statement lets go of the engine, or its pool keeps no connections.
func isManaged(pass *analyzer.Pass, call *python.Call) bool {
	if _, ok := pass.Parent(call).(*python.WithItem); ok {
		return true
	}
	pool := names.Keyword(call, "poolclass")
	return pool != nil && pass.Qualified(pool.Value) == "sqlalchemy.pool.NullPool"
}

// isKept reports whether a function makes the engine once and keeps it: it is cached, or assigns it to something that
// outlives the call.
func isKept(pass *analyzer.Pass, fn *names.Function, call *python.Call) bool {
	if slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool { _, cached := pass.FunctoolsCache(d); return cached }) {
		return true
	}
	for _, target := range targets(pass, call) {
		switch t := target.(type) {
		case *python.Name:
			if binding := pass.Binding(t); binding != nil && binding.Scope == pass.Module {
				return true
			}
		case *python.Subscript:
			return true
		case *python.Attribute:
			receiver, ok := t.Value.(*python.Name)
			if lazily(pass, call) {
				return true
			}
			if !ok || receiver.Id != fn.Self() || receiver.Id == "cls" || pass.Singleton(fn.Class) != "" || pass.ProcessWide(fn.Class) != "" {
				return true
			}
		}
	}
	return false
}

// lazily reports whether a branch around the call asks if the engine is there already.
func lazily(pass *analyzer.Pass, call *python.Call) bool {
	_, inside := names.Inside[*python.If](pass.File.File, call)
	return inside
}

// targets returns what the engine is assigned to, or what is made with it.
func targets(pass *analyzer.Pass, call *python.Call) []python.Expr {
	for node := pass.Parent(call); node != nil; node = pass.Parent(node) {
		switch n := node.(type) {
		case *python.Assign:
			return n.Targets
		case *python.Call, *python.Keyword:
			// An object is made with the engine: manager = Manager(create_engine(url)).
		default:
			return nil
		}
	}
	return nil
}

// isReturned reports whether the function hands the engine to its caller, who may let go of it.
func isReturned(pass *analyzer.Pass, call *python.Call) bool {
	if _, ok := pass.Parent(call).(*python.Return); ok {
		return true
	}
	for _, target := range targets(pass, call) {
		name, ok := target.(*python.Name)
		if !ok {
			continue
		}
		for _, use := range pass.Binding(name).Uses {
			switch pass.Parent(use).(type) {
			case *python.Return, *python.Yield, *python.Tuple:
				return true
			}
		}
	}
	return false
}
