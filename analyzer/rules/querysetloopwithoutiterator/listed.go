package querysetloopwithoutiterator

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

var (
	// list matches what holds an option that asks for a list.
	list = pattern.New(`(?i)(^|_)list(_|$)`)
	// aligned matches text that is padded to stand in columns: {name:<20}, %-20s, name.ljust(20).
	aligned = pattern.New(`\{[^{}]*:.?[<>^]?\d+[sd]?\}|%-?\d+[sd]|\.[lr]just\(`)
	// reads matches methods that only tell something of a row.
	reads = pattern.New(`^(get|has|is)_|^(count|exists|first|get|strftime|isoformat|format|join|strip|lower|upper|title)$`)
)

// isListed reports whether a loop only prints its rows for somebody who reads them: an option of the command asks for the list, the
// command was given nothing to work on, or the rows stand in columns.
func isListed(pass *analyzer.Pass, w *walk) bool {
	if !onlyLists(w.body) {
		return false
	}
	for branch, holds := range pass.Branches(w.loop) {
		if holds && list.MatchString(optionOf(branch.Test)) || isGivenNothing(pass, branch.Test, holds) {
			return true
		}
	}
	return slices.ContainsFunc(w.body, func(stmt python.Stmt) bool { return aligned.MatchString(pass.Text(stmt)) })
}

// onlyLists reports whether every statement of a loop prints, or prepares what is printed.
func onlyLists(body []python.Stmt) bool {
	return len(body) > 0 && !slices.ContainsFunc(body, func(stmt python.Stmt) bool { return !lists(stmt) })
}

func lists(stmt python.Stmt) bool {
	switch s := stmt.(type) {
	case *python.Assign:
		_, ok := s.Targets[0].(*python.Name)
		return ok && onlyReads(s.Value)
	case *python.If:
		return onlyLists(s.Body) && (len(s.Orelse) == 0 || onlyLists(s.Orelse))
	}
	return onlyTells([]python.Stmt{stmt})
}

// onlyReads reports whether an expression calls nothing that may do more than tell something.
func onlyReads(value python.Expr) bool {
	works := false
	python.Walk(value, func(node python.Node) bool {
		if call, ok := node.(*python.Call); ok {
			works = works || !reads.MatchString(python.LastName(call.Func))
		}
		return !works
	})
	return !works
}

// isGivenNothing reports whether a branch is the one for a command without arguments: if not args, if len(args) == 1.
func isGivenNothing(pass *analyzer.Pass, test python.Expr, holds bool) bool {
	switch t := test.(type) {
	case *python.UnaryOp:
		return t.Op == python.Not && isGivenNothing(pass, t.Operand, !holds)
	case *python.Name:
		return t.Id == "args" && !holds
	case *python.Compare:
		counted, ok := t.Left.(*python.Call)
		return ok && holds && t.Ops[0] == python.Eq && pass.Text(counted) == "len(args)"
	}
	return false
}

// optionOf returns the name of an option that a test asks for: list of options["list"] and of self.list.
func optionOf(test python.Expr) string {
	switch t := test.(type) {
	case *python.Subscript:
		return constantText(t.Slice)
	case *python.Call:
		if python.LastName(t.Func) == "get" && len(t.Args) > 0 {
			return constantText(t.Args[0])
		}
		return ""
	}
	return python.LastName(test)
}

func constantText(expr python.Expr) string {
	constant, ok := expr.(*python.Constant)
	if !ok {
		return ""
	}
	text, _ := constant.Str()
	return text
}
