package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// transparent are the modules whose decorators make nothing known: what they are put on still runs only where somebody names it.
var transparent = []string{
	"builtins.", "contextlib.", "functools.", "django.contrib.admin.views.decorators.", "django.contrib.auth.decorators.",
	"django.db.transaction.", "django.utils.decorators.", "django.utils.functional.", "django.views.decorators.",
	"rest_framework.decorators.api_view", "rest_framework.decorators.permission_classes",
}

// ranByName are functions that a tool runs by their names alone: those of scripts, and what answers a platform's calls.
var ranByName = map[string]bool{"application": true, "handler": true, "lambda_handler": true, "main": true, "run": true}

// named ends the names of classes that run only where somebody names them: nothing finds a view or a form by its place.
var named = pattern.New(`(View|ViewSet|Form|FormSet|Serializer|Thread)$`)

// Entrances returns the names that other code has to say, each of them, for the code at an offset to run: that of a function of the
// module, of a view or a form, and of a method that a base cannot know. There is none where a decorator may make the code known, where
// Django finds it by its place, as it does commands, and in scripts, whose functions are run by hand.
func (f *File) Entrances(offset int32) []string {
	var fn *names.Function
	for fn = range f.around(offset) { // The outermost is the last.
	}
	if fn == nil || f.InScripts() || f.madeKnown(fn.Decorators) {
		return nil
	}
	class := fn.Class
	switch {
	case class == nil && ranByName[fn.Name]:
		return nil
	case class == nil:
		return []string{fn.Name}
	case class.Outer != nil || class.Parent != nil || f.madeKnown(class.Decorators):
		return nil
	}
	var said []string
	if named.MatchString(class.Name) {
		said = append(said, class.Name)
	}
	alone := len(class.Bases) == 0 && len(class.Keywords) == 0
	if (alone || slices.ContainsFunc(fn.Decorators, f.isBuiltin)) && !strings.HasPrefix(fn.Name, "__") {
		said = append(said, fn.Name)
	}
	return said
}

// isBuiltin reports whether a decorator is property, classmethod or staticmethod: a base calls hardly any such method.
func (f *File) isBuiltin(decorator python.Expr) bool { return f.Builtin(decorator) != "" }

// madeKnown reports whether one of the decorators may make what it stands on known to others.
func (f *File) madeKnown(decorators []python.Expr) bool {
	return slices.ContainsFunc(decorators, func(decorator python.Expr) bool {
		if call, ok := decorator.(*python.Call); ok {
			decorator = call.Func
		}
		qualified := f.Qualified(decorator)
		return !slices.ContainsFunc(transparent, func(module string) bool { return strings.HasPrefix(qualified, module) })
	})
}
