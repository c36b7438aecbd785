package mutabledefaultgrowth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A usage says what the callers of a function in its own file do about a parameter.
type usage uint8

const (
	// unseen: the file does not call the function.
	unseen usage = iota
	// someLeaveItOut: the function fills the default.
	someLeaveItOut
	// allPassTheirOwn: the default serves nobody here.
	allPassTheirOwn
	// onlyAtImport: nobody leaves it out but the module itself, while it is imported.
	onlyAtImport
)

// callers looks through the calls of a function. What the function hands on to itself, or to the method that it overrides, tells of
// no caller.
func callers(pass *analyzer.Pass, fn *names.Function, param *python.Arg) usage {
	seen := unseen
	for _, place := range pass.References(fn) {
		call, ok := pass.Parent(place).(*python.Call)
		if !ok || call.Func != place {
			return someLeaveItOut // Who it is handed to may call it in any way.
		}
		caller := pass.FunctionAt(call)
		switch {
		case passes(fn, call, param):
			if seen == unseen && (caller == nil || caller.Name != fn.Name) {
				seen = allPassTheirOwn
			}
		case caller != nil:
			return someLeaveItOut
		default:
			seen = onlyAtImport
		}
	}
	return seen
}

// passes reports whether a call gives a parameter its argument, as far as the text tells: *args and **options may have it.
func passes(fn *names.Function, call *python.Call, param *python.Arg) bool {
	if slices.ContainsFunc(call.Keywords, func(k *python.Keyword) bool { return k.Name == param.Name || k.Name == "" }) {
		return true
	}
	positional := slices.Concat(fn.Args.Posonlyargs, fn.Args.Args)
	if fn.Self() != "" {
		positional = positional[1:]
	}
	at := slices.Index(positional, param)
	return at >= 0 && len(call.Args) > at || slices.ContainsFunc(call.Args, func(arg python.Expr) bool {
		_, starred := arg.(*python.Starred)
		return starred
	})
}

// returns reports whether a function hands a parameter back.
func returns(fn *names.Function, param *python.Arg) bool {
	values, _ := fn.Results()
	return slices.ContainsFunc(values, func(value python.Expr) bool {
		found := false
		python.Walk(value, func(node python.Node) bool {
			name, ok := node.(*python.Name)
			found = found || ok && name.Id == param.Name
			return !found
		})
		return found
	})
}

// handsOn reports whether a function gives a parameter to another, or keeps it: it fills the parameter for itself, not for whoever
// passed it.
func handsOn(pass *analyzer.Pass, fn *names.Function, param *python.Arg) bool {
	binding := fn.Scope.Lookup(param.Name)
	return binding != nil && slices.ContainsFunc(binding.Uses, func(use *python.Name) bool {
		switch parent := pass.Parent(use).(type) {
		case *python.Call:
			return pass.Qualified(parent.Func) != "builtins.len"
		case *python.Assign:
			return parent.Value == python.Expr(use)
		case *python.Keyword:
			return true
		}
		return false
	})
}

// isProtocol reports whether Python calls a method, and with all that it takes: __deepcopy__(memo).
func isProtocol(fn *names.Function) bool {
	return fn.Class != nil && strings.HasPrefix(fn.Name, "__") && strings.HasSuffix(fn.Name, "__") && fn.Name != "__init__" && fn.Name != "__call__"
}
