package filereadwhole

import (
	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/python"
)

// outlives reports whether the loop may run when the file is closed: that of a generator expression, unless a call consumes
// it at once. readlines() has read the lines by then, the file has not.
func outlives(pass *analyzer.Pass, loop python.Node) bool {
	generator, ok := pass.Parent(loop).(*python.GeneratorExp)
	if !ok {
		return false
	}
	call, ok := pass.Parent(generator).(*python.Call)
	if !ok {
		return true
	}
	switch pass.Qualified(call.Func) {
	case "builtins.list", "builtins.tuple", "builtins.set", "builtins.frozenset", "builtins.dict", "builtins.sorted",
		"builtins.sum", "builtins.min", "builtins.max", "builtins.any", "builtins.all":
		return false
	}
	access, ok := call.Func.(*python.Attribute)
	return !ok || access.Attr != "join"
}
