package django

import (
	"path"
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

// ranByBase are the methods of management commands, database routers, middleware, authentication backends, models and managers that
// Django calls: not all of these need a base.
var ranByBase = map[string]bool{
	"db_for_read": true, "db_for_write": true, "allow_relation": true, "allow_migrate": true, "allow_syncdb": true,
	"process_request": true, "process_view": true, "process_template_response": true, "process_response": true, "process_exception": true,
	"authenticate": true, "get_user": true, "has_perm": true, "has_module_perms": true,
	"add_arguments": true, "check": true, "create_parser": true, "execute": true, "get_check_kwargs": true, "get_version": true,
	"print_help": true, "run_from_argv": true, "usage": true,
	"asave": true, "adelete": true, "clean": true, "clean_fields": true, "delete": true, "from_db": true, "full_clean": true,
	"get_absolute_url": true, "get_full_name": true, "get_short_name": true, "get_username": true, "natural_key": true,
	"refresh_from_db": true, "save": true, "save_base": true, "validate_constraints": true, "validate_unique": true,
	"contribute_to_class": true, "create_superuser": true, "create_user": true, "deconstruct": true, "get_by_natural_key": true,
	"get_query_set": true, "get_queryset": true,
}

// An Entrance is a name that other code has to say for some code to run.
type Entrance struct {
	Kind EntranceKind
	Name string
	// File is where the name is defined: a path within the repository.
	File string
	// Lasting is true where only code counts whose process goes on afterwards: what a command leaves open ends with it.
	Lasting bool
}

// An EntranceKind says what a name stands for, and so what may mean it.
type EntranceKind uint8

// The kinds of entrances.
const (
	// Member is a method: whatever says its name may mean it.
	Member EntranceKind = iota
	// Global is a function or a class at its module's level.
	Global
	// Module is one that runs only where others import it.
	Module
	// Started is a subclass of Thread at its module's level, which is a thread only where somebody starts it.
	Started
)

// Entrances returns the names that other code has to say, each of them, for a function's code at an offset to run: that of its module,
// unless Django finds that by its place, as it does commands; that of the function, of a view or a form, and of a method that a base
// cannot know or that a model, a manager or a QuerySet adds, unless a decorator may make the code known. There is none at a module's
// level and in scripts, which are run by hand.
func (f *File) Entrances(offset int32) []Entrance {
	var fn *names.Function
	for fn = range f.around(offset) { // The outermost is the last.
	}
	if fn == nil || f.InScripts() {
		return nil
	}
	said := f.moduleEntrance()
	known := f.madeKnown(fn.Decorators) && !f.isUnscheduled(fn)
	class := fn.Class
	if class == nil {
		if !known && !ranByName[fn.Name] {
			said = append(said, Entrance{Kind: Global, Name: fn.Name, File: f.Path})
		}
		return said
	}
	// What is told of a model, or of what yields its rows, asks for those, not for methods of its own.
	isModel := ofModel[f.ClassKind(class)]
	if class.Outer != nil || class.Parent != nil || f.madeKnown(class.Decorators) && !isModel {
		return said
	}
	if named.MatchString(class.Name) || f.ClassKind(class) == View || f.standsAlone(class) || slices.Contains(f.Ancestors(class), "threading.Thread") {
		said = append(said, Entrance{Kind: Global, Name: class.Name, File: f.Path})
	}
	if !known && (f.knowsMethods(class) || isModel || slices.ContainsFunc(fn.Decorators, f.isBuiltin)) && !strings.HasPrefix(fn.Name, "__") && !isRanByBase(fn.Name) {
		said = append(said, Entrance{Kind: Member, Name: fn.Name, File: f.Path})
	}
	return said
}

// LastingEntrances returns the names that other code has to say, each of them, for a function's code at an offset to run in a process
// that goes on afterwards, as [File.Entrances] does for it to run at all.
func (f *File) LastingEntrances(offset int32) []Entrance { return lasting(f.Entrances(offset)) }

// lasting makes entrances count only where their process goes on afterwards.
func lasting(entrances []Entrance) []Entrance {
	for i := range entrances {
		entrances[i].Lasting = true
	}
	return entrances
}

// schedule matches what puts a task among those that run by the clock.
var schedule = pattern.New(`add_periodic_task\(|["']task["']\s*:`)

// isUnscheduled reports whether a comment of the file has been what put a task among those that run by the clock.
func (f *File) isUnscheduled(fn *names.Function) bool {
	return slices.ContainsFunc(f.Comments, func(c python.Comment) bool {
		text := f.Source[c.Start:c.End]
		return c.OwnLine && schedule.MatchString(text) && saysWord(text, fn.Name)
	})
}

// loadedByName matches the names of modules that Django or a library looks for in each application.
var loadedByName = pattern.New(`^(admin|apps?|checks|conf|cron|dashboard|documents|feeds|handlers|hooks|index(es)?|jobs|lookups|menus?|models|panels|permissions|` +
	`plugins?|receivers|registry|resources|rules|search_indexes|search|signals|sitemaps?|tasks|translation|views|wagtail_\w+|cms_\w+|\w+_hooks)$`)

// startedByName matches the names of modules that servers and people start, and those that Python cannot import.
var startedByName = pattern.New(`(?i)settings|conf|celery|gunicorn|uwsgi|[^\w]`)

// moduleEntrance returns the entrance of the file itself, if it has to be imported.
func (f *File) moduleEntrance() []Entrance {
	stem := strings.TrimSuffix(path.Base(f.Path), ".py")
	if !f.isFoundByName() || loadedByName.MatchString(stem) || startedByName.MatchString(stem) ||
		strings.Contains(f.Source, "DJANGO_SETTINGS_MODULE") || strings.HasPrefix(f.Source, "#!") {
		return nil
	}
	return []Entrance{{Kind: Module, Name: stem, File: f.Path}}
}

// isFoundByName reports whether the file is a module that runs only where others import it: it lies in a package, where neither Django
// nor a person looks for what to run.
func (f *File) isFoundByName() bool {
	return strings.Contains(f.Path, "/") && path.Base(f.Path) != "__init__.py" && !f.isScript() &&
		!slices.ContainsFunc([]string{"commands", "migrations", "templatetags", "settings"}, f.inPackage)
}

// ofModel are the kinds of classes that a model consists of.
var ofModel = map[ClassKind]bool{Model: true, Manager: true, QuerySetClass: true}

// knowsMethods reports whether all callers of a class's methods can be seen: it has no bases, or that of a command. One of a library's
// own may call more than Django's does, but leaves the rest to a class that handles the command itself.
func (f *File) knowsMethods(class *names.Class) bool {
	handlesItself := slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
		method, ok := stmt.(*python.FunctionDef)
		return ok && handles(method.Name)
	})
	return len(class.Keywords) == 0 && !slices.ContainsFunc(class.Bases, func(base python.Expr) bool {
		return baseKinds[f.Qualified(base)] != Command && (!handlesItself || !strings.HasSuffix(python.LastName(base), "Command"))
	})
}

// isRanByBase reports whether a method is one that Django calls, or a command's base.
func isRanByBase(method string) bool { return ranByBase[method] || handles(method) }

// handles reports whether a method is by its name the one that a command's base leaves the work to.
func handles(method string) bool { return strings.HasPrefix(strings.TrimLeft(method, "_"), "handle") }

// standsAlone reports whether a class has no base and none of the methods that Django calls, so that only who says its name uses it.
func (f *File) standsAlone(class *names.Class) bool {
	return len(class.Bases) == 0 && len(class.Keywords) == 0 && !slices.ContainsFunc(class.Body, func(stmt python.Stmt) bool {
		method, ok := stmt.(*python.FunctionDef)
		return ok && (isRanByBase(method.Name) || method.Name == "__call__")
	})
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
