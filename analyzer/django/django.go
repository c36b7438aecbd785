// Package django says what Django makes of the classes and functions of a Python file: which class is a middleware,
// which function is a task, which expression is a QuerySet and what bounds it.
package django

import (
	"path"
	"slices"
	"strings"

	"github.com/djleak/djleak/analyzer/names"
	"github.com/djleak/djleak/analyzer/python"
	"github.com/djleak/djleak/analyzer/release"
)

// A File is a Python file as Django sees it.
type File struct {
	*names.File
	// Path within the repository, with slashes.
	Path string
	// Vocabulary is what the project calls its own things; it is set before anything is asked.
	Vocabulary Vocabulary

	// folders are the parts of the path above the file's name.
	folders   []string
	kinds     map[*names.Class]ClassKind
	contexts  map[*names.Function]Context
	rows      rowFacts
	lifetimes lifetimes
	// django is the limit that the imports set, once somebody has asked for it.
	django *release.Limit
}

// NewFile makes the Django view of a resolved file.
func NewFile(file *names.File, name string) *File {
	return &File{
		File:     file,
		Path:     name,
		folders:  strings.Split(path.Dir(name), "/"),
		kinds:    make(map[*names.Class]ClassKind),
		contexts: make(map[*names.Function]Context),
		rows:     newRowFacts(),
	}
}

// A ClassKind is the part that a class plays in Django.
type ClassKind uint8

// The kinds of classes.
const (
	OtherClass ClassKind = iota
	Model
	Manager
	QuerySetClass
	View
	Middleware
	Command
	TaskClass
	Form
	Serializer
	Admin
	Consumer
	AppConfig
)

// baseKinds gives the kind of the classes that applications derive from, by their qualified names.
var baseKinds = map[string]ClassKind{
	"django.db.models.Model":                      Model,
	"django.db.models.base.Model":                 Model,
	"django.contrib.auth.models.AbstractUser":     Model,
	"django.contrib.auth.models.AbstractBaseUser": Model,
	"django.db.models.Manager":                    Manager,
	"django.db.models.manager.Manager":            Manager,
	"django.contrib.auth.models.UserManager":      Manager,
	"django.contrib.auth.models.BaseUserManager":  Manager,
	"django.db.models.QuerySet":                   QuerySetClass,
	"django.db.models.query.QuerySet":             QuerySetClass,
	"django.utils.deprecation.MiddlewareMixin":    Middleware,
	"django.core.management.base.BaseCommand":     Command,
	"django.core.management.BaseCommand":          Command,
	"django.core.management.base.AppCommand":      Command,
	"django.core.management.base.LabelCommand":    Command,
	"django.core.management.base.NoArgsCommand":   Command,
	"celery.Task":                                           TaskClass,
	"celery.app.task.Task":                                  TaskClass,
	"celery.task.Task":                                      TaskClass,
	"django.forms.Form":                                     Form,
	"django.forms.ModelForm":                                Form,
	"django.forms.forms.Form":                               Form,
	"django.forms.models.ModelForm":                         Form,
	"rest_framework.serializers.Serializer":                 Serializer,
	"rest_framework.serializers.ModelSerializer":            Serializer,
	"rest_framework.serializers.BaseSerializer":             Serializer,
	"rest_framework.serializers.ListSerializer":             Serializer,
	"rest_framework.serializers.HyperlinkedModelSerializer": Serializer,
	"django.contrib.admin.ModelAdmin":                       Admin,
	"django.contrib.admin.TabularInline":                    Admin,
	"django.contrib.admin.StackedInline":                    Admin,
	"django.apps.AppConfig":                                 AppConfig,
}

// basePrefixes gives the kind of every class of a package that applications derive from.
var basePrefixes = []struct {
	prefix string
	kind   ClassKind
}{
	{"django.views.", View},
	{"django.contrib.auth.views.", View},
	{"rest_framework.views.", View},
	{"rest_framework.viewsets.", View},
	{"rest_framework.generics.", View},
	{"channels.generic.", Consumer},
	{"channels.consumer.", Consumer},
}

