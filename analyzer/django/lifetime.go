package django

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/pattern"
	"github.com/djleak/djleak/analyzer/python"
)

// lifetimes remembers, while a file is looked at, what runs once and where functions are named.
type lifetimes struct {
	startsUp map[*names.Function]bool
	accesses map[string][]*python.Attribute
	testCode answer
	testData answer
	toolPath answer
	tool     answer
	script   answer
	commands answer
}

// An answer is one that is sought once.
type answer struct{ yes, known bool }

func (a *answer) of(question func() bool) bool {
	if !a.known {
		a.yes, a.known = question(), true
	}
	return a.yes
}

// AttributesNamed returns every access to an attribute of that name, in source order.
func (f *File) AttributesNamed(name string) []*python.Attribute {
	list, known := f.lifetimes.accesses[name]
	if known {
		return list
	}
	for _, access := range f.Accesses {
		if access.Attr == name {
			list = append(list, access)
		}
	}
	slices.SortStableFunc(list, func(a, b *python.Attribute) int { return cmp.Compare(a.Start, b.Start) })
	if f.lifetimes.accesses == nil {
		f.lifetimes.accesses = make(map[string][]*python.Attribute)
	}
	f.lifetimes.accesses[name] = list
	return list
}

// References returns the places of the file that name a function. For a method those are all attributes of its name, on
// whatever object.
func (f *File) References(fn *names.Function) []python.Expr {
	var places []python.Expr
	if fn.Class != nil {
		for _, access := range f.AttributesNamed(fn.Name) {
			places = append(places, access)
		}
		return places
	}
	if binding := fn.Scope.Parent.Lookup(fn.Name); binding != nil {
		for _, use := range binding.Uses {
			places = append(places, use)
		}
	}
	return places
}

// RunsAgain reports whether a function may run again and again in the life of one process: for requests, tasks, messages
// or signals, or when nobody knows who calls it. Start-up code does not, nor do migrations and commands, whose process
// ends with them.
func (f *File) RunsAgain(fn *names.Function) bool {
	if fn == nil || f.isTestCode() {
		return false
	}
	switch f.Context(fn) {
	case ImportContext, CommandContext, MigrationContext:
		return false
	case OtherContext:
		return !f.isScript() && !f.ServesCommands() && !f.StartsUp(fn) && !helpsCommand(fn)
	default:
		return !f.StartsUp(fn)
	}
}

// helpsCommand reports whether a function works for a command that hands it what it prints with: its style, its standard output.
func helpsCommand(fn *names.Function) bool {
	return slices.ContainsFunc(fn.Params(), func(param *python.Arg) bool {
		return param.Name == "style" || param.Name == "stdout" || param.Name == "stderr"
	})
}

// isTestCode reports whether the file belongs to tests although its path does not say so: the fixtures of a plugin, a
// base class of test cases.
func (f *File) isTestCode() bool { return f.lifetimes.testCode.of(f.importsTests) }

func (f *File) importsTests() bool { return f.importsModule(isTestModule) }

// importsModule reports whether a statement of the module imports one that is meant, or something from it.
func (f *File) importsModule(meant func(module string) bool) bool {
	return slices.ContainsFunc(f.Body(), func(stmt python.Stmt) bool {
		switch s := stmt.(type) {
		case *python.Import:
			return slices.ContainsFunc(s.Names, func(alias *python.Alias) bool { return meant(alias.Name) })
		case *python.ImportFrom:
			return s.Level == 0 && meant(s.Module)
		}
		return false
	})
}

func isTestModule(module string) bool {
	top, _, _ := strings.Cut(module, ".")
	return top == "pytest" || top == "unittest" || top == "factory" || module == "django.test" || module == "rest_framework.test"
}

// ServesCommands reports whether a module is there for management commands, although it stands elsewhere: it imports what commands
// are made of. What says nothing of its own use in it runs in a process that ends.
func (f *File) ServesCommands() bool { return f.lifetimes.commands.of(f.importsCommand) }

func (f *File) importsCommand() bool {
	return slices.ContainsFunc(f.Body(), func(stmt python.Stmt) bool {
		s, ok := stmt.(*python.ImportFrom)
		return ok && s.Level == 0 && (s.Module == "django.core.management.base" || s.Module == "django.core.management") &&
			slices.ContainsFunc(s.Names, func(alias *python.Alias) bool { return alias.Name == "BaseCommand" })
	})
}

