package names

import (
	"slices"

	"github.com/djleak/djleak/analyzer/python"
)

// Default returns the default value of a parameter, or nil.
func (fn *Function) Default(param string) python.Expr {
	isParam := func(arg *python.Arg) bool { return arg.Name == param }
	positional := slices.Concat(fn.Args.Posonlyargs, fn.Args.Args)
	if i := slices.IndexFunc(positional, isParam); i >= 0 {
		if i -= len(positional) - len(fn.Args.Defaults); i >= 0 {
			return fn.Args.Defaults[i]
		}
		return nil
	}
	if i := slices.IndexFunc(fn.Args.Kwonlyargs, isParam); i >= 0 {
		return fn.Args.KwDefaults[i]
	}
	return nil
}