// ClassKind returns the part that a class plays, by its bases in this file and by what it defines.
func (f *File) ClassKind(class *names.Class) ClassKind {
	if class == nil {
		return OtherClass
	}
	kind, known := f.kinds[class]
	if !known {
		kind = f.classKind(class)
		f.kinds[class] = kind
	}
	return kind
}

func (f *File) classKind(class *names.Class) ClassKind {
	ancestors := f.Ancestors(class)
	for _, base := range ancestors {
		if kind, ok := baseKinds[base]; ok {
			return kind
		}
		for _, known := range basePrefixes {
			if strings.HasPrefix(base, known.prefix) {
				return known.kind
			}
		}
	}
	if slices.ContainsFunc(ancestors, func(base string) bool { return listed(f.Vocabulary.LongRunning, base) }) {
		return TaskClass
	}
	if isMiddleware(class) {
		return Middleware
	}
	if class.Name == "Command" && f.inPackage("commands") {
		return Command
	}
	return suffixKind(ancestors)
}

// suffixKind guesses from the names of bases that other files define: a project's own BaseView or TimeStampedModel.
func suffixKind(ancestors []string) ClassKind {
	for _, base := range ancestors {
		if strings.HasPrefix(base, "builtins.") {
			continue
		}
		last := base[strings.LastIndexAny(base, ".:")+1:]
		switch {
		case strings.HasSuffix(last, "Middleware"), strings.HasSuffix(last, "MiddlewareMixin"):
			return Middleware
		case strings.HasSuffix(last, "View"), strings.HasSuffix(last, "ViewSet"):
			return View
		case strings.HasSuffix(last, "Command"):
			return Command
		case strings.HasSuffix(last, "Consumer"):
			return Consumer
		case strings.HasSuffix(last, "Serializer"):
			return Serializer
		case strings.HasSuffix(last, "Form"):
			return Form
		case strings.HasSuffix(last, "QuerySet"):
			return QuerySetClass
		case strings.HasSuffix(last, "Manager") && strings.Contains(base, "models"):
			return Manager
		case strings.HasSuffix(last, "Model"):
			return Model
		}
	}
	return OtherClass
}

// isMiddleware reports whether the class has the shape that load_middleware calls: made with get_response once a
// process, called with every request.
func isMiddleware(class *names.Class) bool {
	construct, call := class.Method("__init__"), class.Method("__call__")
	takesResponse := construct != nil && construct.Param("get_response") != nil
	if takesResponse && (call != nil || hasHook(class)) {
		return true
	}
	return strings.HasSuffix(class.Name, "Middleware") && (hasHook(class) || call != nil && call.Param("request") != nil)
}

var middlewareHooks = []string{
	"process_request", "process_response", "process_view", "process_exception", "process_template_response",
}

func hasHook(class *names.Class) bool {
	return slices.ContainsFunc(class.Methods, func(m *names.Function) bool {
		return slices.Contains(middlewareHooks, m.Name)
	})
}

// inPackage reports whether one of the folders on the file's path has that name.
func (f *File) inPackage(folder string) bool {
	return slices.Contains(f.folders, folder)
}

// A Context is where code runs, which decides how long it holds memory and how many rows it may meet.
type Context uint8

// The contexts.
const (
	// OtherContext is a function that may be called from anywhere.
	OtherContext Context = iota
	// ImportContext is code outside functions: it runs once, when the module is imported.
	ImportContext
	// RequestContext is a view, a middleware, a serializer, a form or an admin class: it runs for a request.
	RequestContext
	// CommandContext is a management command.
	CommandContext
	// TaskContext is a background task or a cron job.
	TaskContext
	// MigrationContext is a function of a migration.
	MigrationContext
	// SignalContext is a signal receiver.
	SignalContext
	// ConsumerContext is a Channels consumer, which lives as long as its connection.
	ConsumerContext
)