// scriptFolders hold programs that run to their end.
var scriptFolders = []string{"scripts", "script", "bin", "tools", "docs", "doc", "examples", "benchmarks", "fixtures", "migrations", "test", "testing"}

// isScript reports whether the file is a program that runs to its end, by its path or because it says what to do when
// it is started.
func (f *File) isScript() bool { return f.lifetimes.script.of(f.runsToItsEnd) }

func (f *File) runsToItsEnd() bool {
	switch path.Base(f.Path) {
	case "setup.py", "manage.py", "fabfile.py", "pavement.py", "noxfile.py", "wsgi.py", "asgi.py":
		return true
	}
	if slices.ContainsFunc(scriptFolders, f.inPackage) {
		return true
	}
	return slices.ContainsFunc(f.Body(), func(stmt python.Stmt) bool {
		branch, ok := stmt.(*python.If)
		if !ok {
			return false
		}
		compare, ok := branch.Test.(*python.Compare)
		return ok && python.LastName(compare.Left) == "__name__"
	})
}

// scriptFile matches modules that hold what scripts share: script_utils.py.
var scriptFile = pattern.New(`(?i)(^|_)scripts?(_|\.py$)`)

// toolFolder matches folders that hold what people of the project run by hand: build_tools, dev-scripts.
var toolFolder = pattern.New(`(?i)(^|[-_])(tools?|tooling|scripts?)$|^(build|docker|ci|hack|release|packaging|installer|development)$`)

// parsers are modules that read a command line. A program with one runs to its end.
var parsers = map[string]bool{"argparse": true, "optparse": true, "click": true, "docopt": true, "typer": true}

// IsTool reports whether the file is a program for the project's own people, which runs to its end on files of the project: by its
// path, or because it reads a command line by itself. A management command is none.
func (f *File) IsTool() bool { return f.lifetimes.tool.of(f.isTool) }

func (f *File) isTool() bool {
	if f.inPackage("management") {
		return false
	}
	if f.isScript() || strings.HasPrefix(path.Base(f.Path), "build_") || scriptFile.MatchString(path.Base(f.Path)) || slices.ContainsFunc(f.folders, toolFolder.MatchString) {
		return true
	}
	return slices.ContainsFunc(f.Body(), func(stmt python.Stmt) bool {
		switch s := stmt.(type) {
		case *python.Import:
			return slices.ContainsFunc(s.Names, func(alias *python.Alias) bool { return parsers[alias.Name] })
		case *python.ImportFrom:
			return s.Level == 0 && parsers[s.Module]
		}
		return false
	})
}

// StartsUp reports whether a function runs while the process starts and then no more: AppConfig.ready(), what registers
// something, what makes classes, a function whose result is cached once for all, and what only such code calls.
func (f *File) StartsUp(fn *names.Function) bool {
	if starts, known := f.lifetimes.startsUp[fn]; known {
		return starts
	}
	if f.lifetimes.startsUp == nil {
		f.lifetimes.startsUp = make(map[*names.Function]bool)
	}
	f.lifetimes.startsUp[fn] = false // For functions that call one another.
	starts := f.isStartUpHook(fn) || f.registers(fn) || f.cachedOnce(fn) || f.calledAtStartUp(fn)
	f.lifetimes.startsUp[fn] = starts
	return starts
}

// isStartUpHook reports whether Python or Django calls a method when a class is made or the process starts.
func (f *File) isStartUpHook(fn *names.Function) bool {
	if fn.Class == nil {
		return fn.Parent == nil && (fn.Name == "main" || fn.Name == "autodiscover")
	}
	switch fn.Name {
	case "__init_subclass__", "__set_name__", "contribute_to_class", "contribute_to_related_class", "as_view":
		return true
	case "ready":
		return len(fn.Params()) == 1
	case "__new__", "__init__", "__prepare__":
		// A middleware is made once: https://docs.djangoproject.com/en/5.2/topics/http/middleware/#init-get-response
		return f.isMetaclass(fn.Class) || fn.Param("get_response") != nil
	}
	return false
}

func (f *File) isMetaclass(class *names.Class) bool {
	return slices.ContainsFunc(f.Ancestors(class), func(base string) bool {
		last := base[strings.LastIndexAny(base, ".:")+1:]
		return base == "builtins.type" || last == "ModelBase" || last == "EnumMeta" || last == "EnumType" ||
			strings.HasSuffix(last, "Meta") || strings.HasSuffix(last, "Metaclass")
	})
}

