package mutabledefaultgrowth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// none makes the default None, and a new container in the function.
func none(pass *analyzer.Pass, fn *names.Function, param *python.Arg, value python.Expr) (analyzer.SuggestedFix, bool) {
	text := pass.Text(value)
	if strings.Contains(text, "\n") {
		return analyzer.SuggestedFix{}, false
	}
	edit, ok := pass.Prepend(fn.Body, param.Name+" = "+text+" if "+param.Name+" is None else "+param.Name)
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	handed, ok := handOn(pass, fn, param)
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	return analyzer.SuggestedFix{
		Message: "Make a new container in each call",
		Kind:    analyzer.UnsafeFix,
		Check:   "Does nothing rely on the calls sharing one container, or pass None for another reason?",
		Edits:   slices.Concat(optional(pass, param.Annotation), []analyzer.TextEdit{analyzer.Replace(value, "None"), edit}, handed),
	}, true
}

// handOn returns the edits that hand the container on where the function calls itself, leaves the parameter out and drops the
// result: what such a call finds comes to the caller in the container that the calls share, and in no other way.
func handOn(pass *analyzer.Pass, fn *names.Function, param *python.Arg) ([]analyzer.TextEdit, bool) {
	var edits []analyzer.TextEdit
	for _, place := range pass.References(fn) {
		call, ok := pass.Parent(place).(*python.Call)
		if !ok || call.Func != place || passes(fn, call, param) || pass.FunctionAt(call) != fn {
			continue
		}
		if _, dropped := pass.Parent(call).(*python.ExprStmt); !dropped {
			continue
		}
		if slices.Contains(fn.Args.Posonlyargs, param) || strings.HasSuffix(strings.TrimSpace(pass.Source[:call.End-1]), ",") {
			return nil, false
		}
		given := param.Name + "=" + param.Name
		if len(call.Args)+len(call.Keywords) > 0 {
			given = ", " + given
		}
		edits = append(edits, analyzer.Insert(call.End-1, given))
	}
	return edits, true
}

// optional returns the edits that let an annotation allow None: in the form that the file has, or else in the one that every
// Python knows.
func optional(pass *analyzer.Pass, annotation python.Expr) []analyzer.TextEdit {
	if annotation == nil {
		return nil
	}
	text := pass.Text(annotation)
	_, quoted := annotation.(*python.Constant)
	switch {
	case quoted, strings.Contains(text, "None"), strings.Contains(text, "Optional"), strings.HasSuffix(text, "Any"):
		return nil
	case strings.Contains(text, " | "), strings.Contains(pass.Source, " | None"):
		return []analyzer.TextEdit{analyzer.Insert(annotation.Range().End, " | None")}
	}
	name, edits, ok := pass.Import("typing", "Optional")
	if !ok {
		return nil
	}
	return append(edits, analyzer.Insert(annotation.Range().Start, name+"["), analyzer.Insert(annotation.Range().End, "]"))
}
