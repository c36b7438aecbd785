// Package cachedmethod reports functools caches that keep the objects alive that a method or a function was called with.
package cachedmethod

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"

	"github.com/djleak/djleak/analyzer"
	"github.com/djleak/djleak/analyzer/django"
	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

//go:embed doc.md
var doc string

// Rule reports a functools cache on a method, and on a function that takes a request or a view.
var Rule = &analyzer.Rule{
	Name:       "cached-method",
	Doc:        doc,
	Severity:   analyzer.High,
	Confidence: analyzer.HighConfidence,
	Fix:        analyzer.UnsafeFix,
	Status:     analyzer.Stable,
	Triggers:   []string{"cache", "memoize"},
	Run:        run,
}

func run(pass *analyzer.Pass) {
	for _, fn := range pass.Functions {
		// What is cached inside a function goes with it.
		if fn.Parent != nil || pass.Context(fn) == django.CommandContext || pass.Context(fn) == django.OtherContext && pass.ServesCommands() {
			continue
		}
		for _, decorator := range fn.Decorators {
			cache, ok := pass.FunctoolsCache(decorator)
			if !ok {
				continue
			}
			kept := pass.KeepsObjects(fn)
			if kept == "" || pass.CacheCleared(fn) || cache.Bounded && isOwner(fn, kept) && isTemplateNode(pass, fn.Class) {
				continue // A few nodes of templates are small, and may live as long as the process anyway.
			}
			pass.Report(diagnose(pass, fn, decorator, cache, kept))
		}
	}
}

// fewObjects is the size up to which a cache keeps so little that it is worth a remark, no more.
const fewObjects = 16

// severity is high for a cache without a bound and for one that keeps requests.
func severity(pass *analyzer.Pass, fn *names.Function, cache django.FunctoolsCache, kept string) analyzer.Severity {
	switch {
	case cache.Bounded && cache.Size > 0 && cache.Size <= fewObjects:
		return analyzer.Low
	case isOwner(fn, kept) && isTemplateNode(pass, fn.Class):
		return analyzer.Medium
	case !cache.Bounded || !isOwner(fn, kept) || pass.ClassKind(fn.Class) == django.View:
		return analyzer.High
	}
	return analyzer.Medium
}

func diagnose(pass *analyzer.Pass, fn *names.Function, decorator python.Expr, cache django.FunctoolsCache, kept string) analyzer.Diagnostic {
	message := "`" + cache.Name + "` on " + fn.QualifiedName + " keeps " + objects(fn, cache, kept)
	if isOwner(fn, kept) && pass.ClassKind(fn.Class) == django.View {
		message += ", with its request"
	}
	severity := severity(pass, fn, cache, kept)
	// A cache of one or two entries is often meant: the next object takes the place of the last.
	d := analyzer.Diagnostic{
		Span: decorator.Range(), Message: message, Severity: &severity, Remedy: remedy(fn, kept),
		Preview:   cache.Bounded && cache.Size > 0 && cache.Size <= 2 || isOwner(fn, kept) && mayLast(pass, fn.Class) || pass.Excused(decorator, sameRule),
		Entrances: pass.LastingEntrances(fn.Range().Start),
	}
	if fix, ok := property(pass, fn, decorator); ok {
		d.Fixes = []analyzer.SuggestedFix{fix}
	}
	return d
}

// sameRule is the code that flake8-bugbear and ruff have for caches on methods. Who says why they are to leave one alone has thought of
// what it keeps.
// Source: https://docs.astral.sh/ruff/rules/cached-instance-method/
const sameRule = "B019"

// mayLast reports whether the objects of a class may live as long as the process: a template's nodes do where the cached loader keeps it.
func mayLast(pass *analyzer.Pass, class *names.Class) bool {
	return lasting.MatchString(class.Name) || isTemplateNode(pass, class)
}

func isTemplateNode(pass *analyzer.Pass, class *names.Class) bool {
	return pass.Singleton(class) == django.TemplateNode
}

// lasting matches the names of classes of which a process often makes one or two that live as long as it does, and of what these are
// mixed from.
var lasting = pattern.New(`(Client|Config|Configuration|Connector|Factory|Loader|Manager|Migrator|Provider|Registry|Service|Storage|Writer)(Mixin|Base)?$`)

