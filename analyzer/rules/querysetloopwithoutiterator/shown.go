package querysetloopwithoutiterator

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// isDead reports whether a loop looks like one that nobody runs: nothing calls the function any more, or it fails before the
// rows weigh anything.
func isDead(pass *analyzer.Pass, w *walk) bool {
	fn := pass.FunctionAt(w.loop)
	return fn != nil && pass.Abandoned(fn) || writesBytesAsText(pass, w)
}

// writesBytesAsText reports whether a loop writes encoded text to a file that is open for text, which Python 3 refuses.
func writesBytesAsText(pass *analyzer.Pass, w *walk) bool {
	for node := range pass.WithinBlock(w.body) {
		call, ok := node.(*python.Call)
		if !ok || len(call.Args) != 1 || python.LastName(call.Func) != "write" {
			continue
		}
		encoded, ok := call.Args[0].(*python.Call)
		if !ok || python.LastName(encoded.Func) != "encode" {
			continue
		}
		access, ok := call.Func.(*python.Attribute)
		if !ok {
			continue
		}
		to, ok := access.Value.(*python.Name)
		if ok && slices.ContainsFunc(pass.Reaching(to), func(def names.Definition) bool { return opensText(pass, def.Value) }) {
			return true
		}
	}
	return false
}

// opensText reports whether an expression opens a file to write text: open(path, "w").
func opensText(pass *analyzer.Pass, expr python.Expr) bool {
	call, ok := expr.(*python.Call)
	return ok && pass.Builtin(call.Func) == "open" && len(call.Args) > 1 && isTextMode(call.Args[1])
}

func isTextMode(mode python.Expr) bool {
	constant, ok := mode.(*python.Constant)
	if !ok {
		return false
	}
	text, _ := constant.Str()
	return text == "w" || text == "a" || text == "wt" || text == "at"
}

// printed matches a line that Python 2 prints.
var printed = pattern.New(`^\s*print\b`)

// isUnread reports whether a part of a loop is not Python as it is today, so that nobody knows what the loop does. What Python 2
// prints is known.
func isUnread(pass *analyzer.Pass, w *walk) bool {
	if len(w.body) == 0 {
		return false
	}
	source := pass.Source
	return slices.ContainsFunc(pass.Errors, func(e python.SyntaxError) bool {
		line := source[strings.LastIndexByte(source[:e.Start], '\n')+1:]
		return w.loop.Range().Contains(e.Span) && !printed.MatchString(line)
	})
}

// isShown reports whether a loop shows its rows to somebody who reads them all: to choose one of them, or to learn why
// something failed. Such lists are short.
func isShown(pass *analyzer.Pass, w *walk) bool {
	_, failed := names.Inside[*python.ExceptHandler](pass.File.File, w.loop)
	if w.body == nil {
		return failed && isJoined(pass, w.loop)
	}
	if !onlyTells(w.body) {
		return false
	}
	return failed || asks(pass, w.loop)
}

// isJoined reports whether a comprehension's texts become one.
func isJoined(pass *analyzer.Pass, clause python.Node) bool {
	call, ok := pass.Parent(pass.Parent(clause)).(*python.Call)
	return ok && python.LastName(call.Func) == "join"
}

// asks reports whether the function around a loop asks whoever reads it for a line, behind the loop.
func asks(pass *analyzer.Pass, loop python.Node) bool {
	fn := pass.FunctionAt(loop)
	return slices.ContainsFunc(pass.Calls, func(call *python.Call) bool {
		name, ok := call.Func.(*python.Name)
		return ok && (name.Id == "input" || name.Id == "raw_input") && pass.Binding(name) == nil &&
			call.Start > loop.Range().End && pass.FunctionAt(call) == fn
	})
}

// tells matches the functions that write to a terminal.
var tells = pattern.New(`^(p?print|echo|secho|write|_?print_\w+|\w+_print)$`)

// onlyTells reports whether every statement of a loop prints.
func onlyTells(body []python.Stmt) bool {
	return len(body) > 0 && !slices.ContainsFunc(body, func(stmt python.Stmt) bool {
		call, ok := callOf(stmt)
		return !ok || !tells.MatchString(python.LastName(call.Func)) || !toTerminal(call)
	})
}

// toTerminal reports whether a call that writes does not write to a file.
func toTerminal(call *python.Call) bool {
	access, ok := call.Func.(*python.Attribute)
	if !ok || access.Attr != "write" {
		return true
	}
	to := python.LastName(access.Value)
	return to == "stdout" || to == "stderr"
}