var contextNames = [...]string{
	OtherContext: "function", ImportContext: "import", RequestContext: "request", CommandContext: "command",
	TaskContext: "task", MigrationContext: "migration", SignalContext: "signal handler", ConsumerContext: "consumer",
}

func (c Context) String() string { return contextNames[c] }

// Batch reports whether code in the context works through data by itself, whole tables among it.
func (c Context) Batch() bool {
	return c == CommandContext || c == TaskContext || c == MigrationContext
}

// ContextAt returns the context in which a node is evaluated.
func (f *File) ContextAt(node python.Node) Context {
	fn := f.FunctionAt(node)
	if fn == nil {
		if f.inPackage("migrations") {
			return MigrationContext
		}
		return ImportContext
	}
	return f.Context(fn)
}

// Context returns the context of a function: its own mark, its class's, or that of the function around it.
func (f *File) Context(fn *names.Function) Context {
	context, known := f.contexts[fn]
	if !known {
		context = f.context(fn)
		f.contexts[fn] = context
	}
	return context
}

func (f *File) context(fn *names.Function) Context {
	for _, decorator := range fn.Decorators {
		if context := f.decoratorContext(decorator); context != OtherContext {
			return context
		}
	}
	if fn.Class != nil {
		if context := classContext(f.ClassKind(fn.Class), fn); context != OtherContext {
			return context
		}
	}
	if fn.Parent != nil {
		return f.Context(fn.Parent)
	}
	switch {
	case f.inPackage("migrations"):
		return MigrationContext
	case f.inPackage("commands") && f.inPackage("management"):
		return CommandContext
	case isCronPath(f.Path):
		return TaskContext
	case takesRequest(fn):
		return RequestContext
	}
	return OtherContext
}

func isCronPath(file string) bool {
	switch base := path.Base(file); base {
	case "cron.py", "crons.py", "cronjobs.py":
		return true
	}
	return false
}

func classContext(kind ClassKind, fn *names.Function) Context {
	switch kind {
	case View, Middleware, Form, Serializer, Admin:
		return RequestContext
	case Command:
		return CommandContext
	case TaskClass:
		return TaskContext
	case Consumer:
		return ConsumerContext
	case Model, Manager, QuerySetClass, AppConfig, OtherClass:
		if takesRequest(fn) {
			return RequestContext
		}
	}
	return OtherContext
}

// takesRequest reports whether a function's first parameter, behind self, is a request.
func takesRequest(fn *names.Function) bool {
	params := fn.Params()
	if fn.Self() != "" {
		params = params[1:]
	}
	return len(params) > 0 && params[0].Name == "request"
}

// taskDecorators are the names by which task queues mark a function: Celery, Huey, Dramatiq, RQ, django-rq and
// Django 6's own tasks.
var taskDecorators = map[string]bool{
	"shared_task": true, "task": true, "periodic_task": true, "db_task": true, "db_periodic_task": true, "actor": true,
	"job": true, "background": true, "cronjob": true, "app_task": true,
}

func (f *File) decoratorContext(decorator python.Expr) Context {
	if call, ok := decorator.(*python.Call); ok {
		decorator = call.Func
	}
	last := ""
	switch d := decorator.(type) {
	case *python.Name:
		last = d.Id
	case *python.Attribute:
		last = d.Attr
	}
	switch qualified := f.Qualified(decorator); {
	case taskDecorators[last], listed(f.Vocabulary.LongRunning, qualified):
		return TaskContext
	case qualified == "django.dispatch.receiver" || qualified == "django.dispatch.dispatcher.receiver":
		return SignalContext
	case last == "api_view" || strings.HasPrefix(qualified, "django.views.decorators."):
		return RequestContext
	}
	return OtherContext
}
