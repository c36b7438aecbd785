package resourcenotclosed

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// descriptor is what the operating system calls an open file. Python has it as a number, which closes nothing when it goes.
const descriptor = "descriptor"

// isLost reports whether nothing closes the descriptor that mkstemp() returns beside the path, or hands it to somebody else who may.
func isLost(pass *analyzer.Pass, fn *names.Function, call *python.Call, opened resource) bool {
	if isPathOf(pass, call) {
		return true
	}
	stmt, ok := pass.Parent(call).(*python.Assign)
	if !ok || len(stmt.Targets) != 1 {
		return false
	}
	switch target := stmt.Targets[0].(type) {
	case *python.Tuple:
		if name := unpacked(target); name != nil {
			return !leaves(pass, fn, stmt, name, opened)
		}
	case *python.Name:
		binding := pass.Binding(target)
		return binding != nil && binding.Scope == fn.Scope && len(binding.Definitions) == 1 && len(binding.Uses) > 0 &&
			!slices.ContainsFunc(binding.Uses, func(use *python.Name) bool { return !isPathOf(pass, use) })
	}
	return false
}

// isPathOf reports whether the path is all that is taken of the pair.
func isPathOf(pass *analyzer.Pass, pair python.Expr) bool {
	item, ok := pass.Parent(pair).(*python.Subscript)
	if !ok || item.Value != pair {
		return false
	}
	text := pass.Text(item.Slice)
	return text == "1" || text == "-1"
}

// unpacked returns the name of the descriptor where the pair is unpacked, or nil.
func unpacked(pair *python.Tuple) *python.Name {
	if len(pair.Elts) != 2 {
		return nil
	}
	name, _ := pair.Elts[0].(*python.Name)
	return name
}

// lost reports a descriptor that nothing closes.
func lost(pass *analyzer.Pass, fn *names.Function, call *python.Call) analyzer.Diagnostic {
	target, number := "descriptor, path", "descriptor"
	if stmt, ok := pass.Parent(call).(*python.Assign); ok {
		if pair, ok := stmt.Targets[0].(*python.Tuple); ok && unpacked(pair).Id != "_" {
			target, number = pass.Text(pair), unpacked(pair).Id
		}
	}
	return analyzer.Diagnostic{
		Span: call.Span,
		Message: "Garbage collection never closes the descriptor that `mkstemp()` returns: " + fn.QualifiedName +
			" opens one with each call and does not close it",
		Severity:   new(analyzer.Medium),
		Confidence: new(analyzer.HighConfidence),
		Remedy:     target + " = " + oneLine(pass, call) + "\nos.close(" + number + ")  # os.fdopen() makes a file of it, for a with\n",
	}
}
