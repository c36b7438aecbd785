package django

import (
	"slices"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// ThreadTarget returns the function of this file that a call of threading.Thread or threading.Timer hands to the new
// thread, or nil.
func (f *File) ThreadTarget(call *python.Call) *names.Function {
	switch f.Qualified(call.Func) {
	case "threading.Thread":
		return f.FunctionOf(Argument(call, "target", 1))
	case "threading.Timer":
		return f.FunctionOf(Argument(call, "function", 1))
	}
	return nil
}

// Argument returns the argument of a call that has a name or stands at a place, or nil.
func Argument(call *python.Call, name string, at int) python.Expr {
	if keyword := names.Keyword(call, name); keyword != nil {
		return keyword.Value
	}
	if at < len(call.Args) && !slices.ContainsFunc(call.Args[:at+1], func(arg python.Expr) bool { _, starred := arg.(*python.Starred); return starred }) {
		return call.Args[at]
	}
	return nil
}
