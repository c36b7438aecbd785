package growth

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/django"
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
func finite(f *django.File, use names.Use) bool {
	if use.Kind == names.Grows {
		return use.Method == "add" && finiteValue(f, use.Value)
	}
	if appends(use.Method) {
		// x["key"].append(v): the key is one, what is under it grows.
		return false
	}
	if use.Key == nil {
		return constantKeys(use.Value)
	}
	return finiteValue(f, use.Key)
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

func finiteValue(f *django.File, expr python.Expr) bool {
	switch e := f.Deref(expr).(type) {
	case *python.Constant:
		return true
	case *python.Attribute:
		return slices.Contains(finiteAttributes, e.Attr) || strings.HasPrefix(f.Qualified(e), "django.conf.settings.")
	case *python.Call:
		return f.Qualified(e.Func) == "builtins.type"
	case *python.Tuple:
		return !slices.ContainsFunc(e.Elts, func(elt python.Expr) bool { return !finiteValue(f, elt) })
	case *python.BinOp:
		return finiteValue(f, e.Left) && finiteValue(f, e.Right)
	}
	return false
}
