package django

import (
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
)

// A FunctoolsCache is what functools.cache, functools.lru_cache or its likes remember results with: keyed by all
// arguments, self among them, for the life of the process.
// Source: https://funcy.readthedocs.io/en/stable/calc.html, https://toolz.readthedocs.io/en/latest/api.html
type FunctoolsCache struct {
	// Name is that of the decorator in its library: "cache", "lru_cache", "alru_cache" or "memoize".
	Name string
	// Bounded is false where it keeps every result. Size is the bound where it is a literal, else 0.
	Bounded bool
	Size    int64
	// Own marks a decorator of the project's own, as its vocabulary says, or one whose bound cannot be set.
	Own bool
	// MaxSize is the argument that sets the bound, or nil.
	MaxSize python.Expr
}

// defaultCacheSize is lru_cache's maxsize where none is given.
// Source: https://docs.python.org/3/library/functools.html#functools.lru_cache
const defaultCacheSize = 128

// FunctoolsCache returns the cache that a decorator puts around a function, and whether it is one. A cache whose entries
// expire is none, and so is one of no size, which keeps nothing.
func (f *File) FunctoolsCache(decorator python.Expr) (FunctoolsCache, bool) {
	call, called := decorator.(*python.Call)
	if called {
		decorator = call.Func
	}
	cache := FunctoolsCache{Name: "lru_cache", Bounded: true, Size: defaultCacheSize}
	qualified := f.Qualified(decorator)
	if listed(f.Vocabulary.CacheDecorators, qualified) {
		return FunctoolsCache{Name: qualified[strings.LastIndexByte(qualified, '.')+1:], Own: true}, true
	}
	switch qualified {
	case "functools.cache":
		return FunctoolsCache{Name: "cache"}, true
	case "funcy.memoize", "funcy.calc.memoize", "toolz.memoize", "toolz.functoolz.memoize", "cytoolz.memoize", "cytoolz.functoolz.memoize":
		return FunctoolsCache{Name: "memoize", Own: true}, true
	case "functools.lru_cache", "django.utils.lru_cache.lru_cache", "backports.functools_lru_cache.lru_cache",
		"cachetools.func.lru_cache", "asyncstdlib.lru_cache":
	case "async_lru.alru_cache":
		cache.Name = "alru_cache"
	default:
		return FunctoolsCache{}, false
	}
	if !called {
		return cache, true
	}
	if names.Keyword(call, "ttl") != nil {
		return FunctoolsCache{}, false
	}
	if keyword := names.Keyword(call, "maxsize"); keyword != nil {
		cache.MaxSize = keyword.Value
	} else if len(call.Args) > 0 {
		cache.MaxSize = call.Args[0]
	}
	if cache.MaxSize == nil {
		return cache, true
	}
	cache.Size = 0
	if constant, ok := f.Deref(cache.MaxSize).(*python.Constant); ok {
		size, isNumber := constant.Int()
		if isNumber && size == 0 {
			return FunctoolsCache{}, false
		}
		cache.Bounded, cache.Size = constant.Kind != python.None, size
	}
	return cache, true
}

// KeepsObjects names what a functools cache on a function would keep alive that otherwise goes: the class of a method, or
// a parameter that stands for an object of one request. It returns "" for a function that is called with values alone.
func (f *File) KeepsObjects(fn *names.Function) string {
	if takesObject(fn) && !f.IsEnum(fn.Class) && !f.livesOn(fn.Class) && f.ProcessWide(fn.Class) == "" && !f.madeByCache(fn.Class) {
		return fn.Class.Name
	}
	params := fn.Params()
	if fn.Self() != "" {
		params = params[1:]
	}
	for _, param := range params {
		if slices.Contains(perRequestParams, param.Name) && !f.isPlain(param.Annotation) || f.IsRequestType(param.Annotation) {
			return param.Name
		}
	}
	return ""
}

// livesOn reports whether the objects of a class live as long as the process. The nodes of a template do only where the cached loader
// keeps it, which it does with none that is made of a text.
func (f *File) livesOn(class *names.Class) bool {
	what := f.Singleton(class)
	return what != "" && what != TemplateNode
}

// madeByCache reports whether all objects of a class that the file makes are results of functions that themselves have a
// functools cache: those live on anyway.
func (f *File) madeByCache(class *names.Class) bool {
	binding := f.Module.Lookup(class.Name)
	if binding == nil || class.Scope.Parent != f.Module {
		return false
	}
	made := f.Made(class)
	return len(made) > 0 && !slices.ContainsFunc(made, func(call *python.Call) bool {
		_, returned := f.Parent(call).(*python.Return)
		factory := f.FunctionAt(call)
		return !returned || factory == nil || !slices.ContainsFunc(factory.Decorators, func(d python.Expr) bool {
			_, cached := f.FunctoolsCache(d)
			return cached
		})
	})
}

// takesObject reports whether a function is a method whose first parameter is an object and no class.
func takesObject(fn *names.Function) bool {
	switch fn.Self() {
	case "", "cls", "klass", "mcs", "mcls", "metacls":
		return false
	}
	return !isClassMethod(fn) && !slices.Contains(fn.Class.BaseNames, "builtins.type")
}

func isClassMethod(fn *names.Function) bool {
	return slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool { return python.LastName(d) == "classmethod" })
}

// perRequestParams are the names of parameters that stand for objects of one request.
var perRequestParams = []string{"request", "view", "response", "queryset"}

// isPlain reports whether an annotation says that a value is no object of Django's: a string, a number, a class.
func (f *File) isPlain(annotation python.Expr) bool {
	if subscript, ok := annotation.(*python.Subscript); ok {
		annotation = subscript.Value
	}
	switch f.Qualified(annotation) {
	case "builtins.str", "builtins.int", "builtins.bytes", "builtins.tuple", "builtins.type", "typing.Type", "builtins.frozenset":
		return true
	}
	return false
}

// CacheCleared reports whether the file empties the cache of a function itself: by the function's name, or as one of all that an object of
// its class has, as getattr() finds them.
func (f *File) CacheCleared(fn *names.Function) bool {
	return slices.ContainsFunc(f.References(fn), func(place python.Expr) bool {
		access, ok := f.Parent(place).(*python.Attribute)
		return ok && access.Attr == "cache_clear"
	}) || fn.Class != nil && slices.ContainsFunc(f.Calls, func(call *python.Call) bool {
		access, ok := call.Func.(*python.Attribute)
		return ok && access.Attr == "cache_clear" && f.ClassAt(call) == fn.Class && f.isOwnMember(access.Value)
	})
}

// isOwnMember reports whether an expression is what getattr() finds on the object of a method, by a name that varies.
func (f *File) isOwnMember(expr python.Expr) bool {
	if name, ok := expr.(*python.Name); ok {
		return slices.ContainsFunc(f.Reaching(name), func(def names.Definition) bool { return def.Value != nil && f.isOwnMember(def.Value) })
	}
	call, ok := expr.(*python.Call)
	if !ok || f.Qualified(call.Func) != "builtins.getattr" || len(call.Args) < 2 {
		return false
	}
	_, isConstant := call.Args[1].(*python.Constant)
	fn := f.FunctionAt(call)
	return !isConstant && fn != nil && fn.Self() != "" && f.Text(call.Args[0]) == fn.Self()
}
