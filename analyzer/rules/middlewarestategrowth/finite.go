package middlewarestategrowth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// finiteAttributes have few values in one process, whatever requests bring: Django's routes and classes, HTTP's
// methods and status codes.
var finiteAttributes = []string{
	"status_code", "method", "view_name", "url_name", "app_name", "namespace", "route", "__class__", "__name__",
	"__qualname__", "__module__", "label", "label_lower", "app_label", "model_name", "scheme", "reason_phrase",
}

// finite reports whether a growing operation ends by itself, because what it adds under has few values.
func finite(pass *analyzer.Pass, use names.Use) bool {
	if use.Kind == names.Grows {
		return use.Method == "add" && finiteValue(pass, use.Value)
	}
	if appends(use.Method) {
		// x["key"].append(v): the key is one, what is under it grows.
		return false
	}
	if use.Key == nil {
		return constantKeys(use.Value)
	}
	return finiteValue(pass, use.Key)
}

func appends(method string) bool {
	switch method {
	case "append", "appendleft", "extend", "insert":
		return true
	}
	return false
}

// constantKeys reports whether update's argument is a dict display with constant keys.
func constantKeys(value python.Expr) bool {
	dict, ok := value.(*python.Dict)
	return ok && !slices.ContainsFunc(dict.Keys, func(key python.Expr) bool {
		_, constant := key.(*python.Constant)
		return !constant
	})
}

func finiteValue(pass *analyzer.Pass, expr python.Expr) bool {
	switch e := pass.Deref(expr).(type) {
	case *python.Constant:
		return true
	case *python.Attribute:
		return slices.Contains(finiteAttributes, e.Attr) || strings.HasPrefix(pass.Qualified(e), "django.conf.settings.")
	case *python.Call:
		return pass.Qualified(e.Func) == "builtins.type"
	case *python.Tuple:
		return !slices.ContainsFunc(e.Elts, func(elt python.Expr) bool { return !finiteValue(pass, elt) })
	case *python.BinOp:
		return finiteValue(pass, e.Left) && finiteValue(pass, e.Right)
	}
	return false
}
