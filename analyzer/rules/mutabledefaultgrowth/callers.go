package mutabledefaultgrowth

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A usage says what the callers of a function in its own file do about a parameter. A later one says more.
type usage uint8

const (
	// unseen: the file does not call the function.
	unseen usage = iota
	// allPassTheirOwn: the default serves nobody here.
	allPassTheirOwn
	// onlyAtImport: nobody leaves it out but the module itself, while it is imported.
	onlyAtImport
	// mayLeaveItOut: the function is handed to somebody, or something of its name is called without it.
	mayLeaveItOut
	// someLeaveItOut: the function fills the default.
	someLeaveItOut
)

// callers looks through the calls of a function. What the function hands on to itself, or to the method that it overrides, tells of
// no caller.
func callers(pass *analyzer.Pass, fn *names.Function, param *python.Arg) usage {
	seen := unseen
	for _, place := range pass.References(fn) {
		call, ok := pass.Parent(place).(*python.Call)
		if !ok || call.Func != place {
			seen = max(seen, mayLeaveItOut)
			continue
		}
		caller := pass.FunctionAt(call)
		switch {
		case passes(fn, call, param):
			if caller == nil || caller.Name != fn.Name {
				seen = max(seen, allPassTheirOwn)
			}
		case caller == nil:
			seen = max(seen, onlyAtImport)
		case pass.FunctionOf(place) == fn:
			return someLeaveItOut
		default:
			seen = max(seen, mayLeaveItOut)
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
