package bulkcreateaccumulates

import (
	"slices"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// maxHands is through how many functions a list is followed.
const maxHands = 4

// handed returns how a list came about that another function of this file fills and returns, or hands on to the one at hand.
func handed(pass *analyzer.Pass, list python.Expr, hands int) (collection, bool) {
	if hands == 0 {
		return collection{}, false
	}
	from := list
	if name, ok := list.(*python.Name); ok {
		if from = origin(pass, name); from == nil {
			return collection{}, false
		}
	}
	if call, ok := from.(*python.Call); ok {
		if from = result(pass, call); from == nil {
			return collection{}, false
		}
	}
	c, ok := collectionOf(pass, from, hands-1)
	c.handed = true
	return c, ok
}

// origin returns what is assigned to a name, or what the only call of the function whose parameter it is gives it; nil for anything else.
func origin(pass *analyzer.Pass, name *python.Name) python.Expr {
	defs := pass.Reaching(name)
	if len(defs) != 1 {
		return nil
	}
	switch def := defs[0]; def.Kind {
	case names.Assigned:
		if call, ok := def.Value.(*python.Call); ok {
			return call
		}
	case names.Parameter:
		if param, ok := def.Node.(*python.Arg); ok {
			return argument(pass, pass.FunctionAt(name), param)
		}
	default:
	}
	return nil
}

// argument returns what the only call of a function gives a parameter, or nil.
func argument(pass *analyzer.Pass, fn *names.Function, param *python.Arg) python.Expr {
	places := pass.References(fn)
	if len(places) != 1 {
		return nil
	}
	call, ok := pass.Parent(places[0]).(*python.Call)
	if !ok || call.Func != places[0] {
		return nil
	}
	if keyword := names.Keyword(call, param.Name); keyword != nil {
		return keyword.Value
	}
	positional := fn.Args.Args
	if fn.Self() != "" {
		positional = positional[1:]
	}
	if at := slices.Index(positional, param); at >= 0 && at < len(call.Args) {
		return call.Args[at]
	}
	return nil
}

// result returns the name or the list that the function of this file always returns which a call calls, or nil.
func result(pass *analyzer.Pass, call *python.Call) python.Expr {
	fn := pass.FunctionOf(call.Func)
	if fn == nil {
		return nil
	}
	if values, yields := fn.Results(); !yields && len(values) == 1 {
		return values[0]
	}
	return nil
}