// objects says which objects the cache keeps: "every Report it was called on", "the last 128 `request` it was called with".
func objects(fn *names.Function, cache django.FunctoolsCache, kept string) string {
	one, many := "`"+kept+"` it was called with", "`"+kept+"` objects it was called with"
	if isOwner(fn, kept) {
		one, many = kept+" it was called on", kept+" objects it was called on"
	}
	switch {
	case !cache.Bounded:
		return "every " + one + " alive"
	case cache.Size == 1:
		return "the last " + one + " alive"
	case cache.Size > 1:
		return "the last " + strconv.FormatInt(cache.Size, 10) + " " + many + " alive"
	}
	return many + " alive"
}

func isOwner(fn *names.Function, kept string) bool { return fn.Class != nil && kept == fn.Class.Name }

// property replaces @property above a cache by @cached_property, which keeps the value on the object itself.
func property(pass *analyzer.Pass, fn *names.Function, decorator python.Expr) (analyzer.SuggestedFix, bool) {
	if len(fn.Decorators) != 2 || fn.Decorators[1] != decorator || pass.Qualified(fn.Decorators[0]) != "builtins.property" {
		return analyzer.SuggestedFix{}, false
	}
	name, edits, ok := "cached_property", []analyzer.TextEdit(nil), true
	if pass.Module.Lookup(name) == nil || !isCachedProperty(pass) {
		name, edits, ok = pass.Import("django.utils.functional", name)
	}
	if !ok {
		return analyzer.SuggestedFix{}, false
	}
	// A fix that stands elsewhere, too, can tidy up there; one that does not is a suggestion to commit.
	if use, ok := callee(decorator).(*python.Name); ok && len(edits) > 0 {
		edits = append(edits, pass.Unimport(use)...)
	}
	span := python.Span{Start: fn.Decorators[0].Range().Start, End: decorator.Range().End}
	return analyzer.SuggestedFix{
		Message: "Keep the value on the object with cached_property",
		Kind:    analyzer.UnsafeFix,
		Check:   "Has the class no `__slots__`, and does nothing rely on two equal objects sharing one value?",
		Edits:   append(edits, analyzer.TextEdit{Span: span, NewText: name}),
	}, true
}

// callee is what a decorator calls, or the decorator itself.
func callee(decorator python.Expr) python.Expr {
	if call, ok := decorator.(*python.Call); ok {
		return call.Func
	}
	return decorator
}

// isCachedProperty reports whether the module's cached_property is Django's or the standard library's.
func isCachedProperty(pass *analyzer.Pass) bool {
	for _, def := range pass.Module.Lookup("cached_property").Definitions {
		if def.Path != "functools.cached_property" && def.Path != "django.utils.functional.cached_property" {
			return false
		}
	}
	return true
}

// remedy shows where the value belongs: on the object that it is about.
func remedy(fn *names.Function, kept string) string {
	params, isMethod, holder := fn.Params(), isOwner(fn, kept), kept
	if isMethod {
		holder = fn.Self()
	}
	switch {
	case isMethod && len(params) == 1 && !isHook(fn):
		note := "callers drop the parentheses"
		if slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool { return python.LastName(d) == "property" }) {
			note = "in place of both decorators"
		}
		return "from django.utils.functional import cached_property\n\n@cached_property\ndef " + fn.Name +
			"(" + fn.Self() + "):  # " + note + "\n    ...\n"
	case isMethod && len(params) > 1:
		return byKey(fn.Self()+"."+attribute(fn), params[1:])
	}
	return "if not hasattr(" + holder + ", \"" + attribute(fn) + "\"):\n    " + holder + "." + attribute(fn) + " = ...\nreturn " +
		holder + "." + attribute(fn) + "\n"
}

// isHook reports whether a method is one that code elsewhere calls by its name, as Django calls get_queryset().
func isHook(fn *names.Function) bool {
	return strings.HasPrefix(fn.Name, "get_") && (len(fn.Class.Bases) > 0 || strings.HasSuffix(fn.Class.Name, "Mixin"))
}

// byKey keeps a result for each combination of arguments in a dict of the object.
func byKey(cached string, params []*python.Arg) string {
	key, first := params[0].Name, ""
	if len(params) > 1 {
		list := make([]string, len(params))
		for i, param := range params {
			list[i] = param.Name
		}
		key, first = "key", "key = "+strings.Join(list, ", ")+"\n"
	}
	return first + "if " + key + " not in " + cached + ":  # a dict made in __init__\n    " + cached + "[" + key + "] = ...\nreturn " +
		cached + "[" + key + "]\n"
}

// attribute is a name for what is remembered, which the class is unlikely to have.
func attribute(fn *names.Function) string {
	return "_cached_" + strings.TrimPrefix(strings.TrimLeft(fn.Name, "_"), "get_")
}