// registering are the words with which the names of functions begin that are called when the process is set up.
var registering = []string{
	"register", "unregister", "autoregister", "autodiscover", "setup", "set_up", "configure", "discover", "initialize",
	"initialise", "init", "bootstrap", "install", "patch", "monkeypatch", "monkey_patch", "connect_signals", "add_hook",
	"add_listener", "load_plugins",
}

// registers reports whether a function is one by which modules make themselves known: by its name, or because it hands
// back what it was given, as a decorator does that only takes note.
func (f *File) registers(fn *names.Function) bool {
	name := strings.ToLower(strings.TrimLeft(fn.Name, "_"))
	if f.Context(fn) == RequestContext && (takesRequest(fn) || !strings.Contains(name, "register")) {
		// A view may be called register, setup or patch.
		return false
	}
	if strings.HasPrefix(fn.Name, "__") {
		return false
	}
	return takesNote(fn) || f.wraps(fn) || strings.Contains(name, "register") || slices.ContainsFunc(registering, func(word string) bool {
		rest, ok := strings.CutPrefix(name, word)
		// A method that is called setup, patch or init alone may be anything.
		return ok && (rest == "" && fn.Class == nil || strings.HasPrefix(rest, "_"))
	})
}

// codeParams are the names of parameters that stand for code: what a decorator takes.
var codeParams = map[string]bool{
	"f": true, "fn": true, "func": true, "function": true, "cls": true, "klass": true, "class_": true, "handler": true,
	"callback": true, "callable": true, "wrapped": true, "method": true, "model": true, "model_class": true, "view": true,
	"view_func": true, "plugin": true, "target": true, "wrapped_class": true, "decorated": true, "task": true, "test_func": true,
}

// wraps reports whether a function is a decorator: it takes code and makes a function that stands for it. It runs when that
// code is defined.
func (f *File) wraps(fn *names.Function) bool {
	params := fn.Params()
	return len(params) == 1 && codeParams[params[0].Name] && slices.ContainsFunc(f.Functions, func(inner *names.Function) bool {
		return inner.Parent == fn && slices.ContainsFunc(inner.Decorators, func(d python.Expr) bool {
			call, ok := d.(*python.Call)
			return ok && f.Qualified(call.Func) == "functools.wraps"
		})
	})
}

// takesNote reports whether a function's only result is the code that it was given, unchanged: a decorator that keeps it.
func takesNote(fn *names.Function) bool {
	params := fn.Params()
	if fn.Self() != "" {
		params = params[1:]
	}
	if len(params) == 0 || !codeParams[params[0].Name] {
		return false
	}
	values, generator := fn.Results()
	if generator || len(values) == 0 {
		return false
	}
	binding := fn.Scope.Lookup(params[0].Name)
	if binding == nil || len(binding.Definitions) != 1 {
		return false
	}
	return !slices.ContainsFunc(values, func(value python.Expr) bool {
		name, ok := value.(*python.Name)
		return !ok || name.Id != params[0].Name
	})
}

// cachedOnce reports whether a function without parameters carries a functools cache, so that its body runs once.
func (f *File) cachedOnce(fn *names.Function) bool {
	return len(fn.Params()) == 0 && slices.ContainsFunc(fn.Decorators, func(d python.Expr) bool {
		_, cached := f.FunctoolsCache(d)
		return cached
	})
}

// calledAtStartUp reports whether all that names a function calls it while the process starts: at the module's level, in
// the body of a class, as a decorator, or in a function that itself runs only then.
func (f *File) calledAtStartUp(fn *names.Function) bool {
	places := f.References(fn)
	return len(places) > 0 && !slices.ContainsFunc(places, func(place python.Expr) bool { return !f.runsAtStartUp(place) })
}

func (f *File) runsAtStartUp(place python.Expr) bool {
	switch parent := f.Parent(place).(type) {
	case *python.Call:
		if parent.Func != place {
			return false
		}
	case *python.FunctionDef, *python.ClassDef:
		// A decorator without arguments.
	default:
		return false
	}
	caller := f.FunctionAt(place)
	return caller == nil && !f.inLambda(place) || caller != nil && f.StartsUp(caller)
}

func (f *File) inLambda(node python.Node) bool {
	_, ok := names.Inside[*python.Lambda](f.File, node)
	return ok
}
