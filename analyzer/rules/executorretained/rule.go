// Package executorretained reports threads and executors that each call starts and that never end.
package executorretained

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

// Rule reports a thread with an endless loop that a view starts, and an executor that a container keeps.
var Rule = &analyzer.Rule{
	Name:       "executor-retained",
	Doc:        doc,
	Severity:   analyzer.Medium,
	Confidence: analyzer.MediumConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{"Thread", "Timer", "Executor", "Pool"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		if fn := pass.FunctionAt(call); pass.RunsAgain(fn) {
			endlessThread(pass, fn, call)
		}
	}
	for _, h := range holders(pass) {
		if h.Pruned(pass.RunsAgain) {
			continue
		}
		for _, use := range h.Uses {
			if grows := use.Kind == names.Grows || use.Kind == names.GrowsKeyed; grows && pass.RunsAgain(use.Function) && isExecutor(pass, use.Value) {
				pass.Report(analyzer.Diagnostic{
					Span:    use.Node.Range(),
					Message: "`" + h.Name + "` keeps an executor of every call, each with its threads: nothing shuts them down",
					Remedy:  "with ThreadPoolExecutor(max_workers=4) as executor:\n    ...\n",
				})
			}
		}
	}
}

// holders returns the containers of the module and of its classes.
func holders(pass *analyzer.Pass) []growth.Holder {
	list := growth.OfModule(pass.File)
	for _, class := range pass.Classes {
		list = append(list, growth.OfClassBody(pass.File, class)...)
	}
	return list
}

// endlessThread reports a call that starts a thread whose function of this file never ends.
func endlessThread(pass *analyzer.Pass, fn *names.Function, call *python.Call) {
	target := pass.ThreadTarget(call)
	if target == nil || isGuarded(pass, call) || !slices.ContainsFunc(pass.EndlessLoops(target), func(loop django.EndlessLoop) bool {
		return !loop.Stoppable
	}) {
		return
	}
	d := analyzer.Diagnostic{
		Span:    call.Range(),
		Message: "Each call of " + fn.QualifiedName + " starts a thread that never ends: the loop of " + target.QualifiedName + " has no exit",
		Remedy:  "@shared_task  # or a command, run once beside the server\ndef " + target.Name + "():\n    ...\n",
	}
	switch pass.Context(fn) {
	case django.RequestContext, django.TaskContext, django.ConsumerContext, django.SignalContext:
	default:
		low := analyzer.LowConfidence
		d.Confidence = &low
	}
	pass.Report(d)
}

// isGuarded reports whether a branch around the call asks first, as in if not thread.is_alive().
func isGuarded(pass *analyzer.Pass, call *python.Call) bool {
	_, inside := names.Inside[*python.If](pass.File.File, call)
	return inside
}

var executors = []string{
	"concurrent.futures.ThreadPoolExecutor", "concurrent.futures.ProcessPoolExecutor",
	"concurrent.futures.thread.ThreadPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor",
	"multiprocessing.Pool", "multiprocessing.pool.Pool", "multiprocessing.pool.ThreadPool",
}

func isExecutor(pass *analyzer.Pass, value python.Expr) bool {
	call, ok := pass.Deref(value).(*python.Call)
	return ok && slices.Contains(executors, pass.Qualified(call.Func))
}
