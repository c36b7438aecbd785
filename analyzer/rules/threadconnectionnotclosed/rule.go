// Package threadconnectionnotclosed reports threads that use the database and leave their connection open.
package threadconnectionnotclosed

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a thread whose function queries the database and closes no connection.
var Rule = &analyzer.Rule{
	Name:       "thread-connection-not-closed",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"Thread", "Timer", "ThreadPoolExecutor"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	// A function that several places start has one place to mend: itself.
	checked := make(map[*names.Function]bool)
	for _, call := range pass.Calls {
		if target := startedBy(pass, call); target != nil && !checked[target] {
			checked[target] = check(pass, call, target)
		}
	}
	for _, class := range pass.Classes {
		if run := class.Method("run"); run != nil && slices.ContainsFunc(pass.Ancestors(class), isThread) {
			check(pass, nil, run)
		}
	}
}

func isThread(qualified string) bool {
	return qualified == "threading.Thread" || qualified == "threading.Timer"
}

// startedBy returns the function of this file that a call hands to a new thread, or nil.
func startedBy(pass *analyzer.Pass, call *python.Call) *names.Function {
	if target := pass.ThreadTarget(call); target != nil {
		return target
	}
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "submit" && access.Attr != "map" || len(call.Args) == 0 || !isThreadPool(pass, access.Value) {
		return nil
	}
	return pass.FunctionOf(call.Args[0])
}

// isThreadPool reports whether an expression is a thread pool that the function around it makes.
func isThreadPool(pass *analyzer.Pass, expr python.Expr) bool {
	name, ok := expr.(*python.Name)
	if !ok {
		return false
	}
	binding := pass.Binding(name)
	if binding == nil || binding.Scope == pass.Module {
		return false
	}
	return slices.ContainsFunc(binding.Definitions, func(def names.Definition) bool {
		call, ok := def.Value.(*python.Call)
		return ok && pass.Qualified(call.Func) == "concurrent.futures.ThreadPoolExecutor"
	})
}

// check reports whether it tells of a thread's function by default. What starts it once, or where developers work, may not be the only
// start.
func check(pass *analyzer.Pass, start *python.Call, target *names.Function) bool {
	var query python.Node
	for node := range pass.Within(target) {
		if pass.ClosesConnections(node) {
			return false
		}
		if query == nil && pass.UsesORM(node) {
			query = node
		}
	}
	if query == nil || len(pass.EndlessLoops(target)) > 0 || lasts(pass, target) {
		return false
	}
	d := analyzer.Diagnostic{
		Message: "The thread that runs " + target.QualifiedName + " leaves its database connection open",
		Remedy:  remedy(target),
	}
	starter := target
	if start != nil {
		starter = pass.FunctionAt(start)
		d.Span = start.Range()
		d.Preview, d.Entrances = pass.DevelopersTool(start), pass.LastingEntrances(start.Start)
	} else {
		d.Span = target.NameSpan
		if class := target.Class; class.Outer == nil && class.Parent == nil {
			d.Entrances = []django.Entrance{{Kind: django.Started, Name: class.Name, File: pass.Path}}
		}
	}
	again := pass.RunsAgain(starter)
	if !again {
		// The process ends soon, or the thread starts once.
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
	return again && !d.Preview
}

// untilStopped matches what a loop asks that goes on until somebody stops it: self.running, not stop.is_set().
var untilStopped = pattern.New(`(?i)\b_?(is_?)?(running|alive|active)\b|\bis_set\(\)|stop|shut_?down`)

// lasts reports whether a thread goes on until something stops it, and so needs its connection: it loops while True, while nobody
// stops it, or while an attribute is set, or is not, and pauses each time, itself or in a function of this file that it calls.
func lasts(pass *analyzer.Pass, target *names.Function) bool {
	for node := range pass.Within(target) {
		loop, ok := node.(*python.While)
		if !ok {
			continue
		}
		constant, isConstant := loop.Test.(*python.Constant)
		if isConstant && constant.Kind != python.False || untilStopped.MatchString(pass.Text(loop.Test)) || isFlag(loop.Test) && pass.Waits(loop) {
			return true
		}
	}
	return false
}

// isFlag reports whether a test asks no more than whether an attribute is set: self.more, not self.done, self.done is False.
func isFlag(test python.Expr) bool {
	switch t := test.(type) {
	case *python.Attribute:
		return true
	case *python.UnaryOp:
		return t.Op == python.Not && isFlag(t.Operand)
	case *python.Compare:
		constant, ok := t.Comparators[0].(*python.Constant)
		return ok && len(t.Comparators) == 1 && (constant.Kind == python.False || constant.Kind == python.True) && isFlag(t.Left)
	}
	return false
}

// remedy closes the connections behind the thread's work and nowhere else: a request that calls the function itself keeps its own,
// with the transaction in it.
func remedy(target *names.Function) string {
	if target.Class != nil || target.Parent != nil {
		return "from django.db import connections\n\ndef " + target.Name + "(...):  # if nothing but the thread calls it\n    try:\n        ...\n    finally:\n        connections.close_all()\n"
	}
	return "from django.db import connections\n\ndef " + target.Name + "_in_thread(*args, **kwargs):  # start this one\n    try:\n        return " +
		target.Name + "(*args, **kwargs)\n    finally:\n        connections.close_all()\n"
}
