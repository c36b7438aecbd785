// Package connectioninheritedonfork reports processes that are forked with the parent's database connection.
package connectioninheritedonfork

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a fork in code that uses the database and closes no connection.
var Rule = &analyzer.Rule{
	Name:       "connection-inherited-on-fork",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Preview,
	Triggers:   []string{"multiprocessing", "ProcessPoolExecutor", "fork("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	if slices.ContainsFunc(pass.Calls, func(call *python.Call) bool { return pass.ClosesConnections(call.Func) }) || spawns(pass) {
		return
	}
	for _, call := range pass.Calls {
		fn := pass.FunctionAt(call)
		if fn == nil || !forks(pass, call) || !usedBefore(pass, fn, call) {
			continue
		}
		d := analyzer.Diagnostic{
			Span:    call.Range(),
			Message: "The process that " + fn.QualifiedName + " starts inherits the open database connection: both then write to one socket",
			Remedy:  "from django.db import connections\n\nconnections.close_all()  # each process opens its own\n" + pass.Text(call.Func) + "(...)\n",
		}
		if target := target(pass, call); pass.Qualified(call.Func) == "os.fork" || target != nil && queries(pass, target) {
			pass.Report(d)
		}
	}
}

// forks reports whether a call starts a process that is a copy of this one, where the platform forks.
func forks(pass *analyzer.Pass, call *python.Call) bool {
	switch pass.Qualified(call.Func) {
	case "os.fork", "multiprocessing.Process", "multiprocessing.Pool", "multiprocessing.pool.Pool", "multiprocessing.context.Process",
		"concurrent.futures.ProcessPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor":
		return names.Keyword(call, "mp_context") == nil
	}
	return false
}

// spawns reports whether the file asks for processes that inherit nothing.
func spawns(pass *analyzer.Pass) bool {
	return slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		name := pass.Qualified(call.Func)
		if !strings.HasPrefix(name, "multiprocessing.") || !strings.HasSuffix(name, "get_context") && !strings.HasSuffix(name, "set_start_method") {
			return false
		}
		return len(call.Args) == 0 || pass.Text(call.Args[0]) != `"fork"` && pass.Text(call.Args[0]) != "'fork'"
	})
}

// usedBefore reports whether the function asks the database in front of the call, itself or through a function of this
// file.
func usedBefore(pass *analyzer.Pass, fn *names.Function, call *python.Call) bool {
	for node := range pass.Own(fn) {
		if node.Range().Start >= call.Start {
			continue
		}
		if pass.UsesORM(node) {
			return true
		}
		if called, ok := node.(*python.Call); ok {
			if callee := pass.FunctionOf(called.Func); callee != nil && callee != fn && queries(pass, callee) {
				return true
			}
		}
	}
	return false
}

// target returns the function of this file that the process runs, or nil.
func target(pass *analyzer.Pass, call *python.Call) *names.Function {
	if keyword := names.Keyword(call, "target"); keyword != nil {
		return pass.FunctionOf(keyword.Value)
	}
	var pool *names.Binding
	switch parent := pass.Parent(call).(type) {
	case *python.WithItem:
		if name, ok := parent.OptionalVars.(*python.Name); ok {
			pool = pass.Binding(name)
		}
	case *python.Assign:
		if name, ok := parent.Targets[0].(*python.Name); ok {
			pool = pass.Binding(name)
		}
	}
	if pool == nil {
		return nil
	}
	for _, use := range pool.Uses {
		access, ok := pass.Parent(use).(*python.Attribute)
		if !ok {
			continue
		}
		started, ok := pass.Parent(access).(*python.Call)
		if ok && len(started.Args) > 0 {
			if fn := pass.FunctionOf(started.Args[0]); fn != nil {
				return fn
			}
		}
	}
	return nil
}

func queries(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Within(fn) {
		if pass.UsesORM(node) {
			return true
		}
	}
	return false
}
