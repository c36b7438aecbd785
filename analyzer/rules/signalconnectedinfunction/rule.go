// Package signalconnectedinfunction reports receivers that are connected to a signal again and again.
package signalconnectedinfunction

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

// Rule reports connect() and @receiver in a function that runs again and again.
var Rule = &analyzer.Rule{
	Name:       "signal-connected-in-function",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Status:     analyzer.Stable,
	Triggers:   []string{".connect(", "receiver("},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, call := range pass.Calls {
		connection, ok := pass.Connection(call, "connect")
		if fn := pass.FunctionAt(call); ok && fn != nil && connection.Receiver != nil && pass.RunsAgain(fn) {
			check(pass, fn, connection)
		}
	}
	for _, fn := range pass.Functions {
		if fn.Parent == nil || !pass.RunsAgain(fn.Parent) {
			continue
		}
		for _, decorator := range fn.Decorators {
			if connection, ok := pass.ReceiverDecorator(decorator); ok {
				connection.Receiver = nil
				check(pass, fn.Parent, connection)
			}
		}
	}
}

func check(pass *analyzer.Pass, fn *names.Function, c django.Connection) {
	what, severity := accumulates(pass, c)
	if what == "" || isGuarded(pass, c.Call) || setsUp(pass, fn) {
		return
	}
	mismatch, matched := disconnected(pass, c)
	if matched {
		if c.Strong {
			return
		}
		severity = analyzer.Low
	}
	d := analyzer.Diagnostic{
		Span:     c.Call.Range(),
		Message:  "Each call of " + fn.QualifiedName + " connects to `" + pass.Text(c.Signal) + "` once more: " + what,
		Severity: &severity,
		Remedy:   remedy(pass, c),
	}
	if mismatch {
		d.Message += ", and disconnect() names another sender"
	}
	confidence := confidence(pass, fn)
	if matched {
		// A connection for a moment is meant: a finalizer of some hundred bytes is what stays of each.
		confidence = analyzer.LowConfidence
	}
	if mismatch && c.Strong {
		confidence = max(confidence, analyzer.MediumConfidence)
	}
	d.Confidence = &confidence
	pass.Report(d)
}

// accumulates says what a connection leaves behind each time it is made, and how bad that is; "" where nothing stays.
//
// A receiver that only the signal could keep alive goes at once unless weak=False keeps it. A function of a module is
// connected once, but each connect() leaves an entry in weakref.finalize's registry, also with a dispatch_uid.
func accumulates(pass *analyzer.Pass, c django.Connection) (string, analyzer.Severity) {
	var kind django.ReceiverKind
	if c.Receiver == nil {
		kind = django.LocalReceiver
	} else {
		kind = pass.ReceiverKind(c.Receiver)
	}
	constantID := c.ID != nil && isConstant(pass, c.ID)
	switch kind {
	case django.LocalReceiver:
		if c.Strong && !constantID {
			return "the signal keeps another receiver, and what it closes over, alive", analyzer.High
		}
	case django.BoundReceiver:
		if c.Strong && !constantID {
			return "the signal keeps another object alive for its method `" + pass.Text(c.Receiver) + "`", analyzer.High
		}
	case django.ModuleReceiver:
		if !c.Strong {
			return "weakref keeps another finalizer for `" + pass.Text(c.Receiver) + "`", analyzer.Medium
		}
	}
	return "", analyzer.Info
}

func isConstant(pass *analyzer.Pass, expr python.Expr) bool {
	_, ok := pass.Deref(expr).(*python.Constant)
	return ok
}

// disconnected reports whether the file disconnects from the signal, and whether every such call misses because it names
// another sender than connect() did.
func disconnected(pass *analyzer.Pass, c django.Connection) (mismatch, matched bool) {
	signal := pass.Text(c.Signal)
	for _, call := range pass.Calls {
		other, ok := pass.Connection(call, "disconnect")
		if !ok || pass.Text(other.Signal) != signal {
			continue
		}
		if text(pass, other.Sender) == text(pass, c.Sender) || alike(pass, call, other.Sender, c.Sender) {
			return false, true
		}
		mismatch = true
	}
	return mismatch, false
}

// alike reports whether a node is met only where two expressions are equal: if sender == Order.
func alike(pass *analyzer.Pass, node python.Node, a, b python.Expr) bool {
	one, other := text(pass, a), text(pass, b)
	for branch, holds := range pass.Branches(node) {
		compare, ok := branch.Test.(*python.Compare)
		if !ok || !holds || len(compare.Ops) != 1 || compare.Ops[0] != python.Eq && compare.Ops[0] != python.Is {
			continue
		}
		left, right := pass.Text(compare.Left), pass.Text(compare.Comparators[0])
		if left == one && right == other || left == other && right == one {
			return true
		}
	}
	return false
}

func text(pass *analyzer.Pass, expr python.Expr) string {
	if expr == nil {
		return ""
	}
	return pass.Text(expr)
}

// startUpSignals are sent while a process or a test database is set up.
var startUpSignals = []string{"class_prepared", "pre_migrate", "post_migrate", "setting_changed", "connection_created"}

// setsUp reports whether a function is there to connect: by its name, as part of a registry, or as the receiver of a
// signal that is sent when the process starts.
func setsUp(pass *analyzer.Pass, fn *names.Function) bool {
	if strings.Contains(fn.Name, "connect") || fn.Class != nil && strings.Contains(fn.Class.Name, "Regist") ||
		fn.Class != nil && fn.Name == "__new__" {
		return true
	}
	return slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool {
		c, ok := pass.ReceiverDecorator(d)
		signal := pass.Qualified(c.Signal)
		return ok && slices.Contains(startUpSignals, signal[strings.LastIndexByte(signal, '.')+1:])
	})
}

// isGuarded reports whether a branch around the call asks for a mark, so that it is made once.
func isGuarded(pass *analyzer.Pass, call *python.Call) bool {
	branch, ok := names.Inside[*python.If](pass.File.File, call)
	if !ok {
		return false
	}
	_, negated := branch.Test.(*python.UnaryOp)
	return negated
}

// confidence is high where a function surely runs again and again, and low where nobody can tell: most functions that
// connect are called while the process starts.
func confidence(pass *analyzer.Pass, fn *names.Function) analyzer.Confidence {
	switch pass.Context(fn) {
	case django.RequestContext, django.TaskContext, django.ConsumerContext, django.SignalContext:
		if pass.Singleton(fn.Class) == "" || fn.Name != "__init__" {
			return analyzer.HighConfidence
		}
	case django.OtherContext:
		if pass.ClassKind(fn.Class) == django.Model && !slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool {
			return pass.Qualified(d) == "builtins.classmethod"
		}) {
			return analyzer.HighConfidence
		}
	}
	return analyzer.LowConfidence
}

func remedy(pass *analyzer.Pass, c django.Connection) string {
	receiver := "receiver"
	if c.Receiver != nil && pass.ReceiverKind(c.Receiver) == django.ModuleReceiver {
		receiver = pass.Text(c.Receiver)
	}
	return "class ShopConfig(AppConfig):\n    def ready(self):\n        " + pass.Text(c.Signal) + ".connect(" + receiver +
		", dispatch_uid=\"shop." + receiver + "\")\n"
}
