// Package connectionsclosedinview reports views that close the database connection Django manages for them.
package connectionsclosedinview

import (
	_ "embed"
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports close_old_connections() and its like in a view or inside atomic().
var Rule = &analyzer.Rule{
	Name:       "connections-closed-in-view",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"close_old_connections", "close_all", "connection"},
	Project:    true,
	Run:        run,
}

var closing = map[string]string{
	"django.db.close_old_connections": "close_old_connections",
	"django.db.connections.close_all": "connections.close_all",
	"django.db.connection.close":      "connection.close",
}

func run(pass *analyzer.Pass) {
	// Neither atomic() nor connections that outlive a request are there: https://docs.djangoproject.com/en/5.2/releases/1.6/
	if pass.Django().Before(1, 6) {
		return
	}
	for _, call := range pass.Calls {
		name, ok := closing[pass.Qualified(call.Func)]
		if !ok {
			continue
		}
		switch {
		case inAtomic(pass, call):
			pass.Report(diagnose(pass, call, "`"+name+"()` inside atomic() closes the connection with the transaction in it: what was written is lost"))
		case inView(pass, call):
			d := diagnose(pass, call, "`"+name+"()` in a view closes the connection of the request: with ATOMIC_REQUESTS what the view wrote is lost, without an error")
			// Outside a transaction nothing is lost. Who closes the very connection may do so on purpose, for what comes next is slow; to
			// close those that are too old has none.
			d.Preview = pass.Project.LeavesRequests() || name == "connection.close" || streams(pass, pass.FunctionAt(call))
			pass.Report(d)
		}
	}
}

// inView reports whether a view itself makes the call. A function inside it may be the target of a thread, where closing
// is right.
func inView(pass *analyzer.Pass, call *python.Call) bool {
	fn := pass.FunctionAt(call)
	return fn != nil && fn.Parent == nil && pass.Context(fn) == django.RequestContext && !isMiddleware(pass, fn) && returns(fn) && !runsInThread(pass, fn)
}

// streams reports whether a view makes a stream, which may go on for hours and hold the connection all that time.
func streams(pass *analyzer.Pass, fn *names.Function) bool {
	for node := range pass.Own(fn) {
		if call, ok := node.(*python.Call); ok && python.LastName(call.Func) == "StreamingHttpResponse" {
			return true
		}
	}
	return false
}

// returns reports whether a function returns anything, as every view does its response.
func returns(fn *names.Function) bool {
	values, _ := fn.Results()
	return len(values) > 0
}

// runsInThread reports whether a thread or an executor of this file runs the function, although it takes a request.
func runsInThread(pass *analyzer.Pass, fn *names.Function) bool {
	return slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		if pass.ThreadTarget(call) == fn {
			return true
		}
		access, ok := call.Func.(*python.Attribute)
		return ok && (access.Attr == "submit" || access.Attr == "apply_async") && len(call.Args) > 0 && pass.FunctionOf(call.Args[0]) == fn
	})
}

// isMiddleware reports whether the function is a middleware's, which runs outside the view's transaction.
func isMiddleware(pass *analyzer.Pass, fn *names.Function) bool {
	return fn.Class != nil && pass.ClassKind(fn.Class) == django.Middleware
}

func inAtomic(pass *analyzer.Pass, call *python.Call) bool {
	for node := python.Node(call); ; {
		with, ok := names.Inside[*python.With](pass.File.File, node)
		if !ok {
			return false
		}
		for _, item := range with.Items {
			if made, ok := item.ContextExpr.(*python.Call); ok && pass.Qualified(made.Func) == "django.db.transaction.atomic" {
				return true
			}
		}
		node = with
	}
}

func diagnose(pass *analyzer.Pass, call *python.Call, message string) analyzer.Diagnostic {
	d := analyzer.Diagnostic{
		Span:    call.Span,
		Message: message,
		Remedy:  "# Delete the call: Django closes what is too old before and after each request.\n",
	}
	if edit, ok := deletion(pass, call); ok {
		d.Fixes = []analyzer.SuggestedFix{{
			Message: "Delete the call: Django closes what is too old before and after each request",
			Kind:    analyzer.UnsafeFix,
			Check:   "Does this code run in a request only, and not in a thread of its own?",
			Edits:   []analyzer.TextEdit{edit},
		}}
	}
	return d
}

// deletion deletes the call's statement, and with it a try that is there for nothing else.
func deletion(pass *analyzer.Pass, call *python.Call) (analyzer.TextEdit, bool) {
	stmt, ok := pass.Parent(call).(*python.ExprStmt)
	if !ok {
		return analyzer.TextEdit{}, false
	}
	try, ok := pass.Parent(stmt).(*python.Try)
	if ok && len(try.Handlers) == 0 && len(try.Finalbody) == 1 && try.Finalbody[0] == python.Stmt(stmt) {
		return pass.Unwrap(try, try.Body)
	}
	return pass.Delete(stmt)
}
